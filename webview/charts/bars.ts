import { css, html, LitElement, nothing, svg } from "lit";
import type { Language } from "../language.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";
import { layOutBars, type BarsLayout } from "./barsLayout.ts";
import { labelsWithRoom } from "./curveLayout.ts";
import { patterns } from "./textures.ts";

/** How parts are told apart, beside their word. */
export type Tone = "solid" | "soft" | "outline" | "hatch" | "dots";

export interface BarSeries {
  readonly name: string;
  readonly tone: Tone;
}

export interface Bar {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** One for each series, from the baseline up. */
  readonly parts: readonly number[];
}

const height = 128;
const leastLabelRoom = 60;
const swatchSide = 12;

/** Columns stacked of parts. The legend is the readout: it gives the numbers of the column pointed at, or of all. */
export class Bars extends LitElement {
  static override properties = {
    language: { attribute: false },
    series: { attribute: false },
    bars: { attribute: false },
    write: { attribute: false },
    heading: {},
    all: {},
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [
    base,
    textures,
    walkedChart,
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

  declare language: Language;
  declare series: readonly BarSeries[];
  declare bars: readonly Bar[];
  /** An amount in words. */
  declare write: (amount: number) => string;
  declare heading: string;
  /** What all columns are together. */
  declare all: string;
  declare private pointed: number | undefined;
  declare private focused: number | undefined;
  readonly #width = new WidthObserver(this);
  #layout: BarsLayout | undefined;

  constructor() {
    super();
    this.series = [];
    this.bars = [];
    this.write = String;
    this.heading = "";
    this.all = "";
  }

  protected override render() {
    const { bars, series } = this;
    const index = this.pointed ?? this.focused;
    const chosen = index === undefined ? undefined : bars[index];
    const parts = chosen?.parts ?? series.map((_, place) => totalOf(bars, place));
    const name = chosen?.name ?? this.all;
    const last = Math.max(0, bars.length - 1);
    const words = series.map((each, place) => `${each.name} ${this.write(parts[place] ?? 0)}`).join(", ");
    return html`
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${this.heading}
        aria-valuemin="0"
        aria-valuemax=${last}
        aria-valuenow=${index ?? last}
        aria-valuetext=${`${name}: ${words}`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @blur=${() => (this.focused = undefined)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event)}
        @pointerleave=${() => (this.pointed = undefined)}
      >
        ${this.#draw(index)}
      </div>
      <ul class="readout" aria-hidden="true">
        <li class="of">${name}</li>
        ${series.map(
          (each, place) =>
            html`<li>
              ${swatchOf(each.tone)}<span>${each.name}</span
              ><span class="number">${this.write(parts[place] ?? 0)}</span>
            </li>`,
        )}
      </ul>
    `;
  }

  #draw(index: number | undefined) {
    const { bars, series } = this;
    const width = this.#width.width;
    if (width === 0) return html`<svg width="0" height=${height}></svg>`;
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
            <text x=${layout.left - 6} y=${at + 4} text-anchor="end">${this.write(value)}</text>`,
      )}
      ${
        index === undefined
          ? nothing
          : svg`<rect class="chosen" x=${layout.left + index * layout.step} width=${layout.step}
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
          svg`<text x=${Math.min(middles[place]!, width - 14)} y=${height - 4}
            text-anchor="middle">${bars[place]!.tick}</text>`,
      )}
    </svg>`;
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.bars.length - 1;
    const next = nextPlace(event.key, this.focused ?? last, last);
    if (event.key === "Escape") this.focused = undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    if (!this.#layout) return;
    const { left, step } = this.#layout;
    const plot = event.currentTarget as HTMLElement;
    const index = Math.floor((event.clientX - plot.getBoundingClientRect().left - left) / Math.max(step, 1));
    this.pointed = index >= 0 && index < this.bars.length ? index : undefined;
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
