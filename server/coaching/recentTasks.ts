import type { RecentTask } from "../../core/coaching/recentTasks.ts";
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
      return { ...task, size: isSmall ? sizeOf(requests.editsOf(task.key)) : null };
    });
}

function sizeOf(edits: ReturnType<Store["requests"]["editsOf"]>): RecentTask["size"] {
  let lines = 0;
  for (const { linesAdded, linesDeleted } of edits) {
    if (linesAdded === null) return null;
    lines += linesAdded + (linesDeleted ?? 0);
  }
  return { lines, files: new Set(edits.map(({ uri }) => uri)).size };
}
