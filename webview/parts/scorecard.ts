import { css, html, LitElement, nothing, svg } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import { sampleNoun } from "../../core/metrics/sampleWords.ts";
import { shareAxis } from "../charts/whisker.ts";
import type { Language } from "../language.ts";
import { missingInput, type ScorecardRow } from "../scorecard.ts";
import { base } from "../styles/base.ts";
import { Definitions } from "./definitions.ts";
import "./explained.ts";
import type { Explained } from "./explained.ts";
import {
  intervalWords,
  metricDefinition,
  metricSample,
  targetWords,
  trendWords,
  valueWords,
} from "./metricWords.ts";
import { inLine } from "./inLine.ts";
import { nextStop } from "./roving.ts";
import { WidthObserver } from "./width.ts";

const axisHeight = 14;
const dotRadius = 4;

/** Metrics one under the other: value, interval, sample, target and verdict. One stop for Tab; arrows walk it. */
export class Scorecard extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    rows: { attribute: false },
    stop: { state: true },
    open: { state: true },
  };
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr));
        gap: 16px 32px;
        list-style: none;
      }
      .head {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 8px;
      }
      .verdict {
        white-space: nowrap;
      }
      svg {
        display: block;
        margin-block: 2px;
      }
      .axis {
        stroke: var(--kept-guide);
        stroke-width: 2px;
      }
      .whisker {
        stroke: var(--vscode-foreground);
        stroke-width: 2px;
      }
      .dot {
        fill: var(--vscode-foreground);
        stroke: var(--vscode-contrastBorder, none);
      }
      .target {
        stroke: var(--vscode-foreground);
        stroke-dasharray: 2 2;
      }
      .missing {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 3 3;
      }
      .waiting {
        margin-block-start: 12px;
      }
      .waiting button {
        margin-inline-start: -4px;
        text-align: start;
      }
      .waiting dl {
        display: grid;
        gap: 4px;
        margin-block-start: 8px;
      }
      dt {
        font-weight: 600;
      }
      dd + dt {
        margin-block-start: 4px;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  declare rows: readonly ScorecardRow[];
  declare private stop: number;
  declare private open: boolean;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.rows = [];
    this.stop = 0;
    this.open = false;
  }

  protected override render() {
    const { text } = this.language;
    const shown = this.rows.filter((row) => missingInput(row) === undefined);
    const waiting = this.rows.filter((row) => missingInput(row) !== undefined);
    return html`${
      shown.length === 0
        ? html`<p class="small">${text.scorecard.nothing}</p>`
        : html`<ul @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
            ${shown.map((row, index) => this.#row(row, index, Math.min(this.stop, shown.length - 1)))}
          </ul>`
    }
    ${waiting.length === 0 ? nothing : this.#waiting(waiting)}`;
  }

  #row(row: ScorecardRow, index: number, stop: number) {
    const { language, summary } = this;
    const { text } = language;
    const { metric, measured } = row;
    const known = measured.value !== null;
    return html`<li>
      <div class="head">
        <span>${metric.name}</span>
        <kept-explained
          .language=${language}
          .definition=${metricDefinition(language, row, new Definitions(language, summary).period())}
          .spoken=${known ? undefined : text.kept.notEnough}
          .stop=${index === stop ? 0 : -1}
          text=${known ? valueWords(language, metric.unit, measured.value) : text.kept.mark}
          @focusin=${() => (this.stop = index)}
        ></kept-explained>
      </div>
      ${metric.unit === "share" ? this.#axis(row) : nothing}
      <p class="small parts">${inLine(this.#words(row))}</p>
    </li>`;
  }

  /** Interval, sample, target, verdict and what is missing, in one line. */
  #words(row: ScorecardRow): readonly string[] {
    const { language } = this;
    const { text, fill, count } = language;
    const { scorecard } = text;
    const { metric, measured } = row;
    const { verdict, needsMore, value } = measured;
    const needs =
      needsMore !== null && needsMore > 0
        ? { n: count(needsMore), of: sampleNoun(needsMore, metric.sampleOf) }
        : undefined;
    const all = measured.n + (needsMore ?? 0);
    const parts =
      value === null
        ? [
            // The mark of it stands where the value would.
            needs
              ? fill(scorecard.lacking, {
                  n: count(measured.n),
                  all: count(all),
                  of: sampleNoun(all, metric.sampleOf),
                })
              : `${scorecard.verdicts.notEnoughData}: ${metricSample(language, row)}`,
            targetWords(language, row),
          ]
        : [
            intervalWords(language, row),
            metricSample(language, row),
            targetWords(language, row),
            verdict === null ? undefined : `${scorecard.marks[verdict]} ${scorecard.verdicts[verdict]}`,
            verdict === "notEnoughData" && needs ? fill(scorecard.more, needs) : undefined,
            trendWords(language, row),
          ];
    return parts.filter((part) => part !== undefined);
  }

  /** A share on an axis from 0 to 1, with its interval and the target as a tick. The words beside say the same. */
  #axis({ measured }: ScorecardRow) {
    const width = this.#axisWidth();
    const axis = shareAxis(width, dotRadius);
    const middle = axisHeight / 2;
    const { value, low, high, target } = measured;
    const tick = target === null ? undefined : Math.round(axis.at(target)) + 0.5;
    return html`<svg width=${width} height=${axisHeight} aria-hidden="true">
      ${
        value === null
          ? svg`<rect class="missing" x="0.5" y="2.5" width=${Math.max(0, width - 1)} height="9" rx="2"></rect>`
          : svg`<path class="axis" d=${`M0 ${middle}H${width}`}></path>`
      }
      ${
        value === null || low === null || high === null
          ? nothing
          : svg`<path class="whisker" d=${`M${axis.at(low)} ${middle}H${axis.at(high)}`}></path>`
      }
      ${
        value === null
          ? nothing
          : svg`<circle class="dot" cx=${axis.at(value)} cy=${middle} r=${dotRadius}></circle>`
      }
      ${tick === undefined ? nothing : svg`<path class="target" d=${`M${tick} 0V${axisHeight}`}></path>`}
    </svg>`;
  }

  /** The list has as many columns of at least 250 px as fit, 32 px apart. */
  #axisWidth(): number {
    const { width } = this.#width;
    const columns = Math.max(1, Math.floor((width + 32) / 282));
    return Math.floor((width - 32 * (columns - 1)) / columns);
  }

  #waiting(rows: readonly ScorecardRow[]) {
    const { text, plural } = this.language;
    return html`<div class="waiting small">
      <button
        class="quiet"
        aria-expanded=${this.open ? "true" : "false"}
        aria-controls="waiting"
        @click=${() => (this.open = !this.open)}
      >
        ${plural(text.scorecard.waiting, rows.length)}
      </button>
      <dl id="waiting" ?hidden=${!this.open}>
        ${rows.map(
          ({ metric, measured }) =>
            html`<dt>${metric.name}</dt>
              <dd>${metric.definition} ${measured.reason}.</dd>`,
        )}
      </dl>
    </div>`;
  }

  #onKey(event: KeyboardEvent): void {
    const numbers = [...this.renderRoot.querySelectorAll<Explained>("kept-explained")];
    const next = nextStop(event.key, this.stop, numbers.length, 1);
    if (next === undefined) return;
    event.preventDefault();
    numbers[next]?.focus();
  }
}

customElements.define("kept-scorecard", Scorecard);
