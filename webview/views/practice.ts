import { css, html, nothing } from "lit";
import type { Practice, PracticeMeasure } from "../../protocol/practice.ts";
import type { Summary } from "../../protocol/summary.ts";
import "../charts/weeks.ts";
import type { Week } from "../charts/weeks.ts";
import type { Language } from "../language.ts";
import type { TableId } from "../memory.ts";
import { act } from "../parts/act.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/explained.ts";
import "../parts/figure.ts";
import { fold } from "../parts/fold.ts";
import { inLine } from "../parts/inLine.ts";
import { measuresCard } from "../parts/measures.ts";
import { intervalWords, metricDefinition, trendWords, valueWords } from "../parts/metricWords.ts";
import { scorecardOf, type ScorecardRow } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { WidthObserver } from "../parts/width.ts";
import { SummaryView } from "./summaryView.ts";

/** The metric whose weeks a picture shows. */
const metricOf: Readonly<Record<PracticeMeasure, string>> = {
  lines: "P1",
  minutesBetween: "P2",
  tests: "Q10",
  reads: "P4",
  firstEdit: "P5",
};

type Weekly = Practice["weekly"][number];

/** How somebody works: habits of the period, and week by week beside what is usual. */
export class PracticeView extends SummaryView {
  static override styles = [
    base,
    cards,
    tables,
    css`
      h2 {
        font-size: inherit;
        line-height: 20px;
        font-weight: 600;
      }
      .cards {
        margin-block-start: 8px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
      }
      .head kept-explained {
        font-size: 1.5em;
        line-height: 28px;
      }
      kept-weeks {
        display: block;
        margin-block-start: 8px;
      }
      .wide {
        grid-column: 1 / -1;
      }
      details {
        margin-block-start: 4px;
      }
      summary {
        cursor: pointer;
        line-height: 20px;
      }
    `,
  ];
  readonly #width = new WidthObserver(this);

  protected override render() {
    const { language, summary } = this;
    const { practice: text } = language.text;
    const { practice } = summary;
    const rows = new Map(scorecardOf(summary).map((row) => [row.metric.id, row]));
    const drawn = Object.values(metricOf);
    const rest = [...rows.values()].filter(
      ({ metric }) => metric.dimension === "practice" && !drawn.includes(metric.id),
    );
    return html`<h2>${text.title}</h2>
      <p class="small">${practice.commits === null ? text.noHistory : text.why}</p>
      ${fold(
        this,
        this.#width.width,
        {
          id: "coach.practice",
          name: language.plural(text.habits, practice.weekly.length + rest.length),
          isOpen: this.openTables.includes("coach.practice"),
        },
        html`<div class="cards">
          ${practice.weekly.map((weekly) => this.#card(weekly, rows.get(metricOf[weekly.measure])!))}
          ${measuresCard(language, summary, rest)}
        </div>`,
      )}`;
  }

  #card(weekly: Weekly, row: ScorecardRow) {
    const { language, summary } = this;
    const { text } = language;
    const { measure } = weekly;
    const table: TableId = `practice.${measure}`;
    const name = text.practice.names[measure];
    const write = (value: number) => valueWords(language, row.metric.unit, value);
    const definition = {
      ...metricDefinition(language, row, new Definitions(language, summary).period()),
      meaning: `${row.metric.definition} ${text.practice.meaning}`,
    };
    const isDrawn = weekly.weeks.some(({ value }) => value !== null);
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definition}
      heading=${name}
      .hasTable=${isDrawn}
      .tableOpen=${isDrawn && this.openTables.includes(table)}
      @table=${() => act(this, { type: "tableToggled", table })}
    >
      ${this.#now(weekly, row)} ${isDrawn ? this.#picture(weekly, row, write) : nothing}
    </kept-figure>`;
  }

  #picture(weekly: Weekly, row: ScorecardRow, write: (value: number) => string) {
    const { language } = this;
    const { text, fill } = language;
    const { measure, usual } = weekly;
    const name = text.practice.names[measure];
    const weeks = weekly.weeks.map((week) => this.#week(week, measure, write));
    const usualWords =
      usual === null
        ? text.practice.noUsual
        : fill(text.practice.usualOf, { range: rangeWords(language, write(usual.low), write(usual.high)) });
    return html`<kept-weeks
        .language=${language}
        .weeks=${weeks}
        .usual=${usual}
        .most=${row.metric.unit === "share" ? 1 : undefined}
        .write=${write}
        heading=${name}
        usualWords=${usualWords}
      ></kept-weeks>
      <div slot="table">${this.#table(name, weekly, write)}</div>`;
  }

  /** The number of the period, as the report has it. */
  #now({ measure }: Weekly, row: ScorecardRow) {
    const { language, summary } = this;
    const { text, fill, count, plural } = language;
    const { metric, measured } = row;
    const { value, n, needsMore } = measured;
    const lacks = value === null;
    const large = summary.practice.commits?.large ?? 0;
    const parts = [
      intervalWords(language, row),
      fill(text.scorecard.sample, { n: count(n), of: metric.sampleOf }),
      lacks ? text.scorecard.verdicts.notEnoughData : undefined,
      lacks && needsMore
        ? fill(text.scorecard.more, { n: count(needsMore), of: metric.sampleOf })
        : undefined,
      trendWords(language, row),
      measure === "lines" && large > 0 ? plural(text.practice.large, large) : undefined,
    ].filter((part) => part !== undefined);
    return html`<div class="head">
        <kept-explained
          .language=${language}
          .definition=${metricDefinition(language, row, new Definitions(language, summary).period())}
          .spoken=${lacks ? text.kept.notEnough : undefined}
          text=${lacks ? text.kept.mark : valueWords(language, metric.unit, value)}
        ></kept-explained>
        <span>${text.practice.of[measure]}</span>
      </div>
      <p class="small parts">${inLine(parts)}</p>`;
  }

  #week(
    { week, value, n }: Weekly["weeks"][number],
    measure: PracticeMeasure,
    write: (value: number) => string,
  ) {
    const { text, fill, count, day, week: days } = this.language;
    const sample = fill(text.scorecard.sample, { n: count(n), of: text.practice.sampleOf[measure] });
    const words = value === null ? fill(text.practice.few, { n: count(n) }) : `${write(value)} (${sample})`;
    return {
      name: days(week),
      tick: day(week),
      value,
      words,
    } satisfies Week;
  }

  #table(name: string, { weeks }: Weekly, write: (value: number) => string) {
    const { text, count, week: days } = this.language;
    return html`<table>
      <caption class="unseen">
        ${name}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text.practice.week}</th>
          <th scope="col">${text.practice.value}</th>
          <th scope="col">${text.practice.sample}</th>
        </tr>
      </thead>
      <tbody>
        ${weeks.toReversed().map(
          ({ week, value, n }) =>
            html`<tr>
              <th scope="row">${days(week)}</th>
              <td>
                ${value === null ? html`<span aria-label=${text.kept.notEnough}>${text.kept.mark}</span>` : write(value)}
              </td>
              <td>${count(n)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** A range whose bounds are written the same is one value. */
function rangeWords({ text, fill }: Language, low: string, high: string): string {
  return low === high ? low : fill(text.scorecard.interval, { low, high });
}

/** Nothing while the numbers are not there: tips do not wait for them. */
export function practiceOf(language: Language, summary: Summary | undefined, openTables: readonly TableId[]) {
  if (!summary) return nothing;
  return html`<kept-practice
    .language=${language}
    .summary=${summary}
    .openTables=${openTables}
  ></kept-practice>`;
}

customElements.define("kept-practice", PracticeView);
