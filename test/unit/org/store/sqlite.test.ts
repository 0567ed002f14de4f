import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrateSqlite, migrations } from "../../../../org/store/sqlite/migrate.ts";
import { checkSqlite, openSqlite, openSqliteReadOnly } from "../../../../org/store/sqlite/open.ts";
import { createSqliteStore } from "../../../../org/store/sqlite/sqliteStore.ts";
import { StoreOpenError, StoreUnavailableError, type Store } from "../../../../org/store/store.ts";
import { batchOf, eventOf, idOf, pseudonymOf } from "../../../org/support/batches.ts";
import { makeFolder } from "../../../org/support/folder.ts";
import { activeUseSuite } from "./activeUse.suite.ts";
import { consoleSuite } from "./console.suite.ts";
import { devicesSuite } from "./devices.suite.ts";
import { storeSuite } from "./store.suite.ts";
import { talliesSuite } from "./tallies.suite.ts";
import { teamWeeksSuite } from "./teamWeeks.suite.ts";

function openStoreIn(folder: string): Store {
  const database = openSqlite(placeIn(folder));
  migrateSqlite(database);
  return createSqliteStore(database, () => openSqliteReadOnly(placeIn(folder)));
}

function placeIn(folder: string): { file: string; nativeBinding: undefined } {
  return { file: path.join(folder, "org.sqlite"), nativeBinding: undefined };
}

const openForTest = () => {
  const { folder, remove } = makeFolder();
  let store = openStoreIn(folder);
  return Promise.resolve({
    store,
    async reopen() {
      await store.close();
      store = openStoreIn(folder);
      return store;
    },
    async remove() {
      await store.close();
      remove();
    },
  });
};

storeSuite("SQLite", openForTest);
talliesSuite("SQLite", openForTest);
activeUseSuite("SQLite", openForTest);
teamWeeksSuite("SQLite", openForTest);
consoleSuite("SQLite", openForTest);
devicesSuite("SQLite", openForTest);

