import type { SyncBatch } from "../../protocol/sync.ts";
import type { Store } from "../store/store.ts";
import { listBatches } from "../sync/listBatches.ts";
import { done, failed, type CommandResult } from "./usage.ts";

/** `kept sync --refused`: what a collector refused for good, to be kept elsewhere; with `--delete` it is gone from here. */
export function refusedCommand(
  store: Pick<Store, "sync">,
  asked: { readonly delete?: boolean | undefined; readonly json?: boolean | undefined },
): CommandResult {
  const refused = listBatches(store.sync).filter(({ state }) => state === "refused");
  if (asked.delete) {
    const written = store.sync.forgetRefused();
    if (written.outcome === "retry") return failed(1, written.problem.code, written.problem.details);
  }
  const isDeleted = asked.delete === true;
  if (!asked.json) return done(words(refused, isDeleted));
  const batches = refused.map(({ id, week, records, endedAt, reason, text }) => ({
    ...{ id, week, records, refusedAt: endedAt, reason },
    batch: JSON.parse(text) as unknown,
  }));
  return done(`${JSON.stringify({ isDeleted, batches })}\n`);
}

function words(refused: readonly SyncBatch[], isDeleted: boolean): string {
  if (refused.length === 0) return "Nothing was refused.\n";
  const told = refused.map(
    ({ week, records, endedAt, reason, text }) =>
      `${week}, ${records} ${records === 1 ? "record" : "records"}, refused ` +
      `${new Date(endedAt ?? 0).toISOString().slice(0, 10)}: ${reason}\n${text}\n`,
  );
  return `${told.join("\n")}\n${isDeleted ? "They are deleted here." : "They are kept for 30 days; --delete ends that now."}\n`;
}
