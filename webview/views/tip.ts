import { css, html, LitElement, nothing } from "lit";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { Tip, TipAnswer } from "../../protocol/coaching.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { shareWords } from "./shareWords.ts";
import { base } from "../styles/base.ts";

/** One tip: its sentence, what it offers, and how to be rid of it. */
export class TipCard extends LitElement {
  static override properties = { language: { attribute: false }, tip: { attribute: false } };
  static override styles = [
    base,
    css`
      h2 {
        font-size: inherit;
        line-height: 20px;
        font-weight: 600;
      }
      .message {
        max-inline-size: 70ch;
        margin-block: 4px 8px;
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }
      .acts button {
        padding: 0;
      }
      details {
        margin-block-start: 8px;
      }
      details p {
        max-inline-size: 70ch;
        margin-block-start: 4px;
      }
    `,
  ];

  declare language: Language;
  declare tip: Tip;

  protected override render() {
    const { tip } = this;
    const { coach } = this.language.text;
    const answer = (word: Extract<TipAnswer, { tip: string }>["answer"]) => () =>
      act(this, { type: "answerTip", answer: { answer: word, tip: tip.id } });
    return html`<section aria-label=${`${coach.tip}: ${tip.title}`}>
      <h2>${coach.tip}: ${tip.title}</h2>
      <p class="message" dir="auto">${tip.message}</p>
      <div class="acts">
        <vscode-button @click=${() => act(this, { type: "takeTip", tip: tip.id })}
          >${tip.actionTitle}</vscode-button
        >
        <button class="quiet" title=${coach.laterDoes} @click=${answer("snooze")}>${coach.later}</button>
        <button class="quiet" title=${coach.dismissDoes} @click=${answer("dismiss")}>${coach.dismiss}</button>
        <button class="quiet" title=${coach.muteDoes} @click=${answer("mute")}>${coach.mute}</button>
      </div>
      ${this.#why()}
    </section>`;
  }

  #why() {
    const { language, tip } = this;
    const { coach } = language.text;
    const { fill } = language;
    return html`<details>
      <summary>${coach.why}</summary>
      ${tip.evidence.map(({ reference }) => html`<p class="small" dir="auto">${fill(coach.rests, { reference })}</p>`)}
      <p class="small">${fill(coach.expects, { expects: tip.expects })}</p>
      ${
        tip.before.value === null
          ? nothing
          : html`<p class="small">${fill(coach.before, { share: shareWords(language, tip.before) })}</p>`
      }
      <p class="small">${coach.correlation}</p>
    </details>`;
  }
}

customElements.define("kept-tip", TipCard);
