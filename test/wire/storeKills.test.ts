import assert from "node:assert/strict";
import { closeSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { classifyFailure } from "../../server/store/sqlite/failures.ts";
import { migrations } from "../../server/store/sqlite/migrations.ts";
import { connectToDatabase, problemsOfDatabase } from "../support/store/checkDatabase.ts";
import { checkKills } from "../support/store/checkKills.ts";
import { checkMigrationKills } from "../support/store/migrationKills.ts";
import { canRecord, losePower } from "../support/store/powerLoss.ts";
import { createRandom } from "../support/store/random.ts";
import { differencesOf } from "../support/store/sequence.ts";
import { openTestStore, temporaryFolder } from "../support/store/temporaryStore.ts";
import { writeAtPace } from "../support/store/pace.ts";
import { listen, startWriter } from "../support/store/writers.ts";

suite("The store of several processes", function () {
  this.timeout(3_600_000);
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  const kills = Number(process.env["KEPT_KILLS"] ?? 40);
  test(`loses nothing acknowledged and counts nothing twice when ${kills} of them are killed`, () =>
    checkKills(folder, kills));

  test("loses nothing acknowledged when the database is replaced while they write", async () => {
    const first = openTestStore({ folder });
    first.writeNote("name", "text");
    first.close();
    const page = pageOfNotes(folder);
    const heard = listen();
    const writers = ["a", "b", "c", "d"].map((window) => startWriter(folder, window, heard));
    await Promise.all(writers.map(({ opened }) => opened));
    await pause(200);
    destroyPage(folder, page);
    const store = openTestStore({ folder });
    // It finds the damage; whoever comes first replaces the file, and meanwhile there is nothing to read.
    for (;;) {
      try {
        store.readNote("name");
        break;
      } catch (thrown) {
        assert.equal(classifyFailure(thrown), "passing");
        await pause(20);
      }
    }
    assert.equal(asideIn(folder), 1, "the file was replaced");
    store.close();
    const before = new Map(heard.acknowledged);
    await pause(600);
    await Promise.all(writers.map((writer) => writer.kill()));
    assert.deepEqual(heard.failures, []);
    const after = openTestStore({ folder });
    for (const [window, sequence] of heard.acknowledged) {
      assert.ok(sequence > (before.get(window) ?? 0), `${window} went on writing`);
    }
    assert.deepEqual(differencesOf(after, heard.acknowledged), []);
    after.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
    assert.equal(asideIn(folder), 1);
  });

  test("is made once when all of them open it at the same moment", async () => {
    const heard = listen();
    const windows = Array.from({ length: 6 }, (_, index) => `window-${index}`);
    const writers = windows.map((window) => startWriter(folder, window, heard));
    await Promise.all(writers.map(({ opened }) => opened));
    // Until each has got to write; the test's own limit ends it otherwise.
    while (heard.acknowledged.size < windows.length && heard.failures.length === 0) await pause(20);
    await Promise.all(writers.map((writer) => writer.kill()));
    assert.deepEqual(heard.failures, []);
    const store = openTestStore({ folder });
    assert.deepEqual(differencesOf(store, heard.acknowledged), []);
    store.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("tells nobody to try again when eight of them write twenty times a second", async () => {
    const result = await writeAtPace(folder, { windows: 8, perSecond: 20, seconds: 8 });
    const { surfaced, mostLogBytes } = result;
    // On a machine whose processors are all busy, who has the lock may not get to run for a while.
    assert.equal(surfaced, 0, JSON.stringify(result));
    assert.ok(mostLogBytes <= 16 * 1024 * 1024, `${mostLogBytes} bytes of log`);
  });

  const images = Number(process.env["KEPT_IMAGES"] ?? 12);
  test(`is whole after each of ${images} failures of power, and keeps what was synced`, function () {
    if (process.platform !== "linux") return;
    assert.ok(canRecord(), "strace records what is written and synced; install it");
    const { wrong, mostLost, syncs } = losePower(createRandom(Date.now()), { images, batches: 60 });
    console.log(`      ${syncs} syncs, at most ${mostLost} batches lost`);
    assert.deepEqual(wrong, []);
  });

  const statements = migrations.flatMap((migration) => [...migration.statements, "user_version"]).length;
  test(`opens after being killed at any of the ${statements} statements that make the tables`, async () => {
    await checkMigrationKills(folder, statements);
  });
});

function pageOfNotes(folder: string): number {
  const connection = connectToDatabase(folder);
  const page = connection
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'notes'")
    .pluck()
    .get()!;
  connection.close();
  return page;
}

function destroyPage(folder: string, page: number): void {
  const descriptor = openSync(join(folder, "kept.db"), "r+");
  writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
  closeSync(descriptor);
}

/** How many databases were put aside because they were damaged. */
function asideIn(folder: string): number {
  return readdirSync(folder).filter((name) => /corrupt-.*Z$/.test(name)).length;
}
