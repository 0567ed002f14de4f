/**
 * What the language server does with logs when it is started for the first time, and again: read in the worker, priced,
 * stored. Prints what it stored, and the memory it took. Arguments: the home directory, and Kept's own folder. Its worker lies
 * beside it, bundled as it is.
 */
import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { RequestIntake } from "../../server/agents/requestIntake.ts";
import type { RecordsOrder } from "../../server/agents/agentRecords.ts";
import type { RecordsRead } from "../../server/agents/reading/recordWatch.ts";
import { readingIn } from "../../server/agents/startWorker.ts";
import { hashesWithKeyIn } from "../../server/deviceKey.ts";
import { openStore } from "../../server/store/openStore.ts";

const [home = "", folder = ""] = process.argv.slice(2);
const worker = path.join(import.meta.dirname, "worker.mjs");
const store = openStore({
  folder,
  now: () => Date.now(),
  uuid: randomUUID,
  nativeBinding: undefined,
  log: (message) => console.error(message),
  environmentVersions: process.versions,
});
const hashes = hashesWithKeyIn(folder, randomUUID, randomBytes);
let dropped = 0;
const intake = new RequestIntake({
  host: {
    now: () => Date.now(),
    elapsedMs: () => performance.now(),
    utcOffsetMinutes: () => 0,
    uuid: randomUUID,
    startTimer: () => () => undefined,
    log: { info: () => undefined, warn: () => undefined },
  },
  store,
  ledger: { drop: (_, count) => (dropped += count) },
  teller: { recordable: (edits, take) => take(edits.map((edit) => ({ edit, may: "unknown" }))) },
  hashText: (text) => hashes.text(text),
});
const requestsSince = intake.start({ editDays: 90, otherHomes: [], prices: [] });
const order: RecordsOrder = {
  around: { platform: process.platform, userHome: home, environment: {} },
  since: Date.now(),
  requestsSince,
};
const alive = setInterval(() => undefined, 1000);
await new Promise<void>((resolve, reject) => {
  const stop = readingIn<RecordsOrder, RecordsRead>(worker)(
    order,
    (read) => {
      intake.take(read);
      if (read.goesOn) return;
      stop();
      resolve();
    },
    (reason) => reject(new Error(reason)),
  );
});
clearInterval(alive);
const totals = { requests: 0, input: 0, output: 0, cacheRead: 0, cacheWrite: 0, edits: 0 };
for (const task of store.requests.tasksSince(0)) {
  for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += task[name];
}
store.close();
console.log(JSON.stringify({ totals, dropped, peakBytes: process.resourceUsage().maxRSS * 1024 }));
