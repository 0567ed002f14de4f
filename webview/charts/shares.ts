import { css, html, LitElement, svg } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Language } from "../language.ts";
import { WidthObserver } from "../parts/width.ts";
import "../parts/explained.ts";
import type { Definition } from "../parts/explained.ts";
import { base } from "../styles/base.ts";
import { isSure, layOutWhisker, shareAxis } from "./whisker.ts";

export interface ShareRow {
  readonly label: string;
  readonly kind: "ai" | "human";
  readonly share: MeasuredShare;
  readonly definition: Definition;
}

const dotRadius = 4.5;
const rowHeight = 24;
/** Room for the label at the left and the number at the right of the axis. */
const labelWidth = 76;
const numberWidth = 52;
/** Below this width the axis lies under both, and is as wide as they are. */
const leastWidthBeside = 400;
const underHeight = 16;

/** Shares on a common axis: a dot on its whisker, or a dashed outline where there is not enough data. */
export class Shares extends LitElement {
  static override properties = { language: { attribute: false }, rows: { attribute: false }, heading: {} };
  static override styles = [
    base,
    css`
      .rows {
        position: relative;
      }
      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        block-size: 24px;
      }
      .under .row {
        margin-block-end: 16px;
      }
      .row > :last-child {
        min-inline-size: 52px;
        text-align: end;
      }
      svg {
        position: absolute;
        inset-block-start: 0;
        pointer-events: none;
        overflow: visible;
      }
      text {
        font-size: 11px;
        fill: var(--vscode-descriptionForeground);
      }
      .axis {
        stroke: var(--kept-guide);
      }
      .whisker {
        stroke: var(--vscode-foreground);
        stroke-width: 2px;
        fill: none;
      }
      .dot-ai {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .dot-human {
        fill: none;
        stroke: var(--vscode-foreground);
        stroke-width: 1.5px;
      }
      .missing {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 3 3;
      }
      .footer {
        block-size: 16px;
      }
    `,
  ];

  declare language: Language;
  declare rows: readonly ShareRow[];
  declare heading: string;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.rows = [];
    this.heading = "";
  }

  protected override render() {
    const { language, rows } = this;
    return html`<div class=${this.#isUnder() ? "rows under" : "rows"}>
      ${this.#draw()}
      ${rows.map(
        ({ label, share, definition }) =>
          html`<div class="row">
            <span>${label}</span>
            <kept-explained
              .language=${language}
              .definition=${definition}
              .spoken=${isSure(share) ? undefined : language.text.kept.notEnough}
              text=${isSure(share) ? language.percent(share.value) : language.text.kept.mark}
            ></kept-explained>
          </div>`,
      )}
      <div class="footer"></div>
    </div>`;
  }

  #draw() {
    const { language, rows } = this;
    const isUnder = this.#isUnder();
    const left = isUnder ? 0 : labelWidth;
    const width = Math.max(0, this.#width.width - left - (isUnder ? 0 : numberWidth));
    const step = isUnder ? rowHeight + underHeight : rowHeight;
    const height = rows.length * step;
    const guides = rows.map((_, index) =>
      isUnder ? `${index * step + rowHeight}V${(index + 1) * step}` : `${index * step}V${(index + 1) * step}`,
    );
    const axis = shareAxis(width, dotRadius);
    const alternative = `${this.heading}. ${rows.map((row) => this.#words(row)).join(". ")}`;
    return html`<svg
      x="0"
      width=${width + left}
      height=${height + 16}
      viewBox=${`${-left} 0 ${width + left} ${height + 16}`}
      role="img"
      aria-label=${alternative}
    >
      ${axis.ticks.map(
        ({ at, value }) =>
          svg`<path class="axis" d=${guides.map((guide) => `M${Math.round(at) + 0.5} ${guide}`).join("")}></path>
            <text x=${at} y=${height + 13} text-anchor=${anchorOf(value)}>${language.percent(value)}</text>`,
      )}
      ${rows.map((row, index) => drawRow(row, isUnder ? (index + 1) * step - underHeight / 2 : (index + 0.5) * step, axis.at, width))}
    </svg>`;
  }

  #isUnder(): boolean {
    return this.#width.width < leastWidthBeside;
  }

  #words({ label, share }: ShareRow): string {
    const { text, fill, percent, interval, plural } = this.language;
    const sample = plural(text.counts.edits, share.n);
    if (!isSure(share)) return fill(text.kept.rowNotYet, { label, sample, n: share.needsMore });
    return fill(text.kept.row, {
      label,
      value: percent(share.value),
      interval: share.low === null || share.high === null ? text.nothing : interval(share.low, share.high),
      sample,
    });
  }
}

function anchorOf(share: number): "start" | "middle" | "end" {
  if (share === 0) return "start";
  return share === 1 ? "end" : "middle";
}

function drawRow({ kind, share }: ShareRow, y: number, at: (share: number) => number, width: number) {
  const { dot, from, to } = layOutWhisker(share, at);
  if (dot === undefined) {
    return svg`<rect class="missing" x="0.5" y=${y - 5.5} width=${Math.max(0, width - 1)} height="11" rx="2"></rect>`;
  }
  const whisker =
    from === undefined || to === undefined
      ? ""
      : `M${from} ${y}H${Math.max(from, dot - dotRadius)}M${Math.min(to, dot + dotRadius)} ${y}H${to}`;
  return svg`<path class="whisker" d=${whisker}></path>
    <circle class=${`dot-${kind}`} cx=${dot} cy=${y} r=${dotRadius}></circle>`;
}

customElements.define("kept-shares", Shares);
