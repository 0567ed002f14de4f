import { css, html, LitElement, nothing, svg } from "lit";
import { outcomeWords, standingOf } from "../../core/summary/funnel.ts";
import { proposedUnseen, type FunnelStage } from "../../protocol/funnel.ts";
import type { Summary } from "../../protocol/summary.ts";
import { patterns } from "../charts/textures.ts";
import type { Language } from "../language.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/explained.ts";
import { inLine } from "../parts/inLine.ts";
import type { Explained } from "../parts/explained.ts";
import { nextStop } from "../parts/roving.ts";
import { base, textures } from "../styles/base.ts";

/**
 * The way of AI edits from proposal to what is left: of each step how many got there, and of which it cannot be known. Its
 * numbers are one stop for Tab; arrows walk them.
 */
export class FunnelSteps extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    stop: { state: true },
  };
  static override styles = [
    base,
    textures,
    css`
      ol {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 12px;
      }
      .reached {
        fill: var(--vscode-charts-blue);
        stroke: var(--vscode-contrastBorder, none);
      }
      .pending {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 3 2;
      }
      .left {
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 2 2;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  declare private stop: number;
  /** How many numbers are drawn so far. */
  #drawn = 0;

  constructor() {
    super();
    this.stop = 0;
  }

  protected override updated(): void {
    if (this.stop >= this.#drawn) this.stop = 0;
  }

  protected override render() {
    const { text } = this.language;
    this.#drawn = 0;
    const { way } = this.summary.funnel;
    return html`<ol aria-label=${text.funnel.title} @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <li>
        <div class="head"><span>${text.funnel.proposed}</span><span>${text.nothing}</span></div>
        <p class="small">${proposedUnseen}</p>
      </li>
      ${way.map((stage) => this.#stage(stage))}
    </ol>`;
  }

  #stage(stage: FunnelStage) {
    const { language, summary } = this;
    const { text, fill, count } = language;
    const { reached, left, pending, unseen, outcomes } = stage;
    const unknown = unseen.reduce((total, { edits }) => total + edits, 0);
    const step = text.funnel[stage.stage];
    const number = (words: string, edits: number, of: readonly string[], name = `${step}: ${words}`) => {
      const place = this.#drawn++;
      return html`<kept-explained
        .language=${language}
        .definition=${new Definitions(language, summary).funnelStep(stage.stage, name, edits, of)}
        .stop=${place === this.stop ? 0 : -1}
        text=${words}
        @focusin=${() => (this.stop = place)}
      ></kept-explained>`;
    };
    const ofStanding = (standing: "reached" | "left") =>
      outcomes.flatMap(({ outcome }) => (standingOf(stage.stage, outcome) === standing ? [outcome] : []));
    const isUnseen = reached === 0 && left === 0 && pending === 0 && unknown > 0;
    const head = isUnseen
      ? html`<span>${text.nothing}</span>`
      : number(count(reached), reached, ofStanding("reached"), step);
    const parts = [
      ...(left > 0
        ? [number(fill(text.funnel.left[stage.stage], { n: count(left) }), left, ofStanding("left"))]
        : []),
      ...(pending > 0 ? [number(fill(text.funnel.pending, { n: count(pending) }), pending, [""])] : []),
      ...unseen.flatMap(({ outcome, edits }) =>
        outcome === "apart" && stage.stage !== "accepted"
          ? []
          : [number(`${count(edits)} ${outcomeWords(stage.stage, outcome)}`, edits, [outcome])],
      ),
    ];
    return html`<li>
      <div class="head">
        <span>${step}</span>
        ${head}
      </div>
      ${bar(stage, summary.funnel.edits, unknown)}
      ${parts.length === 0 ? nothing : html`<p class="small parts">${inLine(parts)}</p>`}
    </li>`;
  }

  #onKey(event: KeyboardEvent): void {
    const numbers = [...this.renderRoot.querySelectorAll<Explained>("kept-explained")];
    const next = nextStop(event.key, this.stop, numbers.length, 1);
    if (next === undefined) return;
    event.preventDefault();
    numbers[next]?.focus();
  }
}

/** What got there is full, what did not is a broken line, what may yet is an outline, what nobody knows is dots. */
function bar({ reached, left, pending }: FunnelStage, all: number, unknown: number) {
  const at = (edits: number) => (all === 0 ? 0 : (100 * edits) / all);
  const percent = (edits: number) => `${at(edits)}%`;
  const [afterReached, afterLeft, afterPending] = [reached, reached + left, reached + left + pending];
  return html`<svg aria-hidden="true">
    ${patterns()}
    ${reached > 0 ? svg`<rect class="reached" width=${percent(reached)} height="12"></rect>` : nothing}
    ${left > 0 ? svg`<line class="left" x1=${percent(afterReached)} x2=${percent(afterLeft)} y1="6" y2="6"></line>` : nothing}
    ${pending > 0 ? svg`<rect class="pending" x=${percent(afterLeft)} y="0.5" width=${percent(pending)} height="11"></rect>` : nothing}
    ${unknown > 0 ? svg`<rect fill="url(#dots)" x=${percent(afterPending)} width=${percent(unknown)} height="12"></rect>` : nothing}
  </svg>`;
}

customElements.define("kept-funnel", FunnelSteps);
