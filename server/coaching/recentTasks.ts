import type { RecentTask } from "../../core/coaching/recentTasks.ts";
import type { TaskRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";

/** Beyond so many the newest say enough. */
const mostTasks = 1000;
/** Of tasks with more edits it is known that they are not small. */
const mostEdits = 5;

/** The tasks with anything since a moment, and how much the small ones changed. */
export function recentTasks({ requests }: Pick<Store, "requests">, since: number): RecentTask[] {
  return requests
    .tasksSince(since)
    .slice(-mostTasks)
    .map((task): RecentTask => {
      const isSmall = task.edits > 0 && task.edits <= mostEdits && task.applied === task.edits;
      return { ...task, size: isSmall ? sizeOf(task.tried) : null };
    });
}

function sizeOf(tried: TaskRow["tried"]): RecentTask["size"] {
  return tried === null || tried.lines === null ? null : { lines: tried.lines, files: tried.files };
}
