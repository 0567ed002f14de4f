import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { migratePostgres, postgresMigrations } from "../../org/store/postgres/migrate.ts";
import { distribute } from "../../org/store/postgres/distribute.ts";
import { openPostgres } from "../../org/store/postgres/open.ts";
import { createPostgresStore } from "../../org/store/postgres/postgresStore.ts";
import { StoreOpenError, StoreUnavailableError, type Store } from "../../org/store/store.ts";
import { batchOf, eventOf, pseudonymOf, tallyOf } from "../org/support/batches.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { runCommandLine } from "../../org/commandLine.ts";
import { readSettings } from "../../org/env.ts";
import { openSqliteStore } from "../../org/store/open.ts";
import { digestOf } from "../../org/transfer/backup.ts";
import { testHost } from "../org/support/app.ts";
import { makeFolder } from "../org/support/folder.ts";
import { activeUseSuite } from "../unit/org/store/activeUse.suite.ts";
import { consoleSuite } from "../unit/org/store/console.suite.ts";
import { devicesSuite } from "../unit/org/store/devices.suite.ts";
import { fill, storeSuite } from "../unit/org/store/store.suite.ts";
import { talliesSuite } from "../unit/org/store/tallies.suite.ts";
import { teamWeeksSuite } from "../unit/org/store/teamWeeks.suite.ts";

async function openStoreAt(url: string): Promise<Store> {
  const opened = await openPostgres(url);
  await migratePostgres(opened.pool);
  return createPostgresStore(opened);
}

