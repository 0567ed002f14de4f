import { css, html, LitElement, nothing, svg } from "lit";
import type { CharsByKind } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";
import { addUp, kindsToName, totalOf } from "./kinds.ts";
import { columnAt, layOutStack, type Stack } from "./stack.ts";
import { paint, patterns, swatch } from "./textures.ts";

export interface NamedColumn {
  /** In full, for the line under the chart and for who cannot see it. */
  readonly name: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** For the table. */
  readonly row: string;
  readonly inserted: CharsByKind;
}

/** Room beside the chart, and about how wide a letter of a label is, in pixels. */
const margin = 14;
const letterWidth = 6.5;
/** Least distance between two labels, in pixels. */
const leastLabelRoom = 52;

/** Columns stacked by origin. The legend is the readout: it gives the numbers of the column pointed at, or of all. */
export class Columns extends LitElement {
  static override properties = {
    language: { attribute: false },
    columns: { attribute: false },
    heading: {},
    all: {},
    height: { type: Number },
    until: { type: Number },
    labelFrom: {},
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [
    base,
    textures,
    walkedChart,
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

  declare language: Language;
  declare columns: readonly NamedColumn[];
  declare heading: string;
  /** What all columns are together, for example "Today". */
  declare all: string;
  declare height: number;
  /** Columns from this index on lie in the future. */
  declare until: number | undefined;
  declare labelFrom: "first" | "last";
  declare private pointed: number | undefined;
  declare private focused: number | undefined;
  readonly #width = new WidthObserver(this);
  #chart: Stack | undefined;

  constructor() {
    super();
    this.columns = [];
    this.heading = "";
    this.all = "";
    this.height = 112;
    this.labelFrom = "last";
  }

  protected override render() {
    const { language, columns } = this;
    const { text } = language;
    const index = this.pointed ?? this.focused;
    const chosen = index === undefined ? undefined : columns[index];
    const total = addUp(columns.map(({ inserted }) => inserted));
    const shown = chosen?.inserted ?? total;
    const name = chosen?.name ?? this.all;
    return html`
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${this.heading}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, columns.length - 1)}
        aria-valuenow=${index ?? Math.max(0, columns.length - 1)}
        aria-valuetext=${`${name}: ${this.#words(shown)}`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @focus=${(event: FocusEvent) => this.#onFocus(event)}
        @blur=${() => (this.focused = undefined)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event)}
        @pointerleave=${() => (this.pointed = undefined)}
      >
        ${this.#draw(index)}
      </div>
      <ul class="readout" aria-hidden="true">
        <li class="of">
          ${language.fill(text.chart.of, { name, chars: language.plural(text.counts.chars, totalOf(shown)) })}
        </li>
        ${kindsToName(total).map(
          (kind) =>
            html`<li>
              ${swatch(kind)}<span>${text.kinds[kind]}</span
              ><span class="number">${language.short(shown[kind])}</span>
            </li>`,
        )}
      </ul>
    `;
  }

  #draw(index: number | undefined) {
    const { columns, language } = this;
    const width = this.#width.width;
    if (width === 0) return html`<svg width="0" height=${this.height}></svg>`;
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
        index === undefined
          ? nothing
          : svg`<rect class="chosen" x=${chart.left + index * chart.step} y="0"
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

  #onFocus(event: FocusEvent): void {
    if ((event.target as HTMLElement).matches(":focus-visible")) this.focused = this.#last();
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.columns.length - 1;
    const next = nextPlace(event.key, this.focused ?? this.#last(), last);
    if (event.key === "Escape") this.focused = undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    const plot = event.currentTarget as HTMLElement;
    this.pointed = this.#chart && columnAt(this.#chart, event.clientX - plot.getBoundingClientRect().left);
  }

  /** The last column that is not in the future. */
  #last(): number {
    return Math.max(0, (this.until ?? this.columns.length) - 1);
  }
}

customElements.define("kept-columns", Columns);
