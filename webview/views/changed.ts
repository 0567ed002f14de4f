import { html, nothing } from "lit";
import type { Past } from "../../protocol/past.ts";
import type { Summary } from "../../protocol/summary.ts";
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
    ${whatChanged(language, summary, past)} ${whenChanged(language, summary)}
  </kept-figure>`;
}

function whatChanged(language: Language, summary: Summary, past: Past) {
  const { text, fill, plural, day } = language;
  const period = { from: day(past.from), to: day(past.to) };
  const compared = scorecardOf(summary).filter(({ measured }) => measured.trend !== null);
  const changed = compared.filter(({ measured }) => measured.trend !== "noChangeSeen");
  if (compared.length === 0) return html`<p class="small">${fill(text.scorecard.changedNothing, period)}</p>`;
  const of = fill(plural(text.scorecard.changedOf, compared.length), period);
  if (changed.length === 0) return html`<p>${plural(text.scorecard.changedNone, compared.length)}</p>`;
  const window = new Definitions(language, summary).period();
  return html`<ul>
      ${changed.map((row) => html`<li>${line(language, row, window)}</li>`)}
    </ul>
    <p class="small">${of}</p>`;
}

/** The week in which the level of what is left changed, where chance does not explain it. */
function whenChanged({ text, fill, count, day }: Language, { toolUse }: Summary) {
  const change = toolUse?.all.change;
  if (!toolUse || !change) return nothing;
  const { level } = text.scorecard;
  const between = `${fill(level.between, { earliest: day(change.earliest), latest: day(change.latest) })}; ${fill(level.of, { n: count(toolUse.all.weeks) })}`;
  const points = count(Math.max(1, Math.round(Math.abs(change.shift) * 100)));
  const says = change.shift > 0 ? level.rising : level.falling;
  return html`<p>${fill(says, { points, week: day(change.week), between })}</p>`;
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
