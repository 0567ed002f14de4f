import { grouped } from "../grouped.ts";
import { tierOf } from "../requests/modelTiers.ts";
import { outcomeOf, type SummaryTask } from "../requests/taskGroups.ts";
import { isLight } from "../requests/taskType.ts";
import { titleOfTool } from "../tools/toolTitle.ts";
import type { Found, Part } from "./part.ts";

/** A task, as far as coaching looks at it. */
export interface RecentTask extends SummaryTask {
  readonly tool: string;
  readonly endedAt: number;
  /** What its edits come to by the tool's own record; null where that does not say it, or there is nothing. */
  readonly size: { readonly lines: number; readonly files: number } | null;
}

const dayMs = 86_400_000;
const week = 7 * dayMs;
/** What is thrown away later than that is not known yet. */
const settledMs = 30 * 60_000;
const leastPriced = 3;
const nano = 1e9;

export function isSmall({ size }: RecentTask): boolean {
  return size !== null && isLight(size);
}

/** A quick model may well have helped: that is no misuse. */
export function isHeavy({ models }: Pick<RecentTask, "models">): boolean {
  return models.some((model) => tierOf(model) === "heavy");
}

/** Small tasks of the last week that the largest model was used for, and what they cost. */
export function heavy(tasks: readonly RecentTask[], now: number): Part {
  const own = tasks.filter((task) => task.endedAt > now - week && isHeavy(task) && isSmall(task));
  const isPriced = own.every(({ requests, unpriced }) => requests > 0 && unpriced === 0);
  const cost = own.reduce((sum, { costNano }) => sum + costNano, 0) / nano;
  const [most] = [...grouped(own, ({ tool }) => tool).values()].sort(
    (one, other) => other.length - one.length,
  );
  return {
    values: {
      "heavy.tasks": own.length,
      ...(most && { "heavy.tool": titleOfTool(most[0]!.tool) }),
      ...(isPriced && own.length > 0 && { "heavy.cost": cost }),
    },
  };
}

/** The latest task of the last two days, where nothing of it was kept and it cost more than others. */
export function costly(tasks: readonly RecentTask[], now: number): Part {
  const priced = tasks.filter(({ requests, unpriced }) => requests > 0 && unpriced === 0);
  const costs = priced.map(({ costNano }) => costNano / nano).sort((one, other) => one - other);
  const median = costs[Math.floor(costs.length / 2)];
  const lost = priced
    .filter((task) => outcomeOf(task) === "nothing")
    .filter(({ endedAt }) => endedAt <= now - settledMs && endedAt > now - 2 * dayMs)
    .sort((one, other) => other.costNano - one.costNano)[0];
  const known: Found = median === undefined || costs.length < leastPriced ? {} : { "costly.median": median };
  const found: Found = lost
    ? { "costly.cost": lost.costNano / nano, "costly.tool": titleOfTool(lost.tool) }
    : {};
  return { values: { ...known, ...found, "costly.n": costs.length } };
}
