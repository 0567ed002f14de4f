import { css, html, LitElement, nothing, svg } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Language } from "../language.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";
import { labelsWithRoom, layOutCurve, momentAt, type CurveLayout, type CurveLine } from "./curveLayout.ts";
import { swatch } from "./textures.ts";
import { isSure } from "./whisker.ts";

export interface CurveSeries {
  readonly kind: "ai" | "human";
  readonly name: string;
  /** One for each moment. */
  readonly shares: readonly (MeasuredShare | undefined)[];
}

export interface Moment {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** Where it lies, from 0 to 1. */
  readonly position: number;
}

const height = 160;
const leastLabelRoom = 46;
const dotRadius = 3;

/** Shares over time, each line in its band. The legend is the readout: it gives the values at the moment pointed at. */
export class Curve extends LitElement {
  static override properties = {
    language: { attribute: false },
    series: { attribute: false },
    moments: { attribute: false },
    heading: {},
    sampleOf: { attribute: false },
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [
    base,
    textures,
    walkedChart,
    css`
      .moment {
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 2 2;
      }
      .line-ai {
        fill: none;
        stroke: var(--vscode-charts-blue);
        stroke-width: 2px;
      }
      .band-ai {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.22;
        stroke: var(--vscode-contrastBorder, none);
      }
      .dot-ai {
        fill: var(--vscode-charts-blue);
      }
      .line-human {
        fill: none;
        stroke: var(--vscode-foreground);
        stroke-width: 1.5px;
        stroke-dasharray: 5 3;
      }
      .band-human {
        fill: none;
        stroke: var(--vscode-foreground);
        stroke-opacity: 0.45;
      }
      .dot-human {
        fill: var(--vscode-foreground);
      }
      li span:not(.number) {
        white-space: nowrap;
      }
      .number {
        text-align: end;
      }
    `,
  ];

  declare language: Language;
  declare series: readonly CurveSeries[];
  declare moments: readonly Moment[];
  declare heading: string;
  /** The sample of a share in words, for example "412 edits". */
  declare sampleOf: (share: MeasuredShare) => string;
  declare private pointed: number | undefined;
  declare private focused: number | undefined;
  readonly #width = new WidthObserver(this);
  #layout: CurveLayout | undefined;

  constructor() {
    super();
    this.series = [];
    this.moments = [];
    this.heading = "";
    this.sampleOf = ({ n }) => String(n);
  }

  protected override render() {
    const { series, moments } = this;
    const index = this.#index();
    const moment = moments[index];
    if (!moment) return nothing;
    return html`
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${this.heading}
        aria-valuemin="0"
        aria-valuemax=${moments.length - 1}
        aria-valuenow=${index}
        aria-valuetext=${`${moment.name}: ${series.map((each) => `${each.name} ${this.#words(each.shares[index])}`).join(", ")}`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @blur=${() => (this.focused = undefined)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event)}
        @pointerleave=${() => (this.pointed = undefined)}
      >
        ${this.#draw(index)}
      </div>
      <ul class="readout" aria-hidden="true">
        <li class="of">${moment.name}</li>
        ${series.map(
          (each) =>
            html`<li>
              ${swatch(each.kind)}<span>${each.name}</span
              ><span class="number">${this.#words(each.shares[index])}</span>
            </li>`,
        )}
      </ul>
    `;
  }

  #draw(index: number) {
    const { language, series, moments } = this;
    const width = this.#width.width;
    if (width === 0) return html`<svg width="0" height=${height}></svg>`;
    const layout = layOutCurve(
      series.map(({ shares }) => shares),
      moments.map(({ position }) => position),
      { width, height, gutter: 40, footer: 20 },
    );
    this.#layout = layout;
    const x = Math.round(layout.moments[index]!) + 0.5;
    return html`<svg width=${width} height=${height} aria-hidden="true">
      ${layout.ticks.map(
        ({ at, value }) =>
          svg`<path class="across" d=${`M${layout.left} ${Math.round(at) + 0.5}H${width}`}></path>
            <text x=${layout.left - 6} y=${at + 4} text-anchor="end">${language.percent(value)}</text>`,
      )}
      <path class="moment" d=${`M${x} 0V${layout.baseline}`}></path>
      ${layout.lines.map((each, place) => drawLine(each, series[place]!.kind))}
      ${labelsWithRoom(layout.moments, leastLabelRoom).map(
        (place) =>
          svg`<text x=${place === moments.length - 1 ? width : layout.moments[place]!} y=${height - 4}
            text-anchor=${place === moments.length - 1 ? "end" : "middle"}>${moments[place]!.tick}</text>`,
      )}
    </svg>`;
  }

  #words(share: MeasuredShare | undefined): string {
    const { text, percent, interval, plural } = this.language;
    if (!share) return text.nothing;
    if (!isSure(share)) return `${text.kept.mark} ${plural(text.kept.needs, share.needsMore)}`;
    const parts = [
      percent(share.value),
      ...(share.low === null || share.high === null ? [] : [interval(share.low, share.high)]),
      this.sampleOf(share),
    ];
    return parts.join(" · ");
  }

  /** The moment pointed at, or the last one of which anything is known. */
  #index(): number {
    const chosen = this.pointed ?? this.focused;
    if (chosen !== undefined) return Math.min(chosen, this.moments.length - 1);
    const known = this.moments.findLastIndex((_, index) =>
      this.series.some(({ shares }) => shares[index] !== undefined && isSure(shares[index])),
    );
    return Math.max(0, known);
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.moments.length - 1;
    const next = nextPlace(event.key, this.#index(), last);
    if (event.key === "Escape") this.focused = undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    const plot = event.currentTarget as HTMLElement;
    this.pointed = this.#layout && momentAt(this.#layout, event.clientX - plot.getBoundingClientRect().left);
  }
}

function drawLine({ band, line, dots }: CurveLine, kind: "ai" | "human") {
  return svg`<path class=${`band-${kind}`} d=${band}></path><path class=${`line-${kind}`} d=${line}></path>
    ${dots.map(({ x, y }) => svg`<circle class=${`dot-${kind}`} cx=${x} cy=${y} r=${dotRadius}></circle>`)}`;
}

customElements.define("kept-curve", Curve);