suite("The SQLite database of the service", () => {
  let folder: string;
  let remove: () => void;

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  test("H6: is durable at each commit, also when opened again with its tables there", () => {
    const openAndRead = () => {
      const database = openSqlite(placeIn(folder));
      migrateSqlite(database);
      const values = ["journal_mode", "synchronous", "secure_delete", "trusted_schema"].map((name) =>
        database.pragma(name, { simple: true }),
      );
      database.close();
      return values;
    };
    assert.deepEqual([openAndRead(), openAndRead()], Array(2).fill(["wal", 2, 1, 0]));
  });

  test("can be read by its owner alone, its log too", () => {
    const store = openStoreIn(path.join(folder, "data"));
    const modes = ["", "/org.sqlite", "/org.sqlite-wal", "/org.sqlite-shm"].map(
      (name) => statSync(`${folder}/data${name}`).mode & 0o777,
    );
    assert.deepEqual(modes, [0o700, 0o600, 0o600, 0o600]);
    return store.close();
  });

  test("is made by numbered steps without gaps", () => {
    assert.deepEqual(
      migrations.map(({ version }) => version),
      migrations.map((_, index) => index + 1),
    );
    const database = openSqlite(placeIn(folder));
    assert.deepEqual(migrateSqlite(database), { from: 0, to: migrations.length });
    assert.deepEqual(migrateSqlite(database), { from: migrations.length, to: migrations.length });
    database.close();
  });

  test("takes over what a service of the first version stored", async () => {
    const first = openSqlite(placeIn(folder));
    migrateSqlite(first, migrations.slice(0, 1));
    const [one, two] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
    const batch = first.prepare("INSERT INTO batch VALUES ('2026-W46', ?, ?, ?, 2, 0, 0, '[]')");
    const event = first.prepare("INSERT INTO event VALUES ('2026-W46', ?, ?, ?, ?, ?, ?, 5, 100, 90)");
    for (const pseudonym of [one, two]) {
      batch.run(pseudonym, Buffer.alloc(16, 9), Buffer.alloc(32));
      event.run(pseudonym, Buffer.alloc(16, 1), "2026-11-09", "ai", "codex", "agent");
      event.run(pseudonym, Buffer.alloc(16, 2), "2026-11-15", "ai", "codex", "chat");
      event.run(pseudonym, Buffer.alloc(16, 3), "2026-11-15", "human", "", "");
    }
    first.exec("INSERT INTO week_total VALUES ('2026-W46', 2, 4), ('2026-W30', 7, 8)");
    first.close();
    const store = openStoreIn(folder);
    const own = { team: "", insertedChars: 200, keptChars: 180, edits: 10 };
    const [ai, human] = await store.contributions("2026-W46");
    assert.deepEqual(ai, {
      ...{ ...own, pseudonym: "01".repeat(16), originKind: "ai", tool: "codex", days: 0b1000001 },
    });
    assert.deepEqual([human?.days, human?.edits], [0b1000000, 5]);
    assert.deepEqual(await store.weekTotals(), [
      { week: "2026-W46", batches: 2, events: 4 },
      { week: "2026-W30", batches: 7, events: 8 },
    ]);
    await store.close();
  });

  test("P7: leaves no byte of what was deleted, in its log either", async () => {
    const store = openStoreIn(folder);
    const events = Array.from({ length: 50 }, (_, index) => eventOf(`event ${index}`));
    await store.ingest(batchOf("first", events));
    const bytesOf = (name: string) => Buffer.from(idOf(name).replaceAll("-", ""), "hex");
    const isThere = (name: string) =>
      ["org.sqlite", "org.sqlite-wal"].some((file) =>
        readFileSync(path.join(folder, file)).includes(bytesOf(name)),
      );
    assert.deepEqual([isThere("event 7"), isThere("first")], [true, true]);
    await store.deleteWeek("2026-W46", pseudonymOf("a"));
    assert.deepEqual([isThere("event 7"), isThere("first")], [false, false]);
    await store.close();
  });

  test("stays as it was when a step fails", () => {
    const database = openSqlite(placeIn(folder));
    migrateSqlite(database);
    const broken = {
      version: migrations.length + 1,
      name: "broken",
      sql: "CREATE TABLE other (a INTEGER) STRICT; CREATE TABLE half (a) STRICT;",
    };
    assert.throws(() => migrateSqlite(database, [...migrations, broken]));
    assert.equal(database.pragma("user_version", { simple: true }), migrations.length);
    assert.equal(
      database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'other'").pluck().get(),
      0,
    );
    database.close();
  });

  test("is refused and left alone when a newer service made it", () => {
    const database = openSqlite(placeIn(folder));
    database.pragma("user_version = 99");
    database.close();
    const before = readFileSync(placeIn(folder).file);
    assert.throws(
      () => openStoreIn(folder),
      (error) => error instanceof StoreOpenError && /newer kept-org \(version 99/.test(error.message),
    );
    assert.deepEqual(readFileSync(placeIn(folder).file), before);
  });

  test("is not opened by a runtime that would crash on it", () => {
    assert.throws(() => openSqlite(placeIn(folder), "9"), /Node-API 10, and this runtime has 9/);
    assert.throws(() => statSync(placeIn(folder).file), /ENOENT/);
  });

  test("is not opened by an SQLite that can lose commits", () => {
    for (const version of ["3.51.2", "3.50.9", "2.99.99", ""]) {
      assert.throws(() => checkSqlite(version), StoreOpenError, version);
    }
    for (const version of ["3.51.3", "3.51.10", "3.52.0", "4.0.0"]) {
      checkSqlite(version);
    }
  });

  test("holds no byte of what was deleted", async () => {
    const store = openStoreIn(folder);
    const pseudonym = pseudonymOf("somebody");
    await store.ingest(batchOf("first", [eventOf("one")], { week: "2026-W01", pseudonym }));
    const files = () =>
      Buffer.concat(["", "-wal"].map((suffix) => readFileSync(placeIn(folder).file + suffix)));
    assert.ok(files().includes(Buffer.from(pseudonym, "hex")));
    await store.forget({ eventsBefore: "2026-W02", sumsBefore: "2026-W01" });
    assert.ok(!files().includes(Buffer.from(pseudonym, "hex")));
    await store.close();
  });

  test("H6: tells a failing disk from a failing program", async () => {
    const database = openSqlite(placeIn(folder));
    migrateSqlite(database);
    // Smaller than one batch needs, as a full disk is.
    database.pragma(`max_page_count = ${String(database.pragma("page_count", { simple: true }))}`);
    const store = createSqliteStore(database, () => openSqliteReadOnly(placeIn(folder)));
    const events = Array.from({ length: 500 }, (_, index) => eventOf(`event ${index}`));
    await assert.rejects(
      store.ingest(batchOf("first", events)),
      (error) => error instanceof StoreUnavailableError && error.code === "SQLITE_FULL",
    );
    database.pragma("max_page_count = 100000");
    assert.deepEqual(await store.weekTotals(), []);
    assert.equal((await store.ingest(batchOf("first", events))).kind, "stored");
    await store.close();
  });

  test("is not opened when the file is something else", () => {
    writeFileSync(placeIn(folder).file, "This is a letter, not a database. ".repeat(100));
    assert.throws(() => openStoreIn(folder), StoreOpenError);
  });
});
