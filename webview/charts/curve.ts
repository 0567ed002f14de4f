import { css, html, nothing, svg } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Definition } from "../parts/explained.ts";
import { labelsWithRoom, layOutCurve, momentAt, type CurveLayout, type CurveLine } from "./curveLayout.ts";
import { swatch } from "./textures.ts";
import { WalkedChart } from "./walkedChart.ts";
import { isSure } from "./whisker.ts";

export interface CurveSeries {
  readonly kind: "ai" | "human";
  readonly name: string;
  /** One for each moment. */
  readonly shares: readonly (MeasuredShare | undefined)[];
  /** What its number opens. */
  readonly definition?: Definition;
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

/** Shares over time, each line in its band. The readout gives the values at the moment that is chosen. */
export class Curve extends WalkedChart {
  static override properties = {
    series: { attribute: false },
    moments: { attribute: false },
    sampleOf: { attribute: false },
  };
  static override styles = [
    ...WalkedChart.styles,
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

  declare series: readonly CurveSeries[];
  declare moments: readonly Moment[];
  /** The sample of a share in words, for example "412 edits". */
  declare sampleOf: (share: MeasuredShare) => string;
  #layout: CurveLayout | undefined;

  constructor() {
    super();
    this.series = [];
    this.moments = [];
    this.sampleOf = ({ n }) => String(n);
  }

  protected override get plotHeight() {
    return height;
  }

  protected override get lastPlace() {
    return this.moments.length - 1;
  }

  /** The last moment of which anything is known. */
  protected override get firstStop() {
    const known = this.moments.findLastIndex((_, place) =>
      this.series.some(({ shares }) => shares[place] !== undefined && isSure(shares[place])),
    );
    return Math.max(0, known);
  }

  protected override placeAt(x: number): number | undefined {
    return this.#layout && momentAt(this.#layout, x);
  }

  /** One moment is always shown. */
  get #place() {
    return Math.min(this.chosen ?? this.firstStop, this.lastPlace);
  }

  protected override render() {
    const moment = this.moments[this.#place];
    if (!moment) return nothing;
    const readings = this.series.map(({ kind, name, shares, definition }) => ({
      definition,
      swatch: swatch(kind),
      name,
      value: this.#words(shares[this.#place]),
    }));
    const words = readings.map(({ name, value }) => `${name} ${value}`).join(", ");
    return html`${this.plot(this.#place, `${moment.name}: ${words}`)}${this.readout(moment.name, readings)}`;
  }

  protected override draw(width: number) {
    const { language, series, moments } = this;
    const layout = layOutCurve(
      series.map(({ shares }) => shares),
      moments.map(({ position }) => position),
      { width, height, gutter: 40, footer: 20 },
    );
    this.#layout = layout;
    const x = Math.round(layout.moments[this.#place]!) + 0.5;
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
}

function drawLine({ band, line, dots }: CurveLine, kind: "ai" | "human") {
  return svg`<path class=${`band-${kind}`} d=${band}></path><path class=${`line-${kind}`} d=${line}></path>
    ${dots.map(({ x, y }) => svg`<circle class=${`dot-${kind}`} cx=${x} cy=${y} r=${dotRadius}></circle>`)}`;
}

customElements.define("kept-curve", Curve);
