import type { Reason } from "../../../protocol/collector.ts";
import { sumsOf } from "../rollup.ts";
import {
  StoreUnavailableError,
  type Batch,
  type IngestOutcome,
  type RollupRow,
  type Store,
  type StoredEvent,
} from "../store.ts";
import { postgresMigrations, postgresSchemaVersion } from "./migrate.ts";
import { asUnavailable, inTransaction, type PostgresClient, type PostgresPool } from "./open.ts";

interface BatchRow {
  sha256: Buffer;
  stored: number;
  duplicates: number;
  refused: number;
  reasons: Reason[];
}

/** The driver gives 64-bit numbers as text; the sums stay far below the safe integers. */
type Text<Row> = { [Key in keyof Row]: Row[Key] extends number ? string : Row[Key] };

/** The store over an open and migrated database, whose pool it owns from now on. */
export function createPostgresStore({ pool, engine }: { pool: PostgresPool; engine: string }): Store {
  return {
    engine,
    ingest: (batch) => ingest(pool, batch),

    async weekTotals() {
      const rows = await select<Text<{ week: string; batches: number; events: number }>>(
        pool,
        'SELECT week, batches, events FROM week_total ORDER BY week COLLATE "C" DESC',
      );
      return rows.map(({ week, batches, events }) => ({
        week,
        batches: Number(batches),
        events: Number(events),
      }));
    },

    async rollup(week) {
      const rows = await select<Text<RollupRow>>(
        pool,
        "SELECT week, origin_kind AS \"originKind\", nullif(tool, '') AS tool, nullif(mode, '') AS mode, " +
          'events, edits, inserted_chars AS "insertedChars", kept_chars AS "keptChars" FROM rollup ' +
          'WHERE week = $1 ORDER BY origin_kind COLLATE "C", rollup.tool COLLATE "C", rollup.mode COLLATE "C"',
        [week],
      );
      return rows.map((row) => ({
        ...row,
        events: Number(row.events),
        edits: Number(row.edits),
        insertedChars: Number(row.insertedChars),
        keptChars: Number(row.keptChars),
      }));
    },

    async forget({ eventsBefore, sumsBefore }) {
      await inTransaction(pool, async (client) => {
        await client.query('DELETE FROM event WHERE week COLLATE "C" < $1', [eventsBefore]);
        await client.query('DELETE FROM batch WHERE week COLLATE "C" < $1', [eventsBefore]);
        await client.query('DELETE FROM rollup WHERE week COLLATE "C" < $1', [sumsBefore]);
        await client.query('DELETE FROM week_total WHERE week COLLATE "C" < $1', [sumsBefore]);
      });
    },

    async whyNotReady() {
      try {
        const found = await postgresSchemaVersion(pool);
        return found === postgresMigrations.length
          ? undefined
          : `The tables have version ${found}, and this version needs ${postgresMigrations.length}.`;
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

/** Tells that another connection stored the same batch while this one was at it. */
class StoredMeanwhile extends Error {}

async function ingest(pool: PostgresPool, batch: Batch): Promise<IngestOutcome> {
  const [earlier] = await findBatch(pool, batch);
  if (earlier !== undefined) {
    return outcomeOfRepeat(earlier, batch);
  }
  try {
    return await inTransaction(pool, (client) => insert(client, batch));
  } catch (error) {
    if (!(error instanceof StoredMeanwhile)) {
      throw error;
    }
    const [winner] = await findBatch(pool, batch);
    if (winner === undefined) {
      throw new StoreUnavailableError("forgotten meanwhile", error);
    }
    return outcomeOfRepeat(winner, batch);
  }
}

/** Events, batch, sums, always in this order and each in the order of its keys, so that writers cannot deadlock. */
async function insert(client: PostgresClient, batch: Batch): Promise<IngestOutcome> {
  const added = await insertEvents(client, batch);
  const receipt = {
    stored: added.length,
    duplicates: batch.events.length - added.length,
    refused: batch.refused,
    reasons: batch.reasons,
  };
  const inserted = await client.query(
    "INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1",
    [
      ...[batch.week, batch.pseudonym, batch.id, batch.sha256],
      ...[receipt.stored, receipt.duplicates, receipt.refused, JSON.stringify(receipt.reasons)],
    ],
  );
  if (inserted.rows.length === 0) {
    throw new StoredMeanwhile();
  }
  await insertSums(client, sumsOf(batch, added));
  await client.query(
    "INSERT INTO week_total VALUES ($1, 1, $2) ON CONFLICT (week) DO UPDATE SET " +
      "batches = week_total.batches + 1, events = week_total.events + excluded.events",
    [batch.week, added.length],
  );
  return { kind: "stored", receipt };
}

async function insertEvents(client: PostgresClient, batch: Batch): Promise<StoredEvent[]> {
  const events = [...batch.events].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const column = <Name extends keyof StoredEvent>(name: Name) => events.map((event) => event[name] ?? "");
  const { rows } = await client.query<{ id: string }>(
    "INSERT INTO event SELECT $1, $2, * FROM unnest($3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], " +
      "$8::bigint[], $9::bigint[], $10::bigint[]) ON CONFLICT DO NOTHING RETURNING event_id::text AS id",
    [
      ...[batch.week, batch.pseudonym],
      ...[column("id"), column("day"), column("originKind"), column("tool"), column("mode")],
      ...[column("edits"), column("insertedChars"), column("keptChars")],
    ],
  );
  const added = new Set(rows.map(({ id }) => id));
  // Of an id that came twice in one batch the first was stored.
  return events.filter(({ id }) => added.delete(id));
}

async function insertSums(client: PostgresClient, sums: readonly RollupRow[]): Promise<void> {
  const column = <Name extends keyof RollupRow>(name: Name) => sums.map((sum) => sum[name] ?? "");
  await client.query(
    "INSERT INTO rollup SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], " +
      "$5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]) " +
      "ON CONFLICT (week, origin_kind, tool, mode) DO UPDATE SET " +
      "events = rollup.events + excluded.events, edits = rollup.edits + excluded.edits, " +
      "inserted_chars = rollup.inserted_chars + excluded.inserted_chars, " +
      "kept_chars = rollup.kept_chars + excluded.kept_chars",
    [
      ...[column("week"), column("originKind"), column("tool"), column("mode")],
      ...[column("events"), column("edits"), column("insertedChars"), column("keptChars")],
    ],
  );
}

async function findBatch(pool: PostgresPool, batch: Batch): Promise<BatchRow[]> {
  return await select<BatchRow>(
    pool,
    "SELECT sha256, stored, duplicates, refused, reasons FROM batch " +
      "WHERE week = $1 AND pseudonym = $2 AND batch_id = $3",
    [batch.week, batch.pseudonym, batch.id],
  );
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

function outcomeOfRepeat(earlier: BatchRow, batch: Batch): IngestOutcome {
  if (!earlier.sha256.equals(batch.sha256)) {
    return { kind: "conflict" };
  }
  const { stored, duplicates, refused, reasons } = earlier;
  return { kind: "replayed", receipt: { stored, duplicates, refused, reasons } };
}
