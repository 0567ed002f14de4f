import assert from "node:assert/strict";
import { checkKills } from "../support/store/checkKills.ts";
import { problemsOfDatabase } from "../support/store/checkDatabase.ts";
import { damageAtRandom } from "../support/store/damage.ts";
import { damageLogAtRandom } from "../support/store/damageLog.ts";
import { writeAtPace } from "../support/store/pace.ts";
import { createRandom } from "../support/store/random.ts";
import { temporaryFolder } from "../support/store/temporaryStore.ts";

/** How much of each is tried. The defaults are what the store promises; less is for trying the tests themselves. */
const kills = Number(process.env["KEPT_KILLS"] ?? 1000);
const logs = Number(process.env["KEPT_LOGS"] ?? 1000);
const files = Number(process.env["KEPT_FILES"] ?? 200);
const minutes = Number(process.env["KEPT_MINUTES"] ?? 10);
const seed = Number(process.env["KEPT_SEED"] ?? Date.now() % 1_000_000);

suite(`The store, at length (seed ${seed})`, function () {
  this.timeout(3_600_000);
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  test(`loses nothing acknowledged and counts nothing twice in ${kills} kills`, () =>
    checkKills(folder, kills));

  test(`has a clean beginning of its log after each of ${logs} damages`, () => {
    assert.deepEqual(damageLogAtRandom(createRandom(seed), logs), []);
  });

  test(`opens each of ${files} damaged databases and saves nearly everything`, () => {
    const results = damageAtRandom(createRandom(seed), { files, edits: 5000 });
    console.log(`      ${JSON.stringify(results)}`);
    assert.deepEqual(results.broken, []);
    assert.ok(results.detected >= 0.95 * (files - results.harmless), "damage is found");
    assert.ok(results.saved >= 0.98, "rows are saved");
    assert.ok(results.slowestMs <= 2000, "recording goes on soon");
  });

  test(`lets eight windows write for ${minutes} minutes side by side`, async () => {
    const result = await writeAtPace(folder, { windows: 8, perSecond: 20, seconds: minutes * 60 });
    console.log(`      ${JSON.stringify(result)}`);
    assert.ok(result.retries <= result.writes / 1000, "hardly anything is given back");
    assert.ok(result.p99Ms <= 20, "writes are quick");
    assert.ok(result.mostLogBytes <= 16 * 1024 * 1024, "the log stays small");
    assert.deepEqual(problemsOfDatabase(folder), []);
  });
});
