import { css, html, nothing, svg } from "lit";
import { layOutBars, type BarsLayout } from "./barsLayout.ts";
import { labelsWithRoom } from "./curveLayout.ts";
import { patterns } from "./textures.ts";
import type { Definition } from "../parts/explained.ts";
import { WalkedChart, type Stretch } from "./walkedChart.ts";

/** How parts are told apart, beside their word. */
export type Tone = "solid" | "soft" | "outline" | "hatch" | "dots" | "warm";

export interface BarSeries {
  readonly name: string;
  readonly tone: Tone;
  /** What its number opens. */
  readonly definition?: Definition;
}

export interface Bar {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** One for each series, from the baseline up. */
  readonly parts: readonly number[];
  /** Which of them stand for something whose amount is not known. */
  readonly lacking?: readonly boolean[];
  readonly within?: Stretch;
}

const height = 128;
const leastLabelRoom = 60;
const swatchSide = 12;

/** Columns stacked of parts. The readout gives the numbers of the column that is chosen, or of all. */
export class Bars extends WalkedChart {
  static override properties = {
    series: { attribute: false },
    bars: { attribute: false },
    write: { attribute: false },
    all: {},
  };
  static override styles = [
    ...WalkedChart.styles,
    css`
      .solid {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .soft {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.4;
        stroke: var(--vscode-contrastBorder, none);
      }
      .warm {
        fill: var(--vscode-charts-orange);
        stroke: var(--vscode-contrastBorder, none);
      }
      .outline,
      .edge {
        fill: none;
        stroke: var(--vscode-foreground);
      }
      .edge {
        stroke-opacity: 0.4;
      }
      .readout {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 150px), 1fr));
      }
      .of {
        grid-column: 1 / -1;
      }
    `,
  ];

  declare series: readonly BarSeries[];
  declare bars: readonly Bar[];
  /** An amount in words, beside the largest of those it is read with. */
  declare write: (amount: number, isLacking?: boolean, beside?: number) => string;
  /** What all columns are together. */
  declare all: string;
  #layout: BarsLayout | undefined;

  constructor() {
    super();
    this.series = [];
    this.bars = [];
    this.write = String;
    this.all = "";
  }

  protected override get plotHeight() {
    return height;
  }

  protected override get lastPlace() {
    return Math.max(0, this.bars.length - 1);
  }

  protected override withinOf(place: number): Stretch | undefined {
    return this.bars[place]?.within;
  }

  protected override placeAt(x: number): number | undefined {
    if (!this.#layout) return undefined;
    const index = Math.floor((x - this.#layout.left) / Math.max(this.#layout.step, 1));
    return index >= 0 && index < this.bars.length ? index : undefined;
  }

  protected override render() {
    const { bars, series, chosen } = this;
    const bar = chosen === undefined ? undefined : bars[chosen];
    const parts = bar?.parts ?? series.map((_, place) => totalOf(bars, place));
    const name = bar?.name ?? this.all;
    const readings = series.map((each, place) => ({
      swatch: swatchOf(each.tone),
      name: each.name,
      value: this.write(
        parts[place] ?? 0,
        (bar ? [bar] : bars).some(({ lacking }) => lacking?.[place] === true),
        Math.max(...parts),
      ),
      definition: each.definition,
    }));
    const words = readings.map((each) => `${each.name} ${each.value}`).join(", ");
    return html`${this.plot(chosen ?? this.lastPlace, `${name}: ${words}`)}${this.readout(name, readings)}`;
  }

  protected override draw(width: number) {
    const { bars, series, chosen } = this;
    const layout = layOutBars(
      bars.map(({ parts }) => parts),
      { width, height, gutter: 44, footer: 20 },
    );
    this.#layout = layout;
    const middles = layout.columns.map(({ x }) => x + layout.barWidth / 2);
    return html`<svg width=${width} height=${height} aria-hidden="true">
      ${patterns()}
      ${layout.ticks.map(
        ({ at, value }) =>
          svg`<path class="across" d=${`M${layout.left} ${Math.round(at) + 0.5}H${width}`}></path>
            <text x=${layout.left - 6} y=${at + 4} text-anchor="end">${this.write(value, false, layout.ticks.at(-1)?.value)}</text>`,
      )}
      ${
        chosen === undefined
          ? nothing
          : svg`<rect class="chosen" x=${layout.left + chosen * layout.step} width=${layout.step}
            height=${layout.baseline}></rect>`
      }
      ${layout.columns.map(({ x, parts }) =>
        parts.map((part) =>
          paintTone(series[part.series]?.tone ?? "dots", x, part.y, layout.barWidth, part.height),
        ),
      )}
      <path class="baseline" d=${`M${layout.left} ${layout.baseline + 0.5}H${width}`}></path>
      ${labelsWithRoom(middles, leastLabelRoom).map(
        (place) =>
          svg`<text x=${Math.min(middles[place]!, width - 18)} y=${height - 4}
            text-anchor="middle">${bars[place]!.tick}</text>`,
      )}
    </svg>`;
  }
}

function totalOf(bars: readonly Bar[], place: number): number {
  return bars.reduce((sum, { parts }) => sum + (parts[place] ?? 0), 0);
}

function paintTone(tone: Tone, x: number, y: number, width: number, high: number) {
  const left = Math.round(x);
  const top = Math.round(y);
  const wide = Math.max(2, Math.round(width));
  const tall = Math.max(1, Math.round(y + high) - top);
  switch (tone) {
    case "solid":
    case "soft":
    case "warm":
      return svg`<rect class=${tone} x=${left} y=${top} width=${wide} height=${tall}></rect>`;
    case "outline":
      return svg`<rect class="outline" x=${left + 0.5} y=${top + 0.5} width=${wide - 1} height=${Math.max(0.5, tall - 1)}></rect>`;
    case "hatch":
    case "dots":
      return svg`<rect fill=${`url(#${tone})`} x=${left} y=${top} width=${wide} height=${tall}></rect>
        <rect class="edge" x=${left + 0.5} y=${top + 0.5} width=${wide - 1} height=${Math.max(0.5, tall - 1)}></rect>`;
  }
}

function swatchOf(tone: Tone) {
  return html`<svg class="swatch" width=${swatchSide} height=${swatchSide} aria-hidden="true">
    ${patterns()} ${paintTone(tone, 0, 0, swatchSide, swatchSide)}
  </svg>`;
}

customElements.define("kept-bars", Bars);
