import { isEverything } from "../core/forgetting.ts";
import type { Problem } from "../protocol/errors.ts";
import type { ForgetScope, ForgetResult } from "../protocol/forget.ts";
import type { Host } from "./host.ts";
import { HookSpool } from "./hooks/spool.ts";
import { forgetPasses } from "./fate/passMemory.ts";
import { ownPlaceOf, removeOwnFile, rewriteOwnFile, type OwnPlace } from "./ownFolder/ownFile.ts";
import type { Forgetting, Store } from "./store/store.ts";

type ForgettingData =
  | { readonly outcome: "forgotten"; readonly result: ForgetResult }
  | Exclude<Forgetting, { readonly outcome: "forgotten" }>;

/**
 * Deletes what is in a scope from the database, and from this store's file in the person's own folder; what was computed
 * of histories, which is made anew of what is left; and what hooks left and nobody has read.
 */
export async function forgetData(
  store: Store,
  { host, folder }: { readonly host: Host; readonly folder: string },
  { scope, dryRun }: { readonly scope: ForgetScope; readonly dryRun: boolean },
  onForgotten: () => void = () => {},
): Promise<ForgettingData> {
  // Of everything, the notes that say where the file lies go too.
  const place = ownPlaceOf(store);
  const forgetting = store.forget(scope, { dryRun });
  if (forgetting.outcome !== "forgotten") return forgetting;
  if (!dryRun) {
    forgetPasses(folder);
    // What waits was not recorded yet: of which day or repository it is, nobody knows before it is read.
    const isWhole = scope.repository === null && scope.from === null && scope.to === null;
    if (isWhole) new HookSpool(folder).clear(scope.tool ?? undefined);
    onForgotten();
  }
  const ownFile =
    !place || dryRun ? "untouched" : await cleanOwnFile(store, host, place, isEverything(scope));
  return { outcome: "forgotten", result: { ...forgetting.forgotten, ownFile } };
}

async function cleanOwnFile(
  store: Store,
  host: Host,
  place: OwnPlace,
  isAll: boolean,
): Promise<ForgetResult["ownFile"]> {
  try {
    if (isAll) await removeOwnFile(place);
    else await rewriteOwnFile(store, place, host.now());
    return "cleaned";
  } catch {
    return "failed";
  }
}

/** Why nothing was deleted. */
export function problemOf(forgetting: Exclude<ForgettingData, { readonly outcome: "forgotten" }>): Problem {
  if (forgetting.outcome === "retry") return forgetting.problem;
  return { code: "store.forgetNewer", details: {} };
}
