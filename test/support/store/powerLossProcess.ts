import { writeSync } from "node:fs";
import { batchOfSequence } from "./sequence.ts";
import { openTestStore } from "./temporaryStore.ts";

/** Writes batches and looks after the database, then deletes everything of a period. Says what was acknowledged. */
const [folder, batches] = process.argv.slice(2) as [string, string];
let now = Date.UTC(2026, 0, 31, 12);
const store = openTestStore({ folder, now: () => now });
for (let sequence = 1; sequence <= Number(batches); sequence++) {
  const { outcome } = store.write(batchOfSequence("a", sequence));
  if (outcome !== "written") throw new Error(outcome);
  writeSync(1, `ack ${sequence}\n`);
  now += 3000;
  if (sequence % 25 === 0) store.maintain();
  if (sequence % 50 === 0) store.maintain();
}
const scope = { repository: null, tool: null, from: "2026-01-01", to: null };
const { outcome } = store.forget(scope, { dryRun: false });
if (outcome !== "forgotten") throw new Error(outcome);
writeSync(1, "forgot\n");
store.close();
