import type { ToolBefore } from "../../protocol/history.ts";
import { localDay } from "../day.ts";
import type { Task } from "../requests/tasks.ts";

export interface Span {
  /** Milliseconds since 1970: from the first moment to before the last. */
  readonly from: number;
  readonly to: number;
  readonly utcOffsetMinutes: number;
}

/** What of tools' tasks lies in a span of time, by tool. */
export function toolsBefore(tasks: readonly Task[], { from, to, utcOffsetMinutes }: Span): ToolBefore[] {
  const isInside = (at: number) => at >= from && at < to;
  const dayOf = (at: number) => localDay({ at, utcOffsetMinutes }).day;
  const tools = [...new Set(tasks.map(({ tool }) => tool))];
  return tools
    .flatMap((tool): ToolBefore[] => {
      // A task that began before belongs to the time in which it ended.
      const own = tasks.filter((task) => task.tool === tool && isInside(task.endedAt));
      if (own.length === 0) return [];
      const applied = own
        .flatMap(({ edits }) => edits)
        .filter(({ at, outcome }) => isInside(at) && (outcome === "applied" || outcome === "unknown"));
      const priced = own.flatMap(({ costUsd }) => costUsd ?? []);
      const begun = tasks.filter((task) => task.tool === tool).map(({ startedAt }) => startedAt);
      const days = own.flatMap(({ startedAt, endedAt }) => [Math.max(from, startedAt), endedAt]);
      return [
        {
          tool,
          tasks: own.length,
          requests: sum(own.map(({ requests }) => requests)),
          edits: applied.length,
          linesAdded: sum(applied.map(({ linesAdded }) => linesAdded ?? 0)),
          days: new Set([...days, ...applied.map(({ at }) => at)].map(dayOf)).size,
          first: dayOf(begun.reduce((first, at) => Math.min(first, at))),
          costUsd: priced.length === 0 ? null : sum(priced),
          unpricedRequests: sum(own.map(({ unpricedRequests }) => unpricedRequests)),
        },
      ];
    })
    .sort((one, other) => other.tasks - one.tasks || (one.tool < other.tool ? -1 : 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
