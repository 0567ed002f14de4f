import type { Summary } from "../../protocol/summary.ts";
import { countOf } from "../countOf.ts";
import { amountWords } from "../metrics/amountWords.ts";

type Requests = Summary["requests"];

/** What a kept change cost, week by week, as the panel draws it. Nothing where no task has a price. */
export function costOfWeeksLines({ tasks: { costOfWeeks } }: Requests): string[] {
  if (costOfWeeks.every(({ perKeptChange: { n } }) => n === 0)) return [];
  return [
    "",
    "Cost of a kept change, by stretches of seven days in which the tasks began:",
    "",
    "| days | cost of a kept change | tasks |",
    "|---|---|---:|",
    ...costOfWeeks.map(
      ({ from, to, perKeptChange }) =>
        `| ${from} to ${to} | ${perChangeWords(perKeptChange)} | ${perKeptChange.n} |`,
    ),
  ];
}

type PerChange = Requests["tasks"]["costOfWeeks"][number]["perKeptChange"];

export function perChangeWords({ nanoUsd, low, high }: PerChange): string {
  if (nanoUsd === null) return "not enough data";
  const words = (amount: number) => amountWords(amount / 1e9, "money");
  if (low === null || high === null) return `${words(nanoUsd)}, not enough data for an interval`;
  return `${words(nanoUsd)} (${words(low)} to ${words(high)})`;
}

/** How long requests took, by tier, of those of which it is known. */
export function latencyLines({ latencyByTier }: Requests): string[] {
  if (latencyByTier.length === 0) return [];
  const words = (ms: number) => amountWords(ms, "ms");
  return [
    "",
    "How long requests took, by tier of the model:",
    "",
    "| tier | median | p95 | p99 | requests |",
    "|---|---:|---:|---:|---:|",
    ...latencyByTier.map(
      ({ tier, latency: { medianMs, p95Ms, p99Ms, requests } }) =>
        `| ${tier} | ${words(medianMs)} | ${words(p95Ms)} | ${words(p99Ms)} | ${requests} |`,
    ),
  ];
}

/** Undefined where no clock was wrong. */
export function aheadWords({ ahead }: Pick<Summary, "ahead">): string | undefined {
  return ahead === 0 ? undefined : `${countOf(ahead, "edit")}, in no number until that day`;
}
