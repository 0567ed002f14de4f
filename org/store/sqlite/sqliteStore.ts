import type { Reason } from "../../../protocol/collector.ts";
import { sumsOf } from "../rollup.ts";
import {
  StoreUnavailableError,
  type Batch,
  type IngestOutcome,
  type RollupRow,
  type Store,
  type StoredEvent,
  type WeekTotal,
} from "../store.ts";
import { migrations, schemaVersion } from "./migrate.ts";
import { sqliteCode, sqliteVersion, type SqliteDatabase } from "./open.ts";

interface BatchRow {
  sha256: Buffer;
  stored: number;
  duplicates: number;
  refused: number;
  reasons: string;
}

/** The store over an open and migrated database, which it owns from now on. */
export function createSqliteStore(database: SqliteDatabase): Store {
  const findBatch = database.prepare<[string, Buffer, Buffer], BatchRow>(
    "SELECT sha256, stored, duplicates, refused, reasons FROM batch " +
      "WHERE week = ? AND pseudonym = ? AND batch_id = ?",
  );
  const insertBatch = database.prepare("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const insertEvent = database.prepare(
    "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const addToRollup = database.prepare(
    "INSERT INTO rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET " +
      "events = events + excluded.events, edits = edits + excluded.edits, " +
      "inserted_chars = inserted_chars + excluded.inserted_chars, kept_chars = kept_chars + excluded.kept_chars",
  );
  const addToWeek = database.prepare(
    "INSERT INTO week_total VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET " +
      "batches = batches + 1, events = events + excluded.events",
  );
  const selectWeeks = database.prepare<[], WeekTotal>(
    "SELECT week, batches, events FROM week_total ORDER BY week DESC",
  );
  const selectRollup = database.prepare<[string], RollupRow>(
    "SELECT week, origin_kind AS originKind, nullif(tool, '') AS tool, nullif(mode, '') AS mode, " +
      "events, edits, inserted_chars AS insertedChars, kept_chars AS keptChars " +
      "FROM rollup WHERE week = ? ORDER BY origin_kind, tool, mode",
  );

  const ingest = database.transaction((batch: Batch): IngestOutcome => {
    const pseudonym = bytesOf(batch.pseudonym);
    const batchId = bytesOf(batch.id);
    const earlier = findBatch.get(batch.week, pseudonym, batchId);
    if (earlier !== undefined) {
      return outcomeOfRepeat(earlier, batch);
    }
    const added = batch.events.filter(
      (event) => insertEvent.run(...eventRow(batch, pseudonym, event)).changes === 1,
    );
    const receipt = {
      stored: added.length,
      duplicates: batch.events.length - added.length,
      refused: batch.refused,
      reasons: batch.reasons,
    };
    insertBatch.run(
      ...[batch.week, pseudonym, batchId, batch.sha256],
      ...[receipt.stored, receipt.duplicates, receipt.refused, JSON.stringify(receipt.reasons)],
    );
    for (const sum of sumsOf(batch, added)) {
      addToRollup.run(...rollupRow(sum));
    }
    addToWeek.run(batch.week, added.length);
    return { kind: "stored", receipt };
  });

  const forget = database.transaction((eventsBefore: string, sumsBefore: string) => {
    database.prepare("DELETE FROM event WHERE week < ?").run(eventsBefore);
    database.prepare("DELETE FROM batch WHERE week < ?").run(eventsBefore);
    database.prepare("DELETE FROM rollup WHERE week < ?").run(sumsBefore);
    database.prepare("DELETE FROM week_total WHERE week < ?").run(sumsBefore);
  });

  return {
    engine: `SQLite ${sqliteVersion(database)}`,
    ingest: (batch) => answered(() => ingest.immediate(batch)),
    weekTotals: () => answered(() => selectWeeks.all()),
    rollup: (week) => answered(() => selectRollup.all(week)),
    forget: ({ eventsBefore, sumsBefore }) =>
      answered(() => {
        forget.immediate(eventsBefore, sumsBefore);
        // Deleted rows would live on in the log until it is written over.
        database.pragma("wal_checkpoint(TRUNCATE)");
      }),
    whyNotReady: () =>
      answered(() => {
        const found = schemaVersion(database);
        return found === migrations.length
          ? undefined
          : `The tables have version ${found}, and this version needs ${migrations.length}.`;
      }),
    close: () => answered(() => void database.close()),
  };
}

const passing =
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|INTERRUPT|CORRUPT|NOTADB)/;

/** The interface is asynchronous, SQLite is not. Errors of the disk are told apart from errors of this program. */
async function answered<Answer>(work: () => Answer): Promise<Answer> {
  return await Promise.resolve()
    .then(work)
    .catch((error: unknown) => {
      const code = sqliteCode(error);
      throw code !== undefined && passing.test(code) ? new StoreUnavailableError(code, error) : error;
    });
}

function outcomeOfRepeat(earlier: BatchRow, batch: Batch): IngestOutcome {
  if (!earlier.sha256.equals(batch.sha256)) {
    return { kind: "conflict" };
  }
  const { stored, duplicates, refused } = earlier;
  const reasons = JSON.parse(earlier.reasons) as Reason[];
  return { kind: "replayed", receipt: { stored, duplicates, refused, reasons } };
}

function eventRow(batch: Batch, pseudonym: Buffer, event: StoredEvent): unknown[] {
  return [
    ...[batch.week, pseudonym, bytesOf(event.id), event.day],
    ...[event.originKind, event.tool ?? "", event.mode ?? ""],
    ...[event.edits, event.insertedChars, event.keptChars],
  ];
}

function rollupRow(sum: RollupRow): unknown[] {
  return [
    ...[sum.week, sum.originKind, sum.tool ?? "", sum.mode ?? ""],
    ...[sum.events, sum.edits, sum.insertedChars, sum.keptChars],
  ];
}

/** Ids and pseudonyms are 128 bits, written in hexadecimal with or without hyphens. */
function bytesOf(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal.replaceAll("-", ""), "hex");
}
