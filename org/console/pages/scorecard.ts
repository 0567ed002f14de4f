import type { Verdict } from "../../../core/metrics/verdict.ts";
import type { AppParts } from "../../app.ts";
import { html, type Html } from "../html.ts";
import { lookHeader, type Numbers } from "../numbers.ts";
import { dimensions, type Card, type DimensionName } from "../card.ts";
import { scorecardOf } from "../scorecard.ts";
import { readOrganisationName, readTargets } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";

export const verdictWords: Readonly<Record<Verdict, string>> = {
  meets: "● meets",
  misses: "▲ misses",
  notEnoughData: "◌ not enough data",
};

/** Five rows of cards: metric, now, target, trend, verdict, action. */
export function addScorecardPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/", "readOrganisation", async (visit) => {
    const look = await numbers.look(visit);
    const cards = scorecardOf(look.view, await readTargets(store), look.tally);
    const rows = (Object.keys(dimensions) as DimensionName[]).map((dimension) =>
      rowOf(
        dimension,
        cards.filter((card) => card.dimension === dimension),
      ),
    );
    return {
      title: "Scorecard",
      body: html`${lookHeader("/", look, await readOrganisationName(store))} ${rows}`,
    };
  });
}

function rowOf(dimension: DimensionName, cards: readonly Card[]): Html {
  return html`<section class="row" aria-labelledby="${dimension}">
    <h2 id="${dimension}">${dimensions[dimension]}</h2>
    <div class="cards">${cards.map(cardOf)}</div>
  </section>`;
}

function cardOf({ name, definition, now, evidence, target, trend, verdict, action }: Card): Html {
  return html`<article class="card ${now === undefined ? "empty" : ""}">
    <h3>${name}</h3>
    <p class="now">${now ?? html`<span aria-hidden="true">–</span><span class="hidden">no number</span>`}</p>
    <p class="quiet">${evidence}</p>
    <dl>
      ${verdict === undefined ? html`` : pair("Verdict", verdictWords[verdict])}
      ${target === undefined ? html`` : pair("Target", target)}
      ${trend === undefined ? html`` : pair("Trend", trend)}
    </dl>
    <p>${action}</p>
    <details>
      <summary>What it is</summary>
      <p class="quiet">${definition}</p>
    </details>
  </article>`;
}

function pair(term: string, words: string): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${words}</dd>
  </div>`;
}
