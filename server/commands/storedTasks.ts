import { fileURLToPath } from "node:url";
import { taskWork } from "../../core/requests/taskWork.ts";
import type { Task } from "../../core/requests/tasks.ts";
import type { Store } from "../store/store.ts";

/** The tasks that are recorded, at which something was done since a moment; undefined where none ever was. */
export function storedTasks({ requests }: Pick<Store, "requests">, since: number): Task[] | undefined {
  const tasks = requests.tasksSince(since);
  if (tasks.length === 0 && requests.tasksSince(0).length === 0) return undefined;
  return tasks.map((task) => {
    const { input, output, cacheRead, cacheWrite, reasoning } = task;
    const single = requests.requestsOf(task.key);
    return {
      tool: task.tool,
      id: task.key,
      startedAt: task.beganAt,
      endedAt: task.endedAt,
      models: task.models,
      modes: task.modes,
      type: task.type,
      work: taskWork(single),
      requests: task.requests,
      tokens: { input, output, cacheRead, cacheWrite, reasoning },
      costUsd:
        task.requests === task.unpriced && task.costNano === 0 ? null : Math.round(task.costNano / 10) / 1e8,
      unpricedRequests: task.unpriced,
      edits: requests.editsOf(task.key).map(({ uri, at, linesAdded, linesDeleted, outcome }) => ({
        // Of a file in no folder that was open, no address is kept.
        path: uri === "" ? "" : fileURLToPath(uri),
        at,
        linesAdded,
        linesDeleted,
        outcome,
      })),
    };
  });
}
