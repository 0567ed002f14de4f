import { html, LitElement } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { notices } from "../parts/notice.ts";
import { base } from "../styles/base.ts";

/** What could be tried next, and whether it helped. */
export class Coach extends LitElement {
  static override properties = { language: { attribute: false }, summary: { attribute: false } };
  static override styles = [base, notices];

  declare language: Language;
  declare summary: Summary | undefined;

  protected override render() {
    const { coach } = this.language.text;
    return html`<div class="block">
      <h2>${coach.empty}</h2>
      <p>${coach.emptyWhy}</p>
      <ul>
        ${coach.emptyList.map((item) => html`<li>${item}</li>`)}
      </ul>
    </div>`;
  }
}

customElements.define("kept-coach", Coach);
