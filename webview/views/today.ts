import { css, html, LitElement, nothing } from "lit";
import type { Tip } from "../../protocol/coaching.ts";
import type { Unread } from "../../protocol/seen.ts";
import type { CharsByKind, Summary } from "../../protocol/summary.ts";
import "../charts/columns.ts";
import type { NamedColumn } from "../charts/columns.ts";
import { totalOf } from "../charts/kinds.ts";
import { stretchesOf } from "../charts/periods.ts";
import "../charts/shares.ts";
import type { ShareRow } from "../charts/shares.ts";
import { compareShares, isSure } from "../charts/whisker.ts";
import type { Language } from "../language.ts";
import type { TableId } from "../memory.ts";
import { act } from "../parts/act.ts";
import { amountsTable } from "../parts/amounts.ts";
import { Definitions } from "../parts/definitions.ts";
import type { Definition } from "../parts/explained.ts";
import "../parts/figure.ts";
import { inLine } from "../parts/inLine.ts";
import { measuresCard } from "../parts/measures.ts";
import { WidthObserver } from "../parts/width.ts";
import type { Moment } from "../state.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { beforeBlock } from "./beforeKept.ts";
import { changedCard } from "./changed.ts";
import "./funnel.ts";
import { funnelTable } from "./funnelTable.ts";
import "./originsTable.ts";
import "./tip.ts";
import "./unread.ts";

/** A chart is never wider than this, in pixels: two or three stand side by side. */
const widestChart = 480;
/** From here on two cards stand side by side, as their styles say. */
const leastWidthForTwo = 608;

