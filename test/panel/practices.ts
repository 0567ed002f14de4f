import { addDays } from "../../core/day.ts";
import type { CommitOfDay } from "../../core/fate/heldCommits.ts";
import { practiceOf } from "../../core/summary/practice.ts";
import type { TimedTask } from "../../core/requests/timedTasks.ts";
import type { Practice } from "../../protocol/practice.ts";

const hour = 3_600_000;

/** Three commits on each working day, larger and further apart in the middle of the twelve weeks, and two weeks off. */
function someCommits(today: string): CommitOfDay[] {
  return Array.from({ length: 85 }, (_, index) => 84 - index).flatMap((daysAgo) => {
    const day = addDays(today, -daysAgo);
    const isOff = [0, 6].includes(new Date(day).getUTCDay()) || (daysAgo > 60 && daysAgo < 75);
    const size = 40 + ((daysAgo * 37) % 90) + (daysAgo > 25 && daysAgo < 45 ? 160 : 0);
    return (isOff ? [] : [9, 11.5, 15]).map((at, place): CommitOfDay => {
      const added = size * (1 + place) + (daysAgo === 4 ? 500 : 0);
      return {
        ...{ id: `${day} ${place}`, day, at: Date.parse(day) + (at + (daysAgo % 5) / 4) * hour },
        ...{
          repository: "file:///projects/shop",
          isMine: true,
          isMerge: false,
          subject: "feature",
          hasBody: true,
        },
        ...{ namesAi: false, isCorrective: false, revertedAfter: null, files: 3, filesApart: 0, added },
        ...{ removed: 12, sourceFiles: 2, testFiles: (daysAgo + place) % 3 === 0 ? 1 : 0 },
        ...{ languages: ["typescript"], lines: added, known: added, ai: { codex: Math.floor(added / 2) } },
      };
    });
  });
}

/** How somebody works who has done so for a while. */
export function somePractice(from: string, today: string): Practice {
  const tasks = Array.from({ length: 60 }, (_, index): TimedTask => {
    const minutes = 1 + ((index * 7) % 11);
    return {
      ...{ day: addDays(today, -Math.floor(index / 2)), workedMs: 9 * minutes * 60_000 },
      ...{ firstEditMs: minutes * 60_000, isKept: true, edits: 4, reads: index % 13 },
    };
  }).toReversed();
  const days = Array.from({ length: 30 }, (_, index) => [addDays(today, -index), 14 + (index % 6)] as const);
  return practiceOf({ from, to: today, commits: someCommits(today), tasks, aiEditsByDay: new Map(days) });
}
