import { coverageWords } from "../../core/metrics/extent.ts";
import { inputs, type Unit } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { sampleNoun } from "../../core/metrics/sampleWords.ts";
import type { Language } from "../language.ts";
import type { ScorecardRow } from "../scorecard.ts";
import { behindMetric } from "./metricBehind.ts";
import type { Definition } from "./explained.ts";

/** A metric's value as it is written in its unit, and an amount of money as precisely as the one it stands beside. */
export function valueWords(language: Language, unit: Unit, value: number, beside = value): string {
  const { text, percent, count, fill, decimal } = language;
  const { units } = text.scorecard;
  switch (unit) {
    case "share":
      return percent(value);
    case "hours":
      return fill(units.hours, { n: decimal(value) });
    case "minutes":
      return fill(units.minutes, { n: decimal(value) });
    case "ms":
      return value < 1000
        ? fill(units.milliseconds, { n: count(value) })
        : fill(units.seconds, { n: decimal(value / 1000) });
    case "money":
      return language.money(value, beside);
    case "tokens":
      return language.short(value);
    case "count":
    case "level":
    case "lines":
      return Number.isInteger(value) ? count(value) : decimal(value);
  }
}

/** Both bounds of a metric's interval; undefined where it has none. */
export function intervalWords(language: Language, { metric, measured }: ScorecardRow): string | undefined {
  const { value, low, high } = measured;
  if (low === null || high === null) return undefined;
  if (metric.unit === "share") return language.interval(low, high);
  return language.fill(language.text.scorecard.interval, {
    low: valueWords(language, metric.unit, low, value ?? low),
    high: valueWords(language, metric.unit, high, value ?? low),
  });
}

/** Where it stands against as long a time before; undefined where nothing can be compared. */
export function trendWords(language: Language, { metric, measured }: ScorecardRow): string | undefined {
  const { value, trend, past } = measured;
  if (trend === null || past === null) return undefined;
  const before = valueWords(language, metric.unit, past.value, value ?? past.value);
  return language.fill(language.text.scorecard.trends[trend], { before });
}

/** What is aimed at, what it was before AI, and the best that can be had; undefined where nothing of it is known. */
export function targetWords(language: Language, { metric, measured }: ScorecardRow): string | undefined {
  const { fill, text } = language;
  const { target, baseline, ceiling } = measured;
  const words = (value: number) => valueWords(language, metric.unit, value);
  const parts = [
    ...(target === null ? [] : [fill(text.scorecard.target, { target: words(target) })]),
    ...(baseline === null ? [] : [fill(text.scorecard.baseline, { baseline: words(baseline) })]),
    ...(ceiling === null ? [] : [fill(text.scorecard.ceiling, { ceiling: words(ceiling) })]),
  ];
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** What stands behind a metric: everything the catalogue declares of it. */
export function metricDefinition(language: Language, row: ScorecardRow, period: string): Definition {
  const { metric, measured, extent } = row;
  const { text, fill } = language;
  const { scorecard } = text;
  const interval = intervalWords(language, row);
  const behind = behindMetric(metric.id);
  const target = targetWords(language, row);
  const partner = metrics.find(({ id }) => id === metric.partner);
  return {
    name: `${metric.id} ${metric.name}`,
    meaning: metric.definition,
    formula: metric.formula,
    window: windowWords(language, row, period),
    sample: metricSample(language, row),
    pitfalls: metric.pitfalls,
    certainty:
      measured.value === null
        ? (measured.reason ?? text.kept.notEnough)
        : interval === undefined
          ? scorecard.counted
          : fill(scorecard.certainty, { interval }),
    ...(target === undefined
      ? {}
      : { target: row.isOwnTarget ? fill(scorecard.targetOwn, { target }) : target }),
    ...(extent.coverage
      ? {
          coverage: fill(coverageWords[extent.coverage.of], {
            share: language.percent(extent.coverage.value),
          }),
        }
      : {}),
    ...(partner
      ? {
          partner: fill(inputs[partner.input].atHand ? scorecard.partner : scorecard.partnerMissing, {
            name: `${partner.id} ${partner.name}`,
          }),
        }
      : {}),
    ...(behind ? { behind } : {}),
  };
}

/** So many of what it counts. */
export function metricSample({ text, fill, count }: Language, { metric, measured }: ScorecardRow): string {
  const { n } = measured;
  return fill(text.scorecard.sample, { n: count(n), of: sampleNoun(n, metric.sampleOf) });
}

/** Its own time, where that is not the period asked for. */
function windowWords(language: Language, { metric, extent }: ScorecardRow, period: string): string {
  const { text, fill, day, plural } = language;
  const { windows } = text.scorecard;
  const { window } = extent;
  const days = "from" in window ? { from: day(window.from), to: day(window.to) } : {};
  switch (window.of) {
    case "period":
      return metric.window === askedFor ? period : `${period} (${metric.window})`;
    case "committed":
      return fill(windows.committed, {
        ...days,
        repositories: plural(windows.repositories, window.repositories),
        ages: metric.window,
      });
    default:
      return fill(windows[window.of], days);
  }
}

/** How the catalogue says that a metric is of nothing but the period. */
const askedFor = "the period asked for";
