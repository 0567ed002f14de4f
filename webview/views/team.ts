import { css, html, LitElement } from "lit";
import { metrics } from "../../core/metrics/metrics.ts";
import type { Language } from "../language.ts";
import { notices } from "../parts/notice.ts";
import { needsOrg } from "../scorecard.ts";
import { base } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";

/** How to join a team, what it sees, and what only it can measure. */
export class Team extends LitElement {
  static override properties = { language: { attribute: false } };
  static override styles = [
    base,
    notices,
    cards,
    css`
      .block {
        align-content: start;
      }
      .wide {
        grid-column: 1 / -1;
      }
      @container (min-width: 968px) {
        .joining {
          grid-column: span 2;
        }
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr));
        gap: 12px 32px;
        margin-block-start: 8px;
      }
    `,
  ];

  declare language: Language;

  protected override render() {
    const { team } = this.language.text;
    return html`<div class="cards">
      <section class="card block joining">
        <h2>${team.empty}</h2>
        <p>${team.emptyWhy}</p>
        <h3>${team.how}</h3>
        <ul>
          ${team.howList.map((item) => html`<li>${item}</li>`)}
        </ul>
      </section>
      <section class="card block">
        <h2>${team.protectedTitle}</h2>
        <ul>
          ${team.protectedList.map((item) => html`<li>${item}</li>`)}
        </ul>
      </section>
      <section class="card wide">
        <h2>${team.metrics}</h2>
        <p class="small">${team.metricsMeaning}</p>
        <dl>
          ${metrics.filter(needsOrg).map(
            ({ name, definition }) =>
              html`<div>
                <dt>${name}</dt>
                <dd class="small">${definition}</dd>
              </div>`,
          )}
        </dl>
      </section>
    </div>`;
  }
}

customElements.define("kept-team", Team);
