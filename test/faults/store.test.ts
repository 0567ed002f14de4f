import assert from "node:assert/strict";
import { migrations } from "../../server/store/sqlite/migrations.ts";
import { problemsOfDatabase } from "../support/store/checkDatabase.ts";
import { checkKills } from "../support/store/checkKills.ts";
import { damageAtRandom } from "../support/store/damage.ts";
import { damageLogAtRandom } from "../support/store/damageLog.ts";
import { checkMigrationKills } from "../support/store/migrationKills.ts";
import { writeAtPace } from "../support/store/pace.ts";
import { lockWhileServing } from "../support/wire/lockWhileServing.ts";
import { canRecord, losePower } from "../support/store/powerLoss.ts";
import { createRandom } from "../support/store/random.ts";
import { temporaryFolder } from "../support/store/temporaryStore.ts";

/** How much of each is tried. The defaults are what the store promises; less is for trying the tests themselves. */
const much = (name: string, full: number) => Number(process.env[name] ?? full);
const kills = much("KEPT_KILLS", 1000);
const logs = much("KEPT_LOGS", 1000);
const images = much("KEPT_IMAGES", 500);
const files = much("KEPT_FILES", 200);
const minutes = much("KEPT_MINUTES", 10);
const lockedSeconds = much("KEPT_LOCKED_SECONDS", 60);
const seed = much("KEPT_SEED", Date.now() % 1_000_000);

suite(`The store, at length (seed ${seed})`, function () {
  this.timeout(3_600_000);
  let folder: string;
  let remove: () => void;
  const results: { test: string; tried: string; found: string }[] = [];
  const found = (test: string, tried: string, what: object) =>
    results.push({ test, tried, found: JSON.stringify(what) });

  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());
  suiteTeardown(() => {
    for (const { test, tried, found } of results)
      console.log(`      ${test.padEnd(4)} ${tried.padEnd(34)} ${found}`);
  });

  test(`L1: loses nothing acknowledged and counts nothing twice in ${kills} kills`, async () => {
    const startedAt = performance.now();
    await checkKills(folder, kills);
    found("L1", `${kills} kills, 4 windows`, {
      lost: 0,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    });
  });

  test(`L2: has a clean beginning of its log after each of ${logs} damages`, () => {
    const wrong = damageLogAtRandom(createRandom(seed), logs);
    found("L2", `${logs} damaged logs`, { wrong: wrong.length });
    assert.deepEqual(wrong, []);
  });

  test(`L3: is whole after each of ${images} failures of power, and loses no more than a checkpoint's`, () => {
    assert.ok(canRecord(), "strace records what is written and synced; install it");
    const { wrong, ...figures } = losePower(createRandom(seed), { images, batches: 300 });
    found("L3", `${images} images of a disk`, { ...figures, wrong: wrong.length });
    assert.deepEqual(wrong, []);
  });

  test(`L4: opens each of ${files} damaged databases and saves nearly everything`, () => {
    const { broken, ...figures } = damageAtRandom(createRandom(seed), { files, edits: 5000 });
    found("L4", `${files} damaged files`, { ...figures, broken: broken.length });
    assert.deepEqual(broken, []);
    assert.ok(figures.detected >= 0.95 * (files - figures.harmless), "damage is found");
    assert.ok(figures.saved >= 0.98, "rows are saved");
  });

  test(`L5: answers while another program holds the file for ${lockedSeconds} seconds, and loses nothing`, async () => {
    const result = await lockWhileServing(folder, { seconds: lockedSeconds });
    found("L5", `locked for ${lockedSeconds} s`, result);
    assert.equal(result.acknowledgedMeanwhile, 0);
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("L6: opens after being killed at any statement that makes or changes the tables", async () => {
    const statements = migrations.flatMap((migration) => [...migration.statements, "user_version"]).length;
    await checkMigrationKills(folder, statements);
    found("L6", `killed at ${statements} statements`, { opened: statements });
  });

  test(`L7: lets eight windows write for ${minutes} minutes side by side`, async () => {
    const result = await writeAtPace(folder, { windows: 8, perSecond: 20, seconds: minutes * 60 });
    found("L7", `8 windows, 20 a second, ${minutes} min`, result);
    assert.equal(result.surfaced, 0, "nobody is told of a busy database");
    assert.ok(result.mostLogBytes <= 16 * 1024 * 1024, "the log stays small");
    assert.deepEqual(problemsOfDatabase(folder), []);
  });
});
