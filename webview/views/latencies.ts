import { scaleLog } from "d3-scale";
import { css, html, nothing, svg } from "lit";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import { properName } from "../origins.ts";
import type { Behind } from "../memory.ts";
import { behindModel, CostDefinitions } from "../parts/costDefinitions.ts";
import { requestsBehind } from "../parts/metricBehind.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { roundedTime } from "./costTables.ts";

interface Known {
  readonly title: string;
  readonly detail: string | undefined;
  readonly latency: RequestSummary["latencyByTier"][number]["latency"];
  readonly behind: Behind;
}

const lineHeight = 16;
const headHeight = 14;
const dotRadius = 4.5;
const leastWidthForColumn = 640;
/** From a tenth of a second to a quarter of an hour. */
const ends = [100, 900_000] as const;
const marks = [100, 1_000, 10_000, 100_000];
/** Median, 95 %, 99 %. */
const numbersInRow = 3;
/** More than can be compared. */
const mostRows = 12;

/** How long answers take, by tier, and by tool and model: three quantiles as dots on a line. */
export class Latencies extends NumberGrid {
  static override styles = [
    NumberGrid.styles,
    fillingNames,
    css`
      .wide th[scope="row"] {
        inline-size: 34%;
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
      .line {
        stroke: var(--vscode-foreground);
        stroke-width: 2px;
      }
      .dot {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .tail {
        fill: var(--vscode-editor-background);
        stroke: var(--vscode-foreground);
        stroke-width: 1.5px;
      }
    `,
  ];

  protected override get columns(): number {
    return numbersInRow;
  }

  protected override render() {
    const { language } = this;
    const { cost } = language.text;
    const rows = [...this.#byTier(), ...this.#byModel().slice(0, mostRows)];
    const head = html`<tr>
      <th scope="col">${cost.model}${this.#hasColumn() ? nothing : this.#axisHead()}</th>
      ${
        this.#hasColumn()
          ? html`<th scope="col" class="axis">
              <span class="unseen">${cost.latencyAxis}</span>${this.#axisHead()}
            </th>`
          : nothing
      }
      <th scope="col">${cost.median}</th>
      <th scope="col">${cost.p95}</th>
      <th scope="col">${cost.p99}</th>
    </tr>`;
    const look = this.#hasColumn() ? "wide" : "narrow";
    return this.grid({ caption: cost.latencies, look, count: rows.length * numbersInRow }, head, (stop) =>
      rows.map((row, index) => this.#row(row, index * numbersInRow, stop)),
    );
  }

  #byTier(): readonly Known[] {
    const { cost } = this.language.text;
    return this.summary.requests.latencyByTier.map(({ tier, latency }) => ({
      title: this.language.fill(cost.tierRow, { tier: cost.tierNames[tier] }),
      detail: undefined,
      latency,
      behind: { ...requestsBehind, tier },
    }));
  }

  #byModel(): readonly Known[] {
    const { cost } = this.language.text;
    return this.summary.requests.rows.flatMap(({ tool, model, latency }) =>
      latency
        ? [
            {
              ...{ title: properName(tool), detail: model ?? cost.noModel, latency },
              behind: behindModel(tool, model),
            },
          ]
        : [],
    );
  }

  #row({ title, detail, latency, behind }: Known, first: number, stop: number) {
    const { language, summary } = this;
    const { cost } = language.text;
    const definitions = new CostDefinitions(language, summary);
    const name = detail === undefined ? title : `${title}, ${detail}`;
    const times = [latency.medianMs, latency.p95Ms, latency.p99Ms];
    const names = [cost.median, cost.p95, cost.p99];
    const axis = this.#axis(times);
    return html`<tr>
      <th scope="row">
        <span class="clip" dir="auto" title=${title}>${title}</span>
        ${
          detail === undefined
            ? nothing
            : html`<span class="clip small" dir="auto" title=${detail}>${detail}</span>`
        }
        ${this.#hasColumn() ? nothing : axis}
      </th>
      ${this.#hasColumn() ? html`<td class="axis">${axis}</td>` : nothing}
      ${times.map(
        (time, index) =>
          html`<td>
            ${this.number(
              language.duration(roundedTime(time)),
              definitions.latency(name, names[index]!, latency.requests, behind),
              first + index,
              stop,
            )}
          </td>`,
      )}
    </tr>`;
  }

  #scale() {
    return scaleLog()
      .domain(ends)
      .range([dotRadius + 1, Math.max(dotRadius + 2, this.#axisWidth() - dotRadius - 1)])
      .clamp(true);
  }

  #axis(times: readonly number[]) {
    const at = this.#scale();
    const [median, p95, p99] = times.map((time) => at(Math.max(1, time))) as [number, number, number];
    const middle = lineHeight / 2;
    return html`<svg width=${this.#axisWidth()} height=${lineHeight} aria-hidden="true">
      ${marks.map((mark) => svg`<path class="guide" d=${`M${Math.round(at(mark)) + 0.5} 0V${lineHeight}`}></path>`)}
      <path class="line" d=${`M${median} ${middle}H${p99}`}></path>
      <circle class="tail" cx=${p99} cy=${middle} r="3"></circle>
      <circle class="tail" cx=${p95} cy=${middle} r="3"></circle>
      <circle class="dot" cx=${median} cy=${middle} r=${dotRadius}></circle>
    </svg>`;
  }

  #axisHead() {
    const at = this.#scale();
    const { decimal, fill, text } = this.language;
    return html`<svg width=${this.#axisWidth()} height=${headHeight} aria-hidden="true">
      ${(this.#axisWidth() < 200 ? [marks[0]!, marks.at(-1)!] : marks).map(
        (mark, index) =>
          svg`<text x=${at(mark)} y="11" text-anchor=${index === 0 ? "start" : "middle"}>${fill(
            text.scorecard.units.seconds,
            { n: decimal(mark / 1000) },
          )}</text>`,
      )}
    </svg>`;
  }

  #hasColumn(): boolean {
    return this.width >= leastWidthForColumn;
  }

  #axisWidth(): number {
    return Math.max(0, Math.floor(this.#hasColumn() ? this.width * 0.38 : this.width));
  }
}

customElements.define("kept-latencies", Latencies);
