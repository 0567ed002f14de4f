import assert from "node:assert/strict";
import pg from "pg";
import { distribution } from "../../org/store/postgres/distribute.ts";
import { migratePostgres } from "../../org/store/postgres/migrate.ts";
import { openPostgres } from "../../org/store/postgres/open.ts";
import { createPostgresStore } from "../../org/store/postgres/postgresStore.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { fill } from "../unit/org/store/store.suite.ts";

const spread = Object.keys(distribution);

interface Said {
  /** Of one connection, or of the pool, in the order of time. */
  readonly by: object;
  readonly sql: string;
}

/** Tables that a statement names, of those that are spread. */
const tablesIn = (sql: string) => spread.filter((table) => new RegExp(`\\b${table}\\b`).test(sql));

/** What Citus would refuse of a statement, or answer otherwise than one PostgreSQL does. */
function complaintsAbout(sql: string): string[] {
  const complaints: string[] = [];
  const inserted = /^INSERT INTO (\w+)/.exec(sql)?.[1];
  const changed = /^(?:UPDATE|DELETE FROM) (\w+)/.exec(sql)?.[1];
  for (const table of tablesIn(sql)) {
    const column = distribution[table] ?? "";
    if (new RegExp(`\\bSET\\b[^;]*\\b${column}\\s*=`).test(sql.replace(/WHERE.*/s, ""))) {
      complaints.push(`${table}: its ${column} is changed`);
    }
    const target = /ON CONFLICT \(([^)]*)\)/.exec(sql)?.[1];
    if (inserted === table && target !== undefined && !target.split(", ").includes(column)) {
      complaints.push(`${table}: what is unique does not hold ${column}`);
    }
    if (inserted === table && /\bSELECT\b/.test(sql) && !/SELECT \$1, \$2, \*/.test(sql)) {
      complaints.push(`${table}: rows of several places are inserted at once`);
    }
    // Of such an insert the count is of rows selected, not stored.
    if (inserted === table && /SELECT.*DO NOTHING/s.test(sql) && !/RETURNING/.test(sql)) {
      complaints.push(`${table}: nobody can tell what was stored`);
    }
    if (changed === table && !new RegExp(`${column} = \\$\\d`).test(sql) && !/COLLATE "C" < \$1/.test(sql)) {
      complaints.push(`${table}: what is changed lies in several places`);
    }
  }
  if (/\bFOR (?:UPDATE|SHARE)\b/.test(sql) && tablesIn(sql).length > 0)
    complaints.push("rows are locked by reading");
  return complaints;
}

suite("What a cluster would be asked", function () {
  this.timeout(60_000);
  let postgres: RunningPostgres;
  let opened: Awaited<ReturnType<typeof openPostgres>>;
  const said: Said[] = [];
  const asked = Object.getOwnPropertyDescriptor(pg.Client.prototype, "query");

  suiteSetup(async () => {
    assert.ok(asked !== undefined);
    postgres = await startPostgres();
    opened = await openPostgres(await postgres.makeDatabase());
    await migratePostgres(opened.pool);
    const real = asked.value as (this: object, config: unknown, ...rest: unknown[]) => unknown;
    pg.Client.prototype.query = function (this: object, config: unknown, ...rest: unknown[]) {
      const sql = typeof config === "string" ? config : (config as { text?: string }).text;
      if (sql !== undefined) said.push({ by: this, sql });
      return real.call(this, config, ...rest);
    } as typeof pg.Client.prototype.query;
    const store = createPostgresStore({ ...opened, isSpread: true });
    await fill(store);
    const [{ week } = { week: "2026-W46" }] = await store.weekTotals();
    const [{ pseudonym } = { pseudonym: "" }] = await store.contributions(week);
    await store.deleteWeek(week, pseudonym);
    await store.tallyShares(week);
    await store.forget({ eventsBefore: "2026-W01", sumsBefore: "2025-W01" });
  });

  suiteTeardown(async () => {
    if (asked !== undefined) Object.defineProperty(pg.Client.prototype, "query", asked);
    await opened.pool.end();
    await postgres.stop();
  });

  test("reaches every table that is spread", () => {
    const reached = new Set(said.flatMap(({ sql }) => tablesIn(sql)));
    assert.deepEqual([...reached].sort(), [...spread].sort());
  });

  test("is nothing that it refuses or answers otherwise", () => {
    const complaints = new Set(
      said.flatMap(({ sql }) => complaintsAbout(sql).map((each) => `${each}: ${sql}`)),
    );
    assert.deepEqual([...complaints], []);
  });

  test("lies in one place for all that one batch writes in a transaction", () => {
    const open = new Map<object, Set<string>>();
    const columns: string[][] = [];
    for (const { by, sql } of said) {
      if (sql.startsWith("BEGIN")) open.set(by, new Set());
      const isWriting = /^(?:INSERT INTO|UPDATE|DELETE FROM)/.test(sql);
      const isForgetting = /COLLATE "C" < \$1/.test(sql);
      if (isWriting && !isForgetting)
        for (const table of tablesIn(sql)) open.get(by)?.add(distribution[table] ?? "");
      if (sql === "COMMIT") columns.push([...(open.get(by) ?? [])]);
    }
    assert.ok(columns.some((each) => each.length === 1));
    assert.deepEqual(
      columns.filter((each) => each.length > 1),
      [],
    );
  });

  test("has every table's identity hold the column it is spread by, and no table lean on another", async () => {
    const { rows } = await opened.pool.query<{ name: string; columns: string }>(
      "SELECT indrelid::regclass::text AS name, (SELECT string_agg(attname, ',') FROM pg_attribute " +
        "WHERE attrelid = indrelid AND attnum = ANY (indkey)) AS columns FROM pg_index WHERE indisunique",
    );
    for (const [table, column] of Object.entries(distribution)) {
      const unique = rows.filter(({ name }) => name === table);
      assert.ok(unique.length > 0, table);
      for (const { columns } of unique)
        assert.ok(columns.split(",").includes(column), `${table}: ${columns}`);
    }
    const { rows: leaning } = await opened.pool.query<{ name: string }>(
      "SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' UNION ALL " +
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    );
    assert.deepEqual(
      leaning.filter(({ name }) => spread.includes(name)),
      [],
    );
  });

  test("would be complained about", () => {
    for (const sql of [
      "UPDATE batch SET pseudonym = $1 WHERE week = $2 AND pseudonym = $3",
      "INSERT INTO event SELECT * FROM unnest($1::text[], $2::uuid[])",
      "INSERT INTO event SELECT $1, $2, * FROM unnest($3::uuid[]) ON CONFLICT DO NOTHING",
      "INSERT INTO contribution VALUES ($1) ON CONFLICT (week, tool) DO UPDATE SET edits = 1",
      "DELETE FROM batch WHERE batch_id = $1",
      "SELECT deleted FROM person_week WHERE pseudonym = $1 FOR UPDATE",
    ]) {
      assert.equal(complaintsAbout(sql).length, 1, sql);
    }
  });
});
