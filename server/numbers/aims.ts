import * as z from "zod";
import { settings, type ServerSettings } from "../../protocol/settings.ts";
import { baselineBeforeSchema, usableTargets } from "../../protocol/targets.ts";
import type { Store } from "../store/store.ts";

const noteName = "aims";
const aimsSchema = z.object({
  /** A version that knows other metrics may have written it: what this one knows holds. */
  targets: z.record(z.string(), z.unknown()).transform((given) => usableTargets(given).targets),
  baselineBefore: baselineBeforeSchema,
  /** A note of an earlier version has none. */
  budgetUsd: settings["kept.budget.monthUsd"].schema.default(0),
});
export type Aims = z.infer<typeof aimsSchema>;

const none: Aims = { targets: {}, baselineBefore: "", budgetUsd: 0 };

/** Keeps what is aimed at where the command line finds it too. */
export function keepAims(
  store: Pick<Store, "readNote" | "writeNote">,
  { targets, baselineBefore, budgetUsd }: Pick<ServerSettings, keyof Aims>,
): void {
  const note = JSON.stringify({ targets, baselineBefore, budgetUsd });
  if ((store.readNote(noteName) ?? JSON.stringify(none)) !== note) store.writeNote(noteName, note);
}

export function readAims(store: Pick<Store, "readNote">): Aims {
  const note = store.readNote(noteName);
  return note === undefined ? none : (aimsSchema.safeParse(JSON.parse(note)).data ?? none);
}
