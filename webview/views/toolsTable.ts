import { css, html, LitElement, nothing, svg } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { isSure, layOutWhisker, shareAxis } from "../charts/whisker.ts";
import type { Language } from "../language.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/explained.ts";
import type { Definition, Explained } from "../parts/explained.ts";
import { nextStop } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, tables } from "../styles/base.ts";
import { toolRows, type ToolRow } from "./toolRows.ts";

const dotRadius = 4.5;
const axisHeight = 16;
const headHeight = 14;
/** From this width on the axis has a column of its own; below, it lies under the name. */
const leastWidthForColumn = 560;
/** Room of the numbers at the right, in pixels. */
const numbersWidth = 120;
const numbersInRow = 2;

/** What is kept of each tool in each mode, on one axis with typed text behind. One stop for Tab; arrows walk it. */
export class ToolsTable extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    stop: { state: true },
  };
  static override styles = [
    base,
    tables,
    css`
      th[scope="row"] {
        max-inline-size: 0;
        inline-size: 40%;
      }
      .narrow th[scope="row"] {
        inline-size: 100%;
      }
      .clip {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      tbody tr:not(.first) .tool {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      td.axis,
      th.axis {
        text-align: start;
        vertical-align: middle;
        padding-block: 0;
      }
      svg {
        display: block;
      }
      text {
        font-size: 11px;
        fill: var(--vscode-descriptionForeground);
      }
      .guide {
        stroke: var(--kept-guide);
      }
      .typed {
        fill: var(--kept-guide);
        stroke: none;
      }
      .whisker {
        stroke: var(--vscode-foreground);
        stroke-width: 2px;
      }
      .dot {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .dot.human {
        fill: none;
        stroke: var(--vscode-foreground);
        stroke-width: 1.5px;
      }
      .missing {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 3 3;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  declare private stop: number;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.stop = 0;
  }

  protected override render() {
    const { language, summary } = this;
    const { text, plural } = language;
    const { tools } = text;
    const { rows, more } = toolRows(summary, language);
    const stop = Math.min(this.stop, (rows.length + 1) * numbersInRow - 1);
    const human: ToolRow = {
      tool: tools.human,
      detail: "",
      origin: { kind: "human" },
      name: tools.human,
      edits: summary.keptHuman.n,
      insertedChars: 0,
      kept: summary.keptHuman,
    };
    return html`<table
        role="grid"
        class=${this.#hasColumn() ? "wide" : "narrow"}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        <caption class="unseen">
          ${tools.title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${tools.head}${this.#hasColumn() ? nothing : this.#axisHead()}</th>
            ${
              this.#hasColumn()
                ? html`<th scope="col" class="axis">
                    <span class="unseen">${tools.axis}</span>${this.#axisHead()}
                  </th>`
                : nothing
            }
            <th scope="col">${tools.edits}</th>
            <th scope="col">${tools.kept}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, index) =>
            this.#row(row, rows[index - 1]?.tool !== row.tool, "ai", index * numbersInRow, stop),
          )}
          ${this.#row(human, true, "human", rows.length * numbersInRow, stop)}
        </tbody>
      </table>
      ${more > 0 ? html`<p class="small">${plural(tools.more, more)}</p>` : nothing}`;
  }

  #row(row: ToolRow, isFirst: boolean, kind: "ai" | "human", first: number, stop: number) {
    const { language } = this;
    const definitions = new Definitions(language, this.summary);
    const kept = isSure(row.kept) ? language.percent(row.kept.value) : language.text.kept.mark;
    const axis = this.#axis(row.kept, kind);
    return html`<tr class=${isFirst ? "first" : ""}>
      <th scope="row">
        <span class="tool clip" dir="auto" title=${row.tool}>${row.tool}</span>
        ${
          row.detail === ""
            ? nothing
            : html`<span class="clip small" dir="auto" title=${row.detail}>${row.detail}</span>`
        }
        ${this.#hasColumn() ? nothing : axis}
      </th>
      ${this.#hasColumn() ? html`<td class="axis">${axis}</td>` : nothing}
      ${this.#number(language.short(row.edits), definitions.editsOfTool(row), first, stop)}
      ${this.#number(kept, definitions.keptOfTool(row), first + 1, stop)}
    </tr>`;
  }

  #number(text: string, definition: Definition, index: number, stop: number) {
    return html`<td>
      <kept-explained
        .spoken=${text === this.language.text.kept.mark ? this.language.text.kept.notEnough : undefined}
        .language=${this.language}
        .definition=${definition}
        .stop=${index === stop ? 0 : -1}
        text=${text}
        @focusin=${() => (this.stop = index)}
      ></kept-explained>
    </td>`;
  }

  #axisHead() {
    const width = this.#axisWidth();
    const axis = shareAxis(width, dotRadius);
    const anchors = ["start", "middle", "end"];
    return html`<svg width=${width} height=${headHeight} aria-hidden="true">
      ${axis.ticks.map(
        ({ at, value }, index) =>
          svg`<text x=${at} y="11" text-anchor=${anchors[index]!}>${this.language.percent(value)}</text>`,
      )}
    </svg>`;
  }

  #axis(share: MeasuredShare, kind: "ai" | "human") {
    const width = this.#axisWidth();
    const { at, ticks } = shareAxis(width, dotRadius);
    const { dot, from, to } = layOutWhisker(share, at);
    const typed = layOutWhisker(this.summary.keptHuman, at);
    const middle = axisHeight / 2;
    return html`<svg width=${width} height=${axisHeight} aria-hidden="true">
      ${
        typed.from === undefined || typed.to === undefined
          ? nothing
          : svg`<rect class="typed" x=${typed.from} width=${Math.max(1, typed.to - typed.from)} height=${axisHeight}></rect>`
      }
      ${ticks.map((tick) => svg`<path class="guide" d=${`M${Math.round(tick.at) + 0.5} 0V${axisHeight}`}></path>`)}
      ${
        dot === undefined
          ? svg`<rect class="missing" x="0.5" y="2.5" width=${Math.max(0, width - 1)} height="11" rx="2"></rect>`
          : nothing
      }
      ${
        from === undefined || to === undefined
          ? nothing
          : svg`<path class="whisker" d=${`M${from} ${middle}H${to}`}></path>`
      }
      ${
        dot === undefined
          ? nothing
          : svg`<circle class=${`dot ${kind}`} cx=${dot} cy=${middle} r=${dotRadius}></circle>`
      }
    </svg>`;
  }

  #hasColumn(): boolean {
    return this.#width.width >= leastWidthForColumn;
  }

  #axisWidth(): number {
    const { width } = this.#width;
    return Math.max(0, Math.floor(this.#hasColumn() ? width * 0.4 : width - numbersWidth));
  }

  #onKey(event: KeyboardEvent): void {
    const numbers = [...this.renderRoot.querySelectorAll<Explained>("kept-explained")];
    const next = nextStop(event.key, this.stop, numbers.length, numbersInRow);
    if (next === undefined) return;
    event.preventDefault();
    numbers[next]?.focus();
  }
}

customElements.define("kept-tools-table", ToolsTable);