suite("With a real PostgreSQL", function () {
  this.timeout(60_000);
  let postgres: RunningPostgres;

  suiteSetup(async () => {
    postgres = await startPostgres();
  });

  suiteTeardown(async () => {
    await postgres.stop();
  });

  const openForTest = async () => {
    const url = await postgres.makeDatabase();
    let store = await openStoreAt(url);
    return {
      store,
      async reopen() {
        await store.close();
        store = await openStoreAt(url);
        return store;
      },
      async remove() {
        await store.close();
        await postgres.dropDatabase(url);
      },
    };
  };
  storeSuite("PostgreSQL", openForTest);
  talliesSuite("PostgreSQL", openForTest);
  activeUseSuite("PostgreSQL", openForTest);
  teamWeeksSuite("PostgreSQL", openForTest);
  consoleSuite("PostgreSQL", openForTest);
  devicesSuite("PostgreSQL", openForTest);

  test("instances that start together migrate once", async () => {
    const url = await postgres.makeDatabase();
    const instances = await Promise.all(Array.from({ length: 5 }, () => openPostgres(url)));
    const migrated = await Promise.all(instances.map(({ pool }) => migratePostgres(pool)));
    assert.equal(migrated.filter(({ from }) => from === 0).length, 1);
    assert.ok(migrated.every(({ to }) => to === postgresMigrations.length));
    await Promise.all(instances.map(({ pool }) => pool.end()));
  });

  test("takes as long as they need for what grows with all that is stored", async () => {
    const url = await postgres.makeDatabase();
    const opened = await openPostgres(url);
    await migratePostgres(opened.pool);
    const store = createPostgresStore(opened);
    const day = "2020-01-01";
    const held = batchOf("old", [eventOf("old", { day })], { week: "2020-W01" });
    assert.equal((await store.ingest(held)).kind, "stored");
    await opened.pool.query(
      "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN OLD; END'; " +
        "CREATE TRIGGER slow BEFORE DELETE ON batch FOR EACH ROW EXECUTE FUNCTION slow()",
    );
    await store.close();
    // What every statement may take is put so low that half a second is too long.
    const hasty = new pg.Pool({ connectionString: url, statement_timeout: 200 });
    const slow = { version: 99, name: "slow", sql: "SELECT pg_sleep(0.5)" };
    await migratePostgres(hasty, [...postgresMigrations, slow]);
    const again = createPostgresStore({ ...opened, pool: hasty });
    await again.forget({ eventsBefore: "2021-W01", sumsBefore: "2019-W01" });
    assert.deepEqual(await again.contributedWeeks(), []);
    await again.close();
  });

  test("takes over what a service of the first version stored", async () => {
    const url = await postgres.makeDatabase();
    const { pool } = await openPostgres(url);
    await migratePostgres(pool, postgresMigrations.slice(0, 1));
    const pseudonym = "01".repeat(16);
    await pool.query(
      `INSERT INTO batch VALUES ('2026-W46', '${pseudonym}', '${pseudonym}', '\\x${"00".repeat(32)}', 2, 0, 1, ` +
        `'[{"pointer":"#/a","field":"edits","detail":"x"}]')`,
    );
    for (const [id, day, mode] of [
      ["01", "2026-11-09", "agent"],
      ["02", "2026-11-15", "chat"],
    ]) {
      await pool.query(
        `INSERT INTO event VALUES ('2026-W46', '${pseudonym}', '${id?.repeat(16)}', '${day}', 'ai', 'codex', ` +
          `'${mode}', 5, 100, 90)`,
      );
    }
    await pool.query("INSERT INTO week_total VALUES ('2026-W46', 1, 2), ('2026-W30', 7, 8)");
    await pool.end();
    const store = await openStoreAt(url);
    assert.deepEqual(await store.contributions("2026-W46"), [
      {
        ...{ pseudonym, team: "", originKind: "ai", tool: "codex", days: 0b1000001 },
        ...{ edits: 10, insertedChars: 200, keptChars: 180 },
      },
    ]);
    assert.deepEqual(await store.weekTotals(), [
      { week: "2026-W46", batches: 1, events: 2 },
      { week: "2026-W30", batches: 7, events: 8 },
    ]);
    await store.close();
  });

  test("says what is missing where the tables cannot be spread, and leaves them as they are", async () => {
    const url = await postgres.makeDatabase();
    const opened = await openPostgres(url);
    await migratePostgres(opened.pool);
    await assert.rejects(
      distribute(opened.pool),
      (error) => error instanceof StoreOpenError && /has no Citus/.test(error.message),
    );
    const store = createPostgresStore(opened);
    assert.equal((await store.ingest(batchOf("first", [eventOf("one")]))).kind, "stored");
    await store.close();
  });

  test("what SQLite holds is moved here to the byte, and SQLite's file put aside", async () => {
    const url = await postgres.makeDatabase();
    const { folder, remove } = makeFolder();
    const environment = { KEPT_ORG_DATA: folder, KEPT_ORG_DATABASE_URL: url, KEPT_ORG_PORT: "1" };
    const place = { homeFolder: folder, platform: process.platform };
    const read = readSettings(environment, place);
    assert.ok(read.ok);
    const { store } = openSqliteStore(read.settings);
    await fill(store);
    const before = await digestOf(store.rows);
    await store.close();
    const out: string[] = [];
    const move = () =>
      runCommandLine(["move"], {
        ...{ environment, place, version: "1.2.3", host: testHost, nativeBinding: undefined },
        consoleFiles: () => ({ stylesheet: "", icon: "", script: undefined }),
        print: (line) => out.push(line),
        complain: (line) => out.push(line),
        stop: AbortSignal.abort(),
      });
    assert.equal(await move(), 0, out.join("\n"));
    assert.equal(out[0], `${before.rows} rows, sha256 ${before.sha256}, the same in both.`);
    assert.deepEqual(
      ["org.sqlite", "org.sqlite.moved"].map((name) => existsSync(path.join(folder, name))),
      [false, true],
    );
    const moved = await openStoreAt(url);
    // All of it, and that it was moved.
    assert.equal((await digestOf(moved.rows)).rows, before.rows + 1);
    const [entry] = await moved.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 1 });
    assert.equal(entry?.act, "storeMoved");
    await moved.close();
    assert.equal(await move(), 1);
    remove();
  });

  test("two instances over one database count as one", async () => {
    const url = await postgres.makeDatabase();
    const stores = [await openStoreAt(url), await openStoreAt(url)] as const;
    const batch = batchOf("first", [eventOf("one"), eventOf("two")]);
    const outcomes = await Promise.all(stores.map((store) => store.ingest(batch)));
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ["replayed", "stored"]);
    assert.deepEqual(await stores[1].weekTotals(), [{ week: "2026-W46", batches: 1, events: 2 }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("batches with the same events in opposite orders do not wait for each other for ever", async () => {
    const url = await postgres.makeDatabase();
    const store = await openStoreAt(url);
    const events = Array.from({ length: 500 }, (_, index) => eventOf(`event ${index}`));
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.ingest(
            batchOf(`batch ${round}-${index}`, index % 2 === 0 ? events : events.toReversed(), {
              week: `2026-W1${round}`,
            }),
          ),
        ),
      );
    }
    assert.deepEqual(
      (await store.weekTotals()).map(({ events }) => events),
      Array(5).fill(500),
    );
    await store.close();
  });

  test("batches that are taken together are answered, and leave behind, what they do one by one", async () => {
    const url = await postgres.makeDatabase();
    const store = await openStoreAt(url);
    const { folder, remove } = makeFolder();
    const environment = { KEPT_ORG_DATA: folder, KEPT_ORG_PORT: "1" };
    const read = readSettings(environment, { homeFolder: folder, platform: process.platform });
    assert.ok(read.ok);
    const { store: alone } = openSqliteStore(read.settings);
    const of = (person: number) => ({ pseudonym: pseudonymOf(`person ${person}`) });
    const before = Array.from({ length: 30 }, (_, person) =>
      batchOf(`first ${person}`, [eventOf("one"), eventOf("two")], of(person)),
    );
    // What was there before, other bytes under its id, events that were there, twice the same event, a week that was
    // deleted, a week without a table, records of other tables, and several of one person.
    const together = before.flatMap((first, person) => [
      ...(person % 5 === 0 ? [first] : []),
      ...(person % 7 === 0 ? [{ ...first, sha256: Buffer.alloc(32, 1) }] : []),
      batchOf(`second ${person}`, [eventOf(person % 3 === 0 ? "one" : "three"), eventOf("four")], of(person)),
      ...(person % 4 === 0
        ? [batchOf(`third ${person}`, [eventOf("five"), eventOf("five")], of(person))]
        : []),
      ...(person % 6 === 0
        ? [batchOf(`other ${person}`, [eventOf("six")], { ...of(person), week: "2026-W12" })]
        : []),
      ...(person % 2 === 0
        ? [batchOf(`tally ${person}`, [], { ...of(person), tallies: [tallyOf("t"), tallyOf("u")] })]
        : []),
    ]);
    for (const each of [store, alone]) {
      for (const first of before) await each.ingest(first);
      for (const person of [3, 9]) await each.deleteWeek("2026-W46", of(person).pseudonym);
    }
    const outcomes = await Promise.all(together.map((batch) => store.ingest(batch)));
    const expected = [];
    for (const batch of together) expected.push(await alone.ingest(batch));
    assert.deepEqual(outcomes, expected);
    assert.ok(new Set(outcomes.map(({ kind }) => kind)).size === 4);
    assert.deepEqual(await digestOf(store.rows), await digestOf(alone.rows));
    await Promise.all([store.close(), alone.close()]);
    remove();
  });

  test("a database of a newer service is refused", async () => {
    const url = await postgres.makeDatabase();
    const { pool } = await openPostgres(url);
    await migratePostgres(pool);
    await pool.query("INSERT INTO kept_org_schema VALUES (99)");
    await assert.rejects(
      migratePostgres(pool),
      (error) => error instanceof StoreOpenError && /newer kept-org \(version 99/.test(error.message),
    );
    await pool.end();
  });

  test("H6: connections that are cut lose nothing that was confirmed, and new ones work", async () => {
    const url = await postgres.makeDatabase();
    const store = await openStoreAt(url);
    const saboteur = await openPostgres(url);
    const confirmed: string[] = [];
    let failed = 0;
    for (let index = 0; index < 60; index++) {
      const ingesting = store.ingest(batchOf(`batch ${index}`, [eventOf(`event ${index}`)])).then(
        () => confirmed.push(`batch ${index}`),
        (error: unknown) => {
          assert.ok(error instanceof StoreUnavailableError, String(error));
          failed += 1;
        },
      );
      if (index % 3 === 0) {
        await saboteur.pool.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
      }
      await ingesting;
    }
    assert.ok(failed > 0 && confirmed.length > 0, `${failed} failed, ${confirmed.length} confirmed`);
    for (const name of confirmed) {
      const number = name.slice("batch ".length);
      const outcome = await store.ingest(batchOf(name, [eventOf(`event ${number}`)]));
      assert.equal(outcome.kind, "replayed");
    }
    for (let index = 0; index < 60; index++) {
      await store.ingest(batchOf(`batch ${index}`, [eventOf(`event ${index}`)]));
    }
    assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 60, events: 60 }]);
    await store.close();
    await saboteur.pool.end();
  });

  test("a server that is gone makes the store unready, and says so", async () => {
    const url = await postgres.makeDatabase();
    const store = await openStoreAt(url);
    await postgres.dropDatabase(url);
    assert.match((await store.whyNotReady()) ?? "", /unavailable/);
    await store.close();
    await assert.rejects(
      openPostgres("postgres://kept@127.0.0.1:1/kept"),
      /could not be reached \(ECONNREFUSED\)/,
    );
  });
});
