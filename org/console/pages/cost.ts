import type { AppParts } from "../../app.ts";
import { html } from "../html.ts";
import { lookHeader, type Numbers } from "../numbers.ts";
import { costParts } from "../parts/cost.ts";
import { readOrganisationName, readSetting } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";

/** What requests cost, at which tier, how much came from a cache, and what of the budget that is. */
export function addCostPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/cost", "readOrganisation", async (visit) => {
    const look = await numbers.look(visit);
    const budget = await readSetting(store, "budgets");
    return {
      title: "Cost",
      body: html`${lookHeader("/cost", look, await readOrganisationName(store))}
      ${costParts(look.tally("kept.requests"), budget)}`,
    };
  });
}
