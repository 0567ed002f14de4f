import { css, html, LitElement, nothing, svg } from "lit";
import { outcomeWords } from "../../core/summary/funnel.ts";
import { proposedUnseen, type Funnel, type FunnelStage } from "../../protocol/funnel.ts";
import { patterns } from "../charts/textures.ts";
import type { Language } from "../language.ts";
import { base, textures } from "../styles/base.ts";

/** The way of AI edits from proposal to commit: how many got there, and of which it cannot be known. */
export class FunnelSteps extends LitElement {
  static override properties = { language: { attribute: false }, funnel: { attribute: false } };
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
  declare funnel: Funnel;

  protected override render() {
    const { text } = this.language;
    return html`<ol aria-label=${text.funnel.title}>
      <li>
        <div class="head"><span>${text.funnel.proposed}</span><span>${text.nothing}</span></div>
        <p class="small">${proposedUnseen}</p>
      </li>
      ${this.funnel.stages.map((stage) => this.#stage(stage))}
    </ol>`;
  }

  #stage(stage: FunnelStage) {
    const { language, funnel } = this;
    const { text, fill, count } = language;
    const { reached, left, pending, unseen } = stage;
    const known = reached + left;
    const unknown = unseen.reduce((total, { edits }) => total + edits, 0);
    const parts = [
      ...(left > 0 ? [fill(text.funnel.left[stage.stage], { n: count(left) })] : []),
      ...(pending > 0 ? [fill(text.funnel.pending, { n: count(pending) })] : []),
      ...unseen.map(({ outcome, edits }) => `${count(edits)} ${outcomeWords(stage.stage, outcome)}`),
    ];
    return html`<li>
      <div class="head">
        <span>${text.funnel[stage.stage]}</span>
        <span> ${known === 0 && pending === 0 && unknown > 0 ? text.nothing : count(reached)} </span>
      </div>
      ${bar(stage, funnel.edits, unknown)}
      ${parts.length === 0 ? nothing : html`<p class="small">${parts.join(" · ")}</p>`}
    </li>`;
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
