import { whyInvalid } from "../protocol/errors.ts";
import { initializationSchema, type Initialization } from "../protocol/server.ts";
import { settings } from "../protocol/settings.ts";
import type { Host } from "./host.ts";

/** A client that is not Kept's own extension gives nothing: it gets a window of its own and the defaults. */
export function parseInitialization(given: unknown, host: Host): Initialization {
  const parsed = initializationSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  if (given !== undefined && given !== null) {
    host.log.warn(`The client's options are not used: ${whyInvalid(parsed.error)}`);
  }
  return {
    window: host.uuid(),
    settings: {
      editDays: settings["kept.retention.editDays"].fallback,
      sumMonths: settings["kept.retention.sumMonths"].fallback,
      hover: settings["kept.hover.enabled"].fallback,
      codeLens: settings["kept.codeLens.enabled"].fallback,
      prices: settings["kept.prices"].fallback,
      budgetUsd: settings["kept.budget.monthUsd"].fallback,
      targets: settings["kept.targets"].fallback,
      baselineBefore: settings["kept.baseline.before"].fallback,
      ownFolder: settings["kept.ownFolder"].fallback,
      agents: settings["kept.agents.enabled"].fallback,
      agentHomes: settings["kept.agents.homes"].fallback,
      gitNotes: settings["kept.git.notes"].fallback,
      coaching: settings["kept.coaching"].fallback,
      seen: settings["kept.seen.enabled"].fallback,
      trusted: true,
    },
  };
}
