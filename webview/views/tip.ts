import { css, html, LitElement, nothing } from "lit";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { unbroken } from "../../core/percent.ts";
import type { Tip, TipAnswer } from "../../protocol/coaching.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { shareWords } from "./shareWords.ts";
import { base } from "../styles/base.ts";

/** Of a prompt, so that several beside each other are told apart by name. */
const labelChars = 60;

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
      .words {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      .suggestion {
        margin: 4px 0 8px;
        padding-inline-start: 12px;
        border-inline-start: 2px solid var(--kept-line);
        max-inline-size: 70ch;
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
    if (tip.prompt) return this.#prompt(tip.prompt);
    const { coach } = this.language.text;
    const answer = (word: Extract<TipAnswer, { tip: string }>["answer"]) => () =>
      act(this, { type: "answerTip", answer: { answer: word, tip: tip.id } });
    return html`<section aria-label=${`${coach.tip}: ${tip.title}`}>
      <h2>${coach.tip}: ${tip.title}</h2>
      <p class="message" dir="auto">${unbroken(tip.message)}</p>
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

  /** Words of somebody's: it says whose, and offers nothing but to copy. */
  #prompt({ sender, contact, suggestion }: NonNullable<Tip["prompt"]>) {
    const { tip } = this;
    const { text, fill } = this.language;
    const { coach } = text;
    const answer = (word: Extract<TipAnswer, { tip: string }>["answer"]) => () =>
      act(this, { type: "answerTip", answer: { answer: word, tip: tip.id } });
    const from = fill(coach.prompt, { sender });
    return html`<section aria-label=${`${from}: ${tip.message.slice(0, labelChars)}`}>
      <h2 dir="auto">${from}</h2>
      <p class="message words" dir="auto">${unbroken(tip.message)}</p>
      ${contact === "" ? nothing : html`<p class="small" dir="auto">${fill(coach.contact, { contact })}</p>`}
      ${
        suggestion === null
          ? nothing
          : html`<p class="small">${coach.suggestion}</p>
              <blockquote class="suggestion words" dir="auto">${suggestion}</blockquote>`
      }
      <div class="acts">
        ${
          suggestion === null
            ? nothing
            : html`<vscode-button
                title=${coach.copyDoes}
                @click=${() => act(this, { type: "takeTip", tip: tip.id })}
                >${coach.copy}</vscode-button
              >`
        }
        <button class="quiet" title=${coach.helpedDoes} @click=${answer("helped")}>${coach.helped}</button>
        <button class="quiet" title=${coach.notForMeDoes} @click=${answer("notForMe")}>
          ${coach.notForMe}
        </button>
        <button class="quiet" title=${coach.laterDoes} @click=${answer("snooze")}>${coach.later}</button>
        <button
          class="quiet"
          title=${coach.muteSenderDoes}
          @click=${() => act(this, { type: "answerTip", answer: { answer: "muteSender", sender } })}
        >
          ${fill(coach.muteSender, { sender })}
        </button>
      </div>
      <details>
        <summary>${coach.why}</summary>
        <p class="small" dir="auto">${fill(coach.promptWhy, { sender })}</p>
      </details>
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
