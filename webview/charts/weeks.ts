import { scaleLinear, scalePoint } from "d3-scale";
import { css, html, LitElement, nothing, svg } from "lit";
import type { Language } from "../language.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";
import { labelsWithRoom } from "./curveLayout.ts";

export interface Week {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** Null where there is too little of it. */
  readonly value: number | null;
  /** What is said of it, with its sample. */
  readonly words: string;
}

const size = { height: 96, gutter: 44, header: 8, footer: 20, end: 14 };
const leastLabelRoom = 52;
const dotRadius = 3;

/** A number week by week, a gap where it is not known, with the usual range as a band behind. */
export class Weeks extends LitElement {
  static override properties = {
    language: { attribute: false },
    weeks: { attribute: false },
    usual: { attribute: false },
    most: { attribute: false },
    write: { attribute: false },
    heading: {},
    usualWords: {},
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [
    base,
    walkedChart,
    css`
      .usual {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.14;
        stroke: var(--vscode-contrastBorder, none);
        stroke-dasharray: 2 2;
      }
      .line {
        fill: none;
        stroke: var(--vscode-charts-blue);
        stroke-width: 1.5px;
      }
      .dot {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .readout {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
      }
    `,
  ];

  declare language: Language;
  declare weeks: readonly Week[];
  declare usual: { readonly low: number; readonly high: number } | null;
  /** The end of the axis, where it has one of its own. */
  declare most: number | undefined;
  /** A value in words, for the axis. */
  declare write: (value: number) => string;
  declare heading: string;
  declare usualWords: string;
  declare private pointed: number | undefined;
  declare private focused: number | undefined;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.weeks = [];
    this.usual = null;
    this.write = String;
    this.heading = "";
    this.usualWords = "";
  }

  protected override render() {
    const { weeks } = this;
    const last = Math.max(0, weeks.length - 1);
    const index = this.pointed ?? this.focused ?? last;
    const chosen = weeks[index];
    const words = chosen === undefined ? "" : `${chosen.name}: ${chosen.words}`;
    return html`
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${this.heading}
        aria-valuemin="0"
        aria-valuemax=${last}
        aria-valuenow=${index}
        aria-valuetext=${`${words}, ${this.usualWords}`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @blur=${() => (this.focused = undefined)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event)}
        @pointerleave=${() => (this.pointed = undefined)}
      >
        ${this.#draw(this.pointed ?? this.focused)}
      </div>
      <div class="readout" aria-hidden="true">
        <span>${words}</span>
        <span class="of">${this.usualWords}</span>
      </div>
    `;
  }

  #draw(chosen: number | undefined) {
    const { weeks, usual } = this;
    const width = this.#width.width;
    if (width === 0) return html`<svg width="0" height=${size.height}></svg>`;
    const across = this.#across();
    const known = weeks.flatMap(({ value }) => (value === null ? [] : [value]));
    const most = this.most ?? Math.max(0, ...known, usual?.high ?? 0);
    const baseline = size.height - size.footer;
    const up = scaleLinear()
      .domain([0, most > 0 ? most : 1])
      .range([baseline, size.header]);
    const places = weeks.map((_, index) => across(index)!);
    const line = weeks.map(({ value }, index) => {
      if (value === null) return "";
      const starts = (weeks[index - 1]?.value ?? null) === null;
      return `${starts ? "M" : "L"}${places[index]} ${up(value)}`;
    });
    return html`<svg width=${width} height=${size.height} aria-hidden="true">
      ${(most > 0 ? up.ticks(2) : []).map(
        (value) =>
          svg`<path class="across" d=${`M${size.gutter} ${Math.round(up(value)) + 0.5}H${width}`}></path>
            <text x=${size.gutter - 6} y=${up(value) + 4} text-anchor="end">${this.write(value)}</text>`,
      )}
      ${
        chosen === undefined
          ? nothing
          : svg`<path class="baseline" d=${`M${Math.round(places[chosen]!) + 0.5} ${size.header}V${baseline}`}></path>`
      }
      ${
        usual === null
          ? nothing
          : svg`<rect class="usual" x=${size.gutter} width=${Math.max(0, width - size.gutter)}
              y=${up(usual.high)} height=${Math.max(1, up(usual.low) - up(usual.high))}></rect>`
      }
      <path class="baseline" d=${`M${size.gutter} ${baseline + 0.5}H${width}`}></path>
      <path class="line" d=${line.join("")}></path>
      ${weeks.map(({ value }, index) =>
        value === null
          ? nothing
          : svg`<circle class="dot" cx=${places[index]!} cy=${up(value)} r=${dotRadius}></circle>`,
      )}
      ${labelsWithRoom(places, leastLabelRoom).map(
        (index) =>
          svg`<text x=${Math.min(places[index]!, width - size.end)} y=${size.height - 4}
            text-anchor="middle">${weeks[index]!.tick}</text>`,
      )}
    </svg>`;
  }

  #across() {
    return scalePoint<number>()
      .domain(this.weeks.map((_, index) => index))
      .range([size.gutter + size.end, Math.max(size.gutter + size.end, this.#width.width - size.end)]);
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.weeks.length - 1;
    const next = nextPlace(event.key, this.focused ?? last, last);
    if (event.key === "Escape") this.focused = undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    const plot = event.currentTarget as HTMLElement;
    const across = this.#across();
    const at = event.clientX - plot.getBoundingClientRect().left;
    const index = Math.round((at - (across(0) ?? 0)) / Math.max(1, across.step()));
    this.pointed = index >= 0 && index < this.weeks.length ? index : undefined;
  }
}

customElements.define("kept-weeks", Weeks);
