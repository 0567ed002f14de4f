import { css, html, LitElement } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { measuresCard } from "../parts/measures.ts";
import { notices } from "../parts/notice.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";

/** Whether it lasts, and who mends it. */
export class Quality extends LitElement {
  static override properties = { language: { attribute: false }, summary: { attribute: false } };
  static override styles = [
    base,
    notices,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
      .block {
        align-content: start;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;

  protected override render() {
    const { language, summary } = this;
    const { quality } = language.text;
    const rows = scorecardOf(summary).filter(
      ({ metric }) => metric.dimension === "quality" && !needsOrg(metric),
    );
    return html`<div class="cards">
      ${measuresCard(language, summary, rows)}
      <section class="card block">
        <h2>${quality.survival}</h2>
        <p>${quality.survivalWaits}</p>
        <p class="small">${quality.survivalHow}</p>
      </section>
      <section class="card block">
        <h2>${quality.rework}</h2>
        <p>${quality.reworkWaits}</p>
      </section>
    </div>`;
  }
}

customElements.define("kept-quality", Quality);
