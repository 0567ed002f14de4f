import { scaleLinear, scalePoint, type ScalePoint } from "d3-scale";
import { css, html, nothing, svg } from "lit";
import { labelsWithRoom } from "./curveLayout.ts";
import { WalkedChart, type Stretch } from "./walkedChart.ts";

export interface Week {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** Null where there is too little of it. */
  readonly value: number | null;
  /** Its interval, where it has one. */
  readonly low?: number;
  readonly high?: number;
  readonly within?: Stretch;
  /** What is said of it, with its sample. */
  readonly words: string;
}

const size = { height: 96, gutter: 44, header: 8, footer: 20, end: 18 };
const leastLabelRoom = 52;
const dotRadius = 3;

/** A number week by week, a gap where it is not known, with the usual range as a band behind. */
export class Weeks extends WalkedChart {
  static override properties = {
    weeks: { attribute: false },
    usual: { attribute: false },
    most: { attribute: false },
    write: { attribute: false },
    usualWords: {},
  };
  static override styles = [
    ...WalkedChart.styles,
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
      .band {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.22;
        stroke: var(--vscode-contrastBorder, none);
      }
      .bound {
        stroke: var(--vscode-charts-blue);
        stroke-width: 1.5px;
      }
      .readout {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
      }
    `,
  ];

  declare weeks: readonly Week[];
  declare usual: { readonly low: number; readonly high: number } | null;
  /** The end of the axis, where it has one of its own. */
  declare most: number | undefined;
  /** A value in words, for the axis. */
  declare write: (value: number, beside?: number) => string;
  declare usualWords: string;
  #across: ScalePoint<number> | undefined;

  constructor() {
    super();
    this.weeks = [];
    this.usual = null;
    this.write = String;
    this.usualWords = "";
  }

  protected override get plotHeight() {
    return size.height;
  }

  protected override get lastPlace() {
    return Math.max(0, this.weeks.length - 1);
  }

  protected override withinOf(place: number): Stretch | undefined {
    return this.weeks[place]?.within;
  }

  protected override placeAt(x: number): number | undefined {
    const across = this.#across;
    if (!across) return undefined;
    const index = Math.round((x - (across(0) ?? 0)) / Math.max(1, across.step()));
    return index >= 0 && index < this.weeks.length ? index : undefined;
  }

  protected override render() {
    const place = this.chosen ?? this.lastPlace;
    const week = this.weeks[place];
    const words = week === undefined ? "" : `${week.name}: ${week.words}`;
    return html`${this.plot(place, `${words}, ${this.usualWords}`)}
      <div class="readout" aria-hidden="true">
        <span>${words}</span>
        <span class="of">${this.usualWords}</span>
      </div>`;
  }

  protected override draw(width: number) {
    const { weeks, usual, chosen } = this;
    const left = size.gutter + size.end;
    const across = scalePoint<number>()
      .domain(weeks.map((_, index) => index))
      .range([left, Math.max(left, width - size.end)]);
    this.#across = across;
    const known = weeks.flatMap(({ value, high }) => (value === null ? [] : [high ?? value]));
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
        (value, _, ticks) =>
          svg`<path class="across" d=${`M${size.gutter} ${Math.round(up(value)) + 0.5}H${width}`}></path>
            <text x=${size.gutter - 6} y=${up(value) + 4} text-anchor="end">${this.write(value, ticks.at(-1))}</text>`,
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
      ${bandsOf(weeks).map((band) => {
        const edge = (of: "low" | "high", along: readonly number[]) =>
          along.map((index) => `${places[index]} ${up(weeks[index]![of]!)}`);
        const corners = [...edge("high", band), ...edge("low", band.toReversed())];
        return svg`<path class=${band.length > 1 ? "band" : "bound"} d=${`M${corners.join("L")}Z`}></path>`;
      })}
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
}

/** Neighbours that have an interval. */
function bandsOf(weeks: readonly Week[]): readonly (readonly number[])[] {
  const bands: number[][] = [];
  for (const [index, { low, high }] of weeks.entries()) {
    if (low === undefined || high === undefined) continue;
    const band = bands.at(-1);
    if (band?.at(-1) === index - 1) band.push(index);
    else bands.push([index]);
  }
  return bands;
}

customElements.define("kept-weeks", Weeks);
