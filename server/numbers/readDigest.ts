import { digestOf } from "../../core/report/digest.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { Host } from "../host.ts";
import { readSummary } from "./readSummary.ts";
import type { Store } from "../store/store.ts";

/** The week, for the panel, the editor and the command line alike. */
export async function readDigest(store: Store, host: Host): Promise<Digest> {
  const of = (days: number) => readSummary(store, host, { days, scope: "all" }, undefined);
  const [week, fortnight] = await Promise.all([of(7), of(14)]);
  return digestOf({ week, fortnight, tips: store.coaching.readTips() });
}
