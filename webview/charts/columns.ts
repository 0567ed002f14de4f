import { css, html, nothing, svg } from "lit";
import type { CharsByKind } from "../../protocol/summary.ts";
import { addUp, kindsToName, totalOf } from "./kinds.ts";
import { columnAt, layOutStack, type Stack } from "./stack.ts";
import { paint, patterns, swatch } from "./textures.ts";
import type { Definition } from "../parts/explained.ts";
import { WalkedChart, type Stretch } from "./walkedChart.ts";

export interface NamedColumn {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** For the table. */
  readonly row: string;
  readonly inserted: CharsByKind;
  readonly within?: Stretch;
}

/** Room beside the chart, and about how wide a letter of a label is, in pixels. */
const margin = 14;
const letterWidth = 6.5;
/** Least distance between two labels, in pixels. */
const leastLabelRoom = 52;

/** Columns stacked by origin. The readout gives the numbers of the column that is chosen, or of all. */
export class Columns extends WalkedChart {
  static override properties = {
    columns: { attribute: false },
    definitionOf: { attribute: false },
    all: {},
    height: { type: Number },
    until: { type: Number },
    labelFrom: {},
  };
  static override styles = [
    ...WalkedChart.styles,
    css`
      .later {
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 1 3;
      }
      .readout {
        grid-template-columns: repeat(auto-fill, minmax(120px, 1fr));
      }
      .readout .of {
        grid-column: 1 / -1;
      }
      li {
        white-space: nowrap;
      }
    `,
  ];

  declare columns: readonly NamedColumn[];
  /** What the number of an origin opens. */
  declare definitionOf: ((kind: keyof CharsByKind) => Definition) | undefined;
  /** What all columns are together, for example "Today". */
  declare all: string;
  declare height: number;
  /** Columns from this index on lie in the future. */
  declare until: number | undefined;
  declare labelFrom: "first" | "last";
  #chart: Stack | undefined;

  constructor() {
    super();
    this.columns = [];
    this.all = "";
    this.height = 112;
    this.labelFrom = "last";
  }

  protected override get plotHeight() {
    return this.height;
  }

  protected override get lastPlace() {
    return Math.max(0, this.columns.length - 1);
  }

  /** The last column that is not in the future. */
  protected override get firstStop() {
    return Math.max(0, (this.until ?? this.columns.length) - 1);
  }

  protected override withinOf(place: number): Stretch | undefined {
    return this.columns[place]?.within;
  }

  protected override placeAt(x: number): number | undefined {
    return this.#chart && columnAt(this.#chart, x);
  }

  protected override render() {
    const { language, columns, chosen } = this;
    const { text } = language;
    const column = chosen === undefined ? undefined : columns[chosen];
    const total = addUp(columns.map(({ inserted }) => inserted));
    const shown = column?.inserted ?? total;
    const name = column?.name ?? this.all;
    const chars = language.plural(text.counts.chars, totalOf(shown));
    const readings = kindsToName(total).map((kind) => ({
      swatch: swatch(kind),
      name: text.kinds[kind],
      value: language.short(shown[kind]),
      definition: this.definitionOf?.(kind),
    }));
    return html`${this.plot(chosen ?? this.lastPlace, `${name}: ${this.#words(shown)}`)}
    ${this.readout(language.fill(text.chart.of, { name, chars }), readings)}`;
  }

  protected override draw(width: number) {
    const { columns, language, chosen } = this;
    const chart = layOutStack(
      columns.map(({ inserted }) => inserted),
      {
        width,
        height: this.height,
        gutter: 36,
        footer: 20,
        labelEvery: Math.max(leastLabelRoom, width / 9),
        labelFrom: this.labelFrom,
      },
    );
    this.#chart = chart;
    const now = chart.left + chart.step * (this.until ?? columns.length);
    return html`<svg width=${width} height=${this.height} aria-hidden="true">
      ${patterns()}
      ${chart.amounts.map(
        ({ at, value }) =>
          svg`<path class="across" d=${`M${chart.left} ${Math.round(at) + 0.5}H${width}`}></path>
            <text x=${chart.left - 6} y=${at + 4} text-anchor="end">${language.tick(value)}</text>`,
      )}
      ${
        chosen === undefined
          ? nothing
          : svg`<rect class="chosen" x=${chart.left + chosen * chart.step} y="0"
            width=${chart.step} height=${chart.baseline}></rect>`
      }
      ${chart.columns.map(({ x, width: wide, segments }) =>
        segments.map(({ kind, y, height }) => paint(kind, x, y, wide, height)),
      )}
      <path class="baseline" d=${`M${chart.left} ${chart.baseline + 0.5}H${Math.min(now, width)}`}></path>
      ${
        now < width
          ? svg`<path class="later" d=${`M${now} ${chart.baseline + 0.5}H${width}`}></path>`
          : nothing
      }
      ${chart.labels.map(({ at, value }) => this.#label(columns[value]?.tick ?? "", at, width))}
    </svg>`;
  }

  /** Centred under its column, but never further beyond the edge than the page's own margin. */
  #label(text: string, at: number, width: number) {
    const furthest = width + margin - (text.length * letterWidth) / 2;
    return svg`<text x=${Math.min(at, furthest)} y=${this.height - 4} text-anchor="middle">${text}</text>`;
  }

  /** The numbers of one column, or of all, for who cannot see the chart. */
  #words(chars: CharsByKind): string {
    const { text, count } = this.language;
    return kindsToName(chars)
      .map((kind) => `${text.kinds[kind]} ${count(chars[kind])}`)
      .join(", ");
  }
}

customElements.define("kept-columns", Columns);
