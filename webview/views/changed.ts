import { html, nothing } from "lit";
import type { Past } from "../../protocol/past.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { LevelChange } from "../../protocol/toolUse.ts";
import type { Language } from "../language.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/explained.ts";
import "../parts/figure.ts";
import { metricDefinition, trendWords, valueWords } from "../parts/metricWords.ts";
import { scorecardOf, type ScorecardRow } from "../scorecard.ts";

/** What is another than in as long a time before: in words, and only where the intervals carry it. */
export function changedCard(language: Language, summary: Summary) {
  const { past } = summary;
  if (past === null) return nothing;
  const { text } = language;
  const definitions = new Definitions(language, summary);
  return html`<kept-figure
    class="card wide changed"
    .language=${language}
    .definition=${definitions.changed(past)}
    heading=${text.scorecard.changed}
  >
    ${whatChanged(language, summary, past)}
  </kept-figure>`;
}

function whatChanged(language: Language, summary: Summary, past: Past) {
  const { text, fill, plural, day } = language;
  const period = { from: day(past.from), to: day(past.to) };
  const compared = scorecardOf(summary).filter(({ measured }) => measured.trend !== null);
  const changed = compared.filter(({ measured }) => measured.trend !== "noChangeSeen");
  const weeks = whenChanged(language, summary);
  if (compared.length === 0) {
    return html`${weeks}
      <p class="small">${fill(text.scorecard.changedNothing, period)}</p>`;
  }
  const of = fill(plural(text.scorecard.changedOf, compared.length), period);
  if (changed.length === 0) {
    return html`${weeks}
      <p class="small">${plural(text.scorecard.changedNone, compared.length)}</p>`;
  }
  const window = new Definitions(language, summary).period();
  return html`<ul>
      ${changed.map((row) => html`<li>${line(language, row, window)}</li>`)}
    </ul>
    ${weeks}
    <p class="small">${of}</p>`;
}

/** The week in which a level changed, where chance does not explain it: of what is left, and of what a week costs. */
function whenChanged(language: Language, { toolUse }: Summary) {
  if (!toolUse) return nothing;
  const { text, fill, count, percent } = language;
  const { level } = text.scorecard;
  const { all, cost } = toolUse;
  const points = (shift: number) => count(Math.max(1, Math.round(Math.abs(shift) * 100)));
  return html`${levelChanged(language, all, ({ shift }, rest) =>
    fill(shift > 0 ? level.rising : level.falling, { ...rest, points: points(shift) }),
  )}
  ${levelChanged(language, cost, ({ shift }, rest) =>
    fill(shift > 0 ? level.dearer : level.cheaper, { ...rest, percent: percent(Math.abs(shift)) }),
  )}`;
}

function levelChanged(
  { text, fill, count, day, week }: Language,
  { weeks, change }: LevelChange,
  say: (
    change: NonNullable<LevelChange["change"]>,
    rest: { readonly week: string; readonly between: string },
  ) => string,
) {
  if (!change) return nothing;
  const { level } = text.scorecard;
  const between = `${fill(level.between, { earliest: day(change.earliest), latest: day(change.latest) })}; ${fill(level.of, { n: count(weeks) })}`;
  return html`<p>${say(change, { week: week(change.week), between })}</p>`;
}

function line(language: Language, row: ScorecardRow, window: string) {
  const { metric, measured } = row;
  return html`${metric.name}
    <kept-explained
      .language=${language}
      .definition=${metricDefinition(language, row, window)}
      text=${valueWords(language, metric.unit, measured.value!)}
    ></kept-explained>
    <span class="small">${trendWords(language, row)}</span>`;
}
