import { css, html, nothing } from "lit";
import { differingShares } from "../../core/summary/differingShares.ts";
import type { TableId } from "../memory.ts";
import { act } from "../parts/act.ts";
import { connectButton } from "../parts/actions.ts";
import { properName } from "../origins.ts";
import { Definitions } from "../parts/definitions.ts";
import type { Definition } from "../parts/explained.ts";
import { ToolDefinitions } from "../parts/toolDefinitions.ts";
import "../parts/figure.ts";
import { measuresCard } from "../parts/measures.ts";
import { notices } from "../parts/notice.ts";
import { sharesTable, type NamedShare } from "../parts/sharesTable.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { typeName } from "./costTables.ts";
import { SummaryView } from "./summaryView.ts";
import { toolRows, type ToolRow } from "./toolRows.ts";
import "./overwritesTable.ts";
import "./toolsTable.ts";
import { taskModeName } from "./typesTable.ts";
import "./watchTable.ts";

/** At most so many differences in words: the table holds the rest. */
const mostSentences = 3;

/** What to use for what. */
export class Tools extends SummaryView {
  static override styles = [
    base,
    tables,
    notices,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
      .words {
        display: grid;
        gap: 4px;
        margin-block-start: 12px;
      }
    `,
  ];

  protected override render() {
    const { language, summary } = this;
    const rows = scorecardOf(summary).filter(
      ({ metric }) => metric.dimension === "reliability" && !needsOrg(metric),
    );
    return html`<div class="cards">
      ${this.#comparison()} ${this.#types()} ${this.#watch()} ${this.#overwrites()} ${this.#churn()}
      ${measuresCard(language, summary, rows)}
    </div>`;
  }

  #comparison() {
    const { language, summary } = this;
    const { text } = language;
    const { rows } = toolRows(summary, language);
    if (rows.length === 0) {
      return html`<div class="card wide block">
        <h2>${text.tools.empty}</h2>
        <p>${text.tools.emptyWhy}</p>
        <div class="buttons">${connectButton(this, language)}</div>
      </div>`;
    }
    const edits = rows.reduce((sum, row) => sum + row.edits, 0);
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${new Definitions(language, summary).tools(edits)}
      heading=${text.tools.title}
      hasTable
      .tableOpen=${this.openTables.includes("tools")}
      @table=${() => act(this, { type: "tableToggled", table: "tools" })}
    >
      <kept-tools-table .language=${language} .summary=${summary}></kept-tools-table>
      <div class="words">${this.#words()}</div>
      <div slot="table">${sharesTable(language, text.tools.title, text.tools.head, keptShares(rows))}</div>
    </kept-figure>`;
  }

  #types() {
    const { language, summary } = this;
    const { tools } = language.text;
    if (summary.toolUse === null) return nothing;
    const shares = summary.toolUse.byType.map(({ tool, model, mode, type, kept }) => ({
      name: `${[properName(tool), taskModeName(language, mode), ...(model === null ? [] : [model])].join(", ")}: ${typeName(language, type)}`,
      share: kept,
    }));
    return this.#card(
      new ToolDefinitions(language, summary).types(),
      summary.toolUse.byType.length === 0
        ? html`<p class="small">${tools.typesNone}</p>`
        : html`<kept-types-table .language=${language} .summary=${summary}></kept-types-table>`,
      { table: "types", shares },
    );
  }

  #watch() {
    const { language, summary } = this;
    const { tools } = language.text;
    if (summary.toolUse === null) return nothing;
    const shares = summary.toolUse.models.flatMap(({ tool, model, now, before }) => {
      const name = [tool === null ? null : properName(tool), model]
        .filter((part) => part !== null)
        .join(", ");
      return [
        { name: `${name}: ${tools.before}`, share: before },
        { name: `${name}: ${tools.now}`, share: now },
      ];
    });
    return this.#card(
      new ToolDefinitions(language, summary).watch(),
      summary.toolUse.models.length === 0
        ? html`<p class="small">${tools.watchNone}</p>`
        : html`<kept-watch-table .language=${language} .summary=${summary}></kept-watch-table>`,
      { table: "watch", shares },
    );
  }

  #overwrites() {
    const { language, summary } = this;
    if (toolRows(summary, language).rows.length === 0) return nothing;
    return this.#card(
      new ToolDefinitions(language, summary).overwrites(),
      summary.overwrites.length === 0
        ? html`<p class="small">${language.text.tools.overwriteNone}</p>`
        : html`<kept-overwrites-table .language=${language} .summary=${summary}></kept-overwrites-table>`,
    );
  }

  #churn() {
    const { language, summary } = this;
    const { text, fill, count, plural } = language;
    if (summary.toolUse === null || summary.toolUse.aiDays === 0) return nothing;
    const { churn, aiDays, severalDays } = summary.toolUse;
    const names = (some: readonly string[]) => some.map(properName).join(", ");
    const said =
      churn === null
        ? [text.tools.churnUnknown]
        : [
            ...(churn.begun.length > 0 ? [fill(text.tools.begun, { tools: names(churn.begun) })] : []),
            ...(churn.left.length > 0 ? [fill(text.tools.left, { tools: names(churn.left) })] : []),
            ...(churn.begun.length + churn.left.length === 0 ? [text.tools.churnNone] : []),
          ];
    return this.#card(
      new ToolDefinitions(language, summary).churn(),
      html`${said.map((sentence) => html`<p dir="auto">${sentence}</p>`)}
        <p>${fill(plural(text.tools.several, aiDays), { several: count(severalDays) })}</p>`,
    );
  }

  #card(
    definition: Definition,
    content: unknown,
    { table, shares }: { readonly table?: TableId; readonly shares?: readonly NamedShare[] } = {},
  ) {
    const { tools } = this.language.text;
    const hasTable = table !== undefined && shares !== undefined && shares.length > 0;
    return html`<kept-figure
      class=${table === undefined ? "card half" : "card wide"}
      .language=${this.language}
      .definition=${definition}
      heading=${definition.name}
      .hasTable=${hasTable}
      .tableOpen=${hasTable && this.openTables.includes(table)}
      @table=${() => table && act(this, { type: "tableToggled", table })}
    >
      ${content}
      ${
        hasTable
          ? html`<div slot="table">${sharesTable(this.language, definition.name, tools.head, shares)}</div>`
          : nothing
      }
    </kept-figure>`;
  }

  /** What can be said of the table: only differences that are there. */
  #words() {
    const { language, summary } = this;
    const { text, fill, count } = language;
    const { rows } = toolRows(summary, language);
    const { compared, pairs } = differingShares(rows.map(({ kept }) => kept));
    if (compared === 0) return html`<p class="small">${text.tools.cannot}</p>`;
    const names = (index: number) => rows[index]!.name;
    return html`${
        pairs.length === 0
          ? html`<p>${text.tools.none}</p>`
          : pairs
              .slice(0, mostSentences)
              .map(
                ({ above, below, points }) =>
                  html`<p dir="auto">
                    ${fill(text.tools.above, { name: names(above), other: names(below), points })}
                  </p>`,
              )
      }
      <p class="small">${fill(text.tools.compared, { n: count(compared) })}</p>`;
  }
}

function keptShares(rows: readonly ToolRow[]): readonly NamedShare[] {
  return rows.map(({ name, kept }) => ({ name, share: kept }));
}

customElements.define("kept-tools", Tools);
