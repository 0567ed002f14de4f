import { setTimeout as pause } from "node:timers/promises";
import { batchOfSequence } from "./sequence.ts";
import { openTestStore } from "./temporaryStore.ts";
import type { WindowResult } from "./pace.ts";

/** One window of `writeAtPace`. Prints what it saw as JSON. */
const [folder, window, perSecond, seconds] = process.argv.slice(2) as [string, string, string, string];
const store = openTestStore({ folder });
const everyMs = 1000 / Number(perSecond);
const writes = Number(perSecond) * Number(seconds);
const tookMs: number[] = [];
let retries = 0;
let surfaced = 0;
let longestMs = 0;
let failingSince: number | undefined;
let maintainedAt = 0;
const startedAt = performance.now();
for (let sequence = 1; sequence <= writes;) {
  const before = performance.now();
  const { outcome } = store.write(batchOfSequence(window, sequence));
  tookMs.push(performance.now() - before);
  if (outcome === "written") sequence++;
  else retries++;
  // As the server does: what is given back is written with the next batch, and what lasts is told to the person.
  if (outcome === "written") failingSince = undefined;
  else {
    failingSince ??= before;
    longestMs = Math.max(longestMs, performance.now() - failingSince);
    if (before - failingSince >= 5000) surfaced++;
    await pause(250);
  }
  if (before - maintainedAt > 10_000 || maintainedAt === 0) {
    store.maintain();
    maintainedAt = before;
  }
  await pause(Math.max(0, startedAt + sequence * everyMs - performance.now()));
}
store.close();
tookMs.sort((one, other) => one - other);
const p99Ms = tookMs[Math.floor(tookMs.length * 0.99)]!;
const result: WindowResult = { retries, surfaced, longestMs, writes, p99Ms };
console.log(JSON.stringify(result));
