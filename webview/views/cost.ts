import { css, html, LitElement } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { connectButton } from "../parts/actions.ts";
import { measuresCard } from "../parts/measures.ts";
import { notices } from "../parts/notice.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";

/** What it cost, what it was for, and where one waits. */
export class Cost extends LitElement {
  static override properties = { language: { attribute: false }, summary: { attribute: false } };
  static override styles = [
    base,
    notices,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;

  protected override render() {
    const { language, summary } = this;
    const { cost } = language.text;
    const rows = scorecardOf(summary).filter(
      ({ metric }) => ["cost", "speed"].includes(metric.dimension) && !needsOrg(metric),
    );
    return html`<div class="cards">
      <div class="card wide">
        <div class="block">
          <h2>${cost.empty}</h2>
          <p>${cost.emptyWhy}</p>
          <ul>
            ${cost.emptyList.map((item) => html`<li>${item}</li>`)}
          </ul>
          <div class="buttons">${connectButton(this, language)}</div>
        </div>
      </div>
      ${measuresCard(language, summary, rows)}
    </div>`;
  }
}

customElements.define("kept-cost", Cost);
