import type { RequestSummary, Tier } from "../../protocol/requestSummary.ts";
import type { Language } from "../language.ts";
import type { Bar } from "../charts/bars.ts";

/** From the baseline up. */
export const tiers = ["standard", "fast", "heavy", "unknown"] as const satisfies readonly Tier[];
/** How each is drawn. */
export const tierTones = { standard: "solid", fast: "soft", heavy: "outline", unknown: "dots" } as const;
export const outcomes = ["kept", "nothing", "noEdits", "unknown"] as const;

/** More days than this are drawn in stretches of seven. */
const mostDays = 31;

export type RequestDay = RequestSummary["days"][number];

export function inDollars(nanoUsd: number): number {
  return nanoUsd / 1e9;
}

/** An amount of money, as precisely as the one it stands beside, or that it has no price. */
export function moneyWords({ text, money }: Language, nanoUsd: number | null, beside = nanoUsd): string {
  return nanoUsd === null ? text.cost.unpriced : money(inDollars(nanoUsd), inDollars(beside ?? nanoUsd));
}

export function isInWeeks(days: readonly RequestDay[]): boolean {
  return days.length > mostDays;
}

/** Of each tier, whether requests of it have no known price. Nothing says so of a tier in which some have one. */
export function unpricedTiers({ byTier, spendByTier, spend }: RequestDay): readonly boolean[] {
  return tiers.map((tier) => spend.unpricedRequests > 0 && byTier[tier] > 0 && spendByTier[tier] === 0);
}

/** Days, or stretches of seven of them of which the last one ends today, as columns of what `partsOf` gives. */
export function dayBars(
  language: Language,
  days: readonly RequestDay[],
  partsOf: (day: RequestDay) => readonly number[],
  lackingOf?: (day: RequestDay) => readonly boolean[],
): readonly Bar[] {
  const length = isInWeeks(days) ? 7 : 1;
  const bars: Bar[] = [];
  for (let end = days.length; end > 0; end -= length) {
    const part = days.slice(Math.max(0, end - length), end);
    const [first, last] = [part[0]!.day, part.at(-1)!.day];
    bars.unshift({
      name: length === 1 ? language.longDay(first) : language.period(first, last),
      tick: language.day(first),
      within: { from: first, to: last },
      parts: part.map(partsOf).reduce((sum, parts) => sum.map((each, index) => each + parts[index]!)),
      ...(lackingOf && {
        lacking: part
          .map(lackingOf)
          .reduce((some, lacking) => some.map((each, index) => each || lacking[index]!)),
      }),
    });
  }
  return bars;
}

/** What stands in the table of a column chart: only columns that hold something. */
export function filled(bars: readonly Bar[]): readonly Bar[] {
  return bars.filter(
    ({ parts, lacking }) => parts.some((part) => part > 0) || lacking?.some(Boolean) === true,
  );
}