/** What happened, and what stuck: to be read in three seconds. */
export class Today extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    moment: { attribute: false },
    unread: { attribute: false },
    tip: { attribute: false },
    openTables: { attribute: false },
  };
  static override styles = [
    base,
    tables,
    cards,
    css`
      .figure {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
      }
      .large {
        font-size: 3.4em;
        line-height: 1.1;
        font-weight: 300;
        letter-spacing: -0.02em;
      }
      .figure > div {
        flex: 1 1 150px;
      }
      .missing {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 8px 16px;
        border: 1px dashed var(--vscode-descriptionForeground);
        border-radius: 4px;
      }
      .missing .mark {
        font-size: 1.8em;
        line-height: 1;
      }
      .changed ul {
        display: grid;
        gap: 4px;
        list-style: none;
      }
      .changed * + p {
        margin-block-start: 4px;
      }
      kept-shares {
        margin-block: 16px 8px;
      }
      @container (min-width: 968px) {
        .wide {
          grid-column: 1 / -1;
        }
        .funnel {
          grid-row: span 2;
        }
        .tip,
        .days {
          grid-column: span 4;
        }
        .tip ~ .days {
          grid-column: 1 / -1;
        }
      }
      @container (min-width: 608px) and (max-width: 967.9px) {
        .days,
        .funnel,
        .tip,
        .wide {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  declare moment: Moment | undefined;
  declare unread: Unread;
  declare tip: Tip | undefined;
  declare openTables: readonly TableId[];
  readonly #width = new WidthObserver(this);

  protected override render() {
    const definitions = new Definitions(this.language, this.summary);
    const { tip, language } = this;
    const card = tip
      ? html`<kept-tip class="card tip" .language=${language} .tip=${tip}></kept-tip>`
      : nothing;
    // Where there is one column, what can be done stands above what is only to be read.
    const isNarrow = this.#width.width < leastWidthForTwo;
    return html`<div class="cards">
      ${this.#kept(definitions)} ${this.#hours(definitions)} ${isNarrow ? card : nothing}
      ${this.#funnel(definitions)} ${isNarrow ? nothing : card} ${this.#days(definitions)}
      ${changedCard(this.language, this.summary)} ${this.#unread(definitions)}
      <kept-figure
        class="card wide"
        .language=${this.language}
        .definition=${definitions.origins()}
        heading=${this.language.text.origins.title}
      >
        <kept-origins .language=${this.language} .summary=${this.summary}></kept-origins>
      </kept-figure>
      ${measuresCard(this.language, this.summary, this.#metrics())}
      ${beforeBlock(this.language, this.summary)}
    </div>`;
  }

  #metrics() {
    const { summary } = this;
    return scorecardOf(summary).filter(
      ({ metric }) => ["adoption", "governance"].includes(metric.dimension) && !needsOrg(metric),
    );
  }

  /** Nothing to say is not said. */
  #unread(definitions: Definitions) {
    const { language, unread } = this;
    const lines = unread.files.reduce((total, file) => total + file.lines, 0);
    if (lines === 0) return nothing;
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${definitions.unread(lines)}
      heading=${language.text.unread.title}
    >
      <kept-unread .language=${language} .unread=${unread}></kept-unread>
    </kept-figure>`;
  }

  #funnel(definitions: Definitions) {
    const { language, summary } = this;
    if (summary.funnel.edits === 0) return nothing;
    return html`<kept-figure
      class="card funnel"
      .language=${language}
      .definition=${definitions.funnel()}
      heading=${language.text.funnel.title}
      hasTable
      .tableOpen=${this.openTables.includes("funnel")}
      @table=${() => act(this, { type: "tableToggled", table: "funnel" })}
    >
      <kept-funnel .language=${language} .summary=${summary}></kept-funnel>
      <div slot="table">${funnelTable(language, summary.funnel)}</div>
    </kept-figure>`;
  }

  #kept(definitions: Definitions) {
    const { language, summary } = this;
    const { text } = language;
    const { keptAi, keptHuman, keptAiToday } = summary;
    const rows: readonly ShareRow[] = [
      { label: text.kept.ai, kind: "ai", share: keptAi, definition: definitions.keptAi() },
      { label: text.kept.human, kind: "human", share: keptHuman, definition: definitions.keptHuman() },
      { label: text.kept.today, kind: "ai", share: keptAiToday, definition: definitions.keptAiToday() },
    ];
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definitions.keptAi()}
      heading=${text.kept.title}
    >
      ${isSure(keptAi) ? this.#large(definitions, keptAi.value) : this.#missing()}
      <kept-shares .language=${language} .rows=${rows} heading=${text.kept.chartName}></kept-shares>
      ${this.#comparison()}
    </kept-figure>`;
  }

  #large(definitions: Definitions, value: number) {
    const { language, summary } = this;
    const { text, fill, interval, plural } = language;
    const { low, high, n } = summary.keptAi;
    const sample = plural(text.counts.aiEdits, n);
    return html`<div class="figure">
      <kept-explained
        class="large"
        .language=${language}
        .definition=${definitions.keptAi()}
        text=${language.percent(value)}
      ></kept-explained>
      <div>
        <p>${fill(text.kept.after, { n: summary.question.days })}</p>
        <p class="small parts">
          ${inLine(low === null || high === null ? [sample] : [interval(low, high), sample])}
        </p>
      </div>
    </div>`;
  }

  /** A share from a handful of edits would be read as if it meant something. */
  #missing() {
    const { text, fill, plural } = this.language;
    const { n, needsMore } = this.summary.keptAi;
    return html`<div class="missing">
      <span class="mark" aria-hidden="true">${text.kept.mark}</span>
      <div>
        <p>${text.kept.notEnough}</p>
        <p class="small parts">
          ${inLine([
            fill(text.kept.soFar, { edits: plural(text.counts.aiEdits, n) }),
            plural(text.kept.needs, needsMore),
          ])}
        </p>
      </div>
    </div>`;
  }

  #comparison() {
    const { text, plural } = this.language;
    const comparison = compareShares(this.summary.keptAi, this.summary.keptHuman);
    switch (comparison.says) {
      case "nothing":
        return nothing;
      case "overlap":
        return html`<p class="small">${text.kept.overlap}</p>`;
      case "below":
      case "above":
        return html`<p class="small">${plural(text.kept[comparison.says], comparison.points)}</p>`;
    }
  }

  #hours(definitions: Definitions) {
    const { language, summary, moment } = this;
    const { text } = language;
    const columns = summary.hours.map((inserted, hour) => ({
      name: language.hour(hour),
      tick: String(hour),
      row: language.hour(hour),
      inserted,
      within: { from: summary.to, to: summary.to },
    }));
    return this.#figure(definitions, {
      table: "hours",
      definition: definitions.hours(),
      head: text.hours.head,
      columns,
      all: language.plural(text.pickers.days, 1),
      until: moment?.day === summary.to ? moment.hour + 1 : undefined,
      empty: text.hours.empty,
    });
  }

  #days(definitions: Definitions) {
    const { language, summary } = this;
    const { text } = language;
    const stretches = stretchesOf(summary.days, Math.min(this.#width.width, widestChart) - 36);
    const inWeeks = stretches.length < summary.days.length;
    const columns = stretches.map(({ from, to, inserted }) => ({
      name: inWeeks ? language.period(from, to) : language.longDay(from),
      tick: language.day(from),
      row: language.period(from, to),
      inserted,
      within: { from, to },
    }));
    return this.#figure(definitions, {
      table: "days",
      definition: definitions.days(inWeeks),
      head: inWeeks ? text.days.headWeeks : text.days.head,
      columns,
      all: language.plural(text.pickers.days, summary.question.days),
      until: undefined,
      empty: text.coverage.none,
    });
  }

  #figure(definitions: Definitions, { table, definition, head, columns, all, until, empty }: ChartOf) {
    const { language } = this;
    const something = columns.some(({ inserted }) => totalOf(inserted) > 0);
    return html`<kept-figure
      class=${`card ${table}`}
      .language=${language}
      .definition=${definition}
      heading=${definition.name}
      .hasTable=${something}
      .tableOpen=${something && this.openTables.includes(table)}
      @table=${() => act(this, { type: "tableToggled", table })}
    >
      ${
        something
          ? html`<kept-columns
                .language=${language}
                .columns=${columns}
                .until=${until}
                .behind=${definition.behind}
                .definitionOf=${(kind: keyof CharsByKind) => definitions.ofKind(definition, kind)}
                labelFrom=${table === "hours" ? "first" : "last"}
                all=${all}
                heading=${definition.name}
              ></kept-columns>
              <div slot="table">${amountsTable(language, definition.name, head, columns)}</div>`
          : html`<p class="small">${empty}</p>`
      }
    </kept-figure>`;
  }
}

interface ChartOf {
  readonly table: TableId;
  readonly definition: Definition;
  readonly head: string;
  readonly columns: readonly NamedColumn[];
  /** What all columns are together. */
  readonly all: string;
  /** Columns from this index on lie in the future. */
  readonly until: number | undefined;
  /** Said instead of a chart without columns. */
  readonly empty: string;
}

customElements.define("kept-today", Today);
