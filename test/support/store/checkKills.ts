import assert from "node:assert/strict";
import { problemsOfDatabase } from "./checkDatabase.ts";
import { createRandom } from "./random.ts";
import { differencesOf } from "./sequence.ts";
import { openTestStore } from "./temporaryStore.ts";
import { killWriters } from "./writers.ts";

/** Lets four windows write and be killed, and compares what is there with what was acknowledged. */
export async function checkKills(folder: string, kills: number): Promise<void> {
  const seed = Number(process.env["KEPT_SEED"] ?? Date.now() % 1_000_000);
  const heard = await killWriters(folder, { kills, windows: 4, random: createRandom(seed) });
  const store = openTestStore({ folder });
  const batches = [...heard.acknowledged.values()].reduce((sum, count) => sum + count, 0);
  console.log(`      seed ${seed}: ${batches} batches acknowledged, ${heard.retries} given back`);
  assert.deepEqual(heard.failures, []);
  assert.deepEqual(store.problems, []);
  assert.ok(batches > kills, "they got to write");
  assert.deepEqual(differencesOf(store, heard.acknowledged), []);
  store.close();
  assert.deepEqual(problemsOfDatabase(folder), []);
}
