import type { RecentTask } from "../../core/coaching/recentTasks.ts";
import type { RecentEdit } from "../../core/coaching/recentEdits.ts";
import type { Situation } from "../../core/coaching/facts.ts";
import { taskKey } from "../agents/requestRows.ts";
import type { TaskRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";

/** With what tells the tool's session. */
type KeyedTask = RecentTask & Pick<TaskRow, "key">;

/** Beyond so many the newest say enough. */
const mostTasks = 1000;
/** Of tasks with more edits it is known that they are not small. */
const mostEdits = 5;

/** The tasks with anything since a moment, and how much the small ones changed. */
export function recentTasks({ requests }: Pick<Store, "requests">, since: number): KeyedTask[] {
  return requests
    .tasksSince(since)
    .slice(-mostTasks)
    .map((task): KeyedTask => {
      const isSmall = task.edits > 0 && task.edits <= mostEdits && task.applied === task.edits;
      return { ...task, size: isSmall ? sizeOf(task.tried) : null };
    });
}

/** Tools of whose sessions the editor says which edits they made. */
const tools = ["github-copilot", "claude-code", "codex"];

/** What went into the sessions of edits and came out, of those whose requests are told of. */
export function sessionTokens(
  edits: readonly Pick<RecentEdit, "session">[],
  tasks: readonly KeyedTask[],
  hashText: (text: string) => string,
): Situation["sessionTokens"] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const sessions = new Set(edits.flatMap(({ session }) => session ?? []));
  return new Map(
    [...sessions].flatMap((session) => {
      const task = tools.flatMap((tool) => byKey.get(taskKey(hashText, { tool, session })) ?? [])[0];
      if (!task || task.requests === 0) return [];
      return [[session, { input: task.input + task.cacheWrite, output: task.output }] as const];
    }),
  );
}

function sizeOf(tried: TaskRow["tried"]): RecentTask["size"] {
  return tried === null || tried.lines === null ? null : { lines: tried.lines, files: tried.files };
}
