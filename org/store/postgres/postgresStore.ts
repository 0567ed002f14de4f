import { createConsoleRecords } from "../../console/records.ts";
import { createPublications } from "../publications.ts";
import { createTeamWeeks } from "../teamWeeks.ts";
import { createRegistry } from "../registry.ts";
import { StoreUnavailableError, type Contribution, type Store, type WeekTotal } from "../store.ts";
import { createIngest } from "./ingest.ts";
import { postgresMigrations, postgresSchemaVersion } from "./migrate.ts";
import {
  asUnavailable,
  inLongTransaction,
  inTransaction,
  type OpenedPostgres,
  type PostgresPool,
} from "./open.ts";
import { dropPartitionsBefore, makePartitions, upkeepLock } from "./partitions.ts";
import { rowsOfPostgres } from "./rows.ts";
import { runOnPostgres } from "./statements.ts";
import { readTallyShares } from "./tallies.ts";

/** The driver gives 64-bit numbers as text; the sums stay far below the safe integers. */
type Text<Row> = { [Key in keyof Row]: Row[Key] extends number ? string : Row[Key] };

/** The store over an open and migrated database, whose pool it owns from now on. */
export function createPostgresStore({ pool, engine, isSpread }: OpenedPostgres): Store {
  const run = runOnPostgres(pool);
  return {
    ...createRegistry(run),
    ...createPublications(run),
    ...createTeamWeeks(run),
    ...createConsoleRecords(run),
    engine,
    rows: rowsOfPostgres(pool),
    ingest: createIngest(pool, { isSpread }),

    async weekTotals() {
      const rows = await select<Text<WeekTotal>>(
        pool,
        "SELECT week, sum(batches) AS batches, sum(events) AS events FROM (" +
          "SELECT week, batches, events FROM week_total " +
          "UNION ALL SELECT week, count(*), sum(stored) FROM batch GROUP BY week) AS each " +
          'GROUP BY week ORDER BY week COLLATE "C" DESC',
      );
      return rows.map(({ week, batches, events }) => ({
        week,
        batches: Number(batches),
        events: Number(events),
      }));
    },

    async contributions(week) {
      const rows = await select<Text<Omit<Contribution, "days">> & { days: number }>(
        pool,
        "SELECT replace(pseudonym::text, '-', '') AS pseudonym, team, origin_kind AS \"originKind\", " +
          'nullif(tool, \'\') AS tool, days, edits, inserted_chars AS "insertedChars", kept_chars AS "keptChars" ' +
          "FROM contribution WHERE week = $1 ORDER BY contribution.pseudonym, origin_kind, contribution.tool",
        [week],
      );
      return rows.map((row) => ({
        ...row,
        edits: Number(row.edits),
        insertedChars: Number(row.insertedChars),
        keptChars: Number(row.keptChars),
      }));
    },

    async tallyShares(week) {
      try {
        return await readTallyShares(pool, week);
      } catch (error) {
        throw asUnavailable(error);
      }
    },

    async contributedWeeks() {
      const rows = await select<{ week: string }>(
        pool,
        "SELECT DISTINCT week FROM contribution ORDER BY week",
      );
      return rows.map(({ week }) => week);
    },

    prepare: (weeks) => makePartitions(pool, weeks),

    deleteWeek: (week, pseudonym) =>
      inTransaction(pool, async (client) => {
        const { rowCount: known } = await client.query(
          "UPDATE person_week SET deleted = true WHERE week = $1 AND pseudonym = $2",
          [week, pseudonym],
        );
        if (known === 0) return 0;
        const deleteFrom = async (table: string) =>
          (await client.query(`DELETE FROM ${table} WHERE week = $1 AND pseudonym = $2`, [week, pseudonym]))
            .rowCount ?? 0;
        const deleted = (await deleteFrom("event")) + (await deleteFrom("tally_record"));
        for (const table of ["batch", "contribution", "tally"]) await deleteFrom(table);
        return deleted;
      }),

    async forget({ eventsBefore, sumsBefore }) {
      await inLongTransaction(pool, async (client) => {
        // Two instances that forget together would add the same weeks twice.
        await client.query("SELECT pg_advisory_xact_lock($1)", [upkeepLock]);
        await client.query(
          "INSERT INTO week_total SELECT week, count(*), sum(stored) FROM batch " +
            'WHERE week COLLATE "C" < $1 GROUP BY week ' +
            "ON CONFLICT (week) DO UPDATE SET batches = week_total.batches + excluded.batches, " +
            "events = week_total.events + excluded.events",
          [eventsBefore],
        );
        for (const table of ["batch", "contribution", "tally_record", "tally", "claim", "person_week"]) {
          await client.query(`DELETE FROM ${table} WHERE week COLLATE "C" < $1`, [eventsBefore]);
        }
        for (const table of ["week_total", "publication", "shown_week", "shown_team"]) {
          await client.query(`DELETE FROM ${table} WHERE week COLLATE "C" < $1`, [sumsBefore]);
        }
      });
      await dropPartitionsBefore(pool, eventsBefore);
    },

    async whyNotReady() {
      try {
        const found = await postgresSchemaVersion(pool);
        if (found !== postgresMigrations.length) {
          return `The tables have version ${found}, and this version needs ${postgresMigrations.length}.`;
        }
        const { rows } = await pool.query<{ read_only: string }>(
          "SELECT current_setting('transaction_read_only') AS read_only",
        );
        return rows[0]?.read_only === "on" ? "PostgreSQL takes nothing in: it is read-only." : undefined;
      } catch (error) {
        const reason = asUnavailable(error);
        if (reason instanceof StoreUnavailableError) {
          return reason.message;
        }
        throw reason;
      }
    },

    close: () => pool.end(),
  };
}

async function select<Row extends object>(
  pool: PostgresPool,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    return (await pool.query<Row>(sql, [...values])).rows;
  } catch (error) {
    throw asUnavailable(error);
  }
}
