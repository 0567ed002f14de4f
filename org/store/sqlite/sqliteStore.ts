import type { Reason } from "../../../protocol/collector.ts";
import { createConsoleRecords } from "../../console/records.ts";
import { createPublications } from "../publications.ts";
import { createTeamWeeks } from "../teamWeeks.ts";
import { createRegistry } from "../registry.ts";
import { sharesOf } from "../shares.ts";
import {
  StoreUnavailableError,
  type Batch,
  type Contribution,
  type IngestOutcome,
  type Store,
  type StoredEvent,
  type WeekTotal,
} from "../store.ts";
import { bytesOf } from "./bytes.ts";
import { createGroupCommit } from "./groupCommit.ts";
import { migrations, schemaVersion } from "./migrate.ts";
import { sqliteCode, sqliteVersion, type SqliteDatabase } from "./open.ts";
import { rowsOfSqlite } from "./rows.ts";
import { runOnSqlite } from "./statements.ts";
import { prepareTallies } from "./tallies.ts";

interface BatchRow {
  sha256: Buffer;
  stored: number;
  duplicates: number;
  refused: number;
  reasons: string;
}

/** The store over an open and migrated database, which it owns from now on. */
export function createSqliteStore(database: SqliteDatabase, openAnother: () => SqliteDatabase): Store {
  const run = runOnSqlite(database, answered);
  const findBatch = database.prepare<[string, Buffer, Buffer], BatchRow>(
    "SELECT sha256, stored, duplicates, refused, reasons FROM batch " +
      "WHERE week = ? AND pseudonym = ? AND batch_id = ?",
  );
  const findClaim = database
    .prepare<[string, string], string>("SELECT pseudonym FROM claim WHERE week = ? AND tag = ?")
    .pluck();
  const insertClaim = database.prepare("INSERT INTO claim VALUES (?, ?, ?)");
  const findDeleted = database
    .prepare<[string, Buffer], number>("SELECT deleted FROM person_week WHERE week = ? AND pseudonym = ?")
    .pluck();
  const insertPersonWeek = database.prepare("INSERT INTO person_week VALUES (?, ?, 0)");
  const insertBatch = database.prepare("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const insertEvent = database.prepare(
    "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const addToContribution = database.prepare(
    "INSERT INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET " +
      "days = days | excluded.days, edits = edits + excluded.edits, " +
      "inserted_chars = inserted_chars + excluded.inserted_chars, kept_chars = kept_chars + excluded.kept_chars",
  );
  const selectWeeks = database.prepare<[], WeekTotal>(
    "SELECT week, sum(batches) AS batches, sum(events) AS events FROM (" +
      "SELECT week, batches, events FROM week_total " +
      "UNION ALL SELECT week, count(*), sum(stored) FROM batch GROUP BY week) GROUP BY week ORDER BY week DESC",
  );
  const selectContributions = database.prepare<[string], Contribution>(
    "SELECT lower(hex(pseudonym)) AS pseudonym, team, origin_kind AS originKind, nullif(tool, '') AS tool, days, " +
      "edits, inserted_chars AS insertedChars, kept_chars AS keptChars " +
      "FROM contribution WHERE week = ? ORDER BY contribution.pseudonym, origin_kind, contribution.tool",
  );
  const selectContributedWeeks = database
    .prepare<[], string>("SELECT DISTINCT week FROM contribution ORDER BY week")
    .pluck();

  const tallies = prepareTallies(database);

  const ingestOne = (batch: Batch): IngestOutcome => {
    const pseudonym = bytesOf(batch.pseudonym);
    const batchId = bytesOf(batch.id);
    const claimed = findClaim.get(batch.week, batch.tag);
    if (claimed !== undefined && claimed !== batch.pseudonym) return { kind: "otherPseudonym" };
    const deleted = findDeleted.get(batch.week, pseudonym);
    if (deleted === 1) return { kind: "deleted" };
    const earlier = findBatch.get(batch.week, pseudonym, batchId);
    if (earlier !== undefined) return outcomeOfRepeat(earlier, batch);
    if (claimed === undefined) insertClaim.run(batch.week, batch.tag, batch.pseudonym);
    if (deleted === undefined) insertPersonWeek.run(batch.week, pseudonym);
    const added = batch.events.filter(
      (event) => insertEvent.run(...eventRow(batch, pseudonym, event)).changes === 1,
    );
    const addedTallies = tallies.add(batch, pseudonym);
    const stored = added.length + addedTallies;
    const receipt = {
      stored,
      duplicates: batch.events.length + batch.tallies.length - stored,
      refused: batch.refused,
      reasons: batch.reasons,
    };
    insertBatch.run(
      ...[batch.week, pseudonym, batchId, batch.sha256],
      ...[receipt.stored, receipt.duplicates, receipt.refused, JSON.stringify(receipt.reasons)],
    );
    for (const share of sharesOf(batch, added)) {
      addToContribution.run(
        ...[batch.week, pseudonym, share.originKind, share.tool ?? "", share.team, share.days],
        ...[share.edits, share.insertedChars, share.keptChars],
      );
    }
    return { kind: "stored", receipt };
  };
  const ingestAll = database.transaction((batches: readonly Batch[]) => batches.map(ingestOne));
  const ingestTogether = createGroupCommit((batches: readonly Batch[]) => ingestAll.immediate(batches));

  const deleteWeek = database.transaction((week: string, pseudonym: Buffer): number => {
    if (findDeleted.get(week, pseudonym) === undefined) return 0;
    const place = "WHERE week = ? AND pseudonym = ?";
    const deleteFrom = (table: string) =>
      database.prepare(`DELETE FROM ${table} ${place}`).run(week, pseudonym).changes;
    const deleted = deleteFrom("event") + deleteFrom("tally_record");
    for (const table of ["batch", "contribution", "tally"]) deleteFrom(table);
    database.prepare(`UPDATE person_week SET deleted = 1 ${place}`).run(week, pseudonym);
    return deleted;
  });

  const forget = database.transaction((eventsBefore: string, sumsBefore: string) => {
    database
      .prepare(
        "INSERT INTO week_total SELECT week, count(*), sum(stored) FROM batch WHERE week < ? GROUP BY week " +
          "ON CONFLICT DO UPDATE SET batches = batches + excluded.batches, events = events + excluded.events",
      )
      .run(eventsBefore);
    for (const table of [...ofEvents, "claim", "person_week"]) {
      database.prepare(`DELETE FROM ${table} WHERE week < ?`).run(eventsBefore);
    }
    for (const table of ["week_total", "publication", "shown_week", "shown_team"]) {
      database.prepare(`DELETE FROM ${table} WHERE week < ?`).run(sumsBefore);
    }
  });

  /** Deleted rows would live on in the log until it is written over. */
  const emptyLog = () => void database.pragma("wal_checkpoint(TRUNCATE)");

  return {
    ...createRegistry(run),
    ...createPublications(run),
    ...createTeamWeeks(run),
    ...createConsoleRecords(run),
    engine: `SQLite ${sqliteVersion(database)}`,
    rows: rowsOfSqlite(database, openAnother),
    ingest: (batch) => answered(() => ingestTogether(batch)),
    weekTotals: () => answered(() => selectWeeks.all()),
    contributions: (week) => answered(() => selectContributions.all(week)),
    tallyShares: (week) => answered(() => tallies.shares(week)),
    contributedWeeks: () => answered(() => selectContributedWeeks.all()),
    prepare: () => Promise.resolve(),
    deleteWeek: (week, pseudonym) =>
      answered(() => {
        const deleted = deleteWeek.immediate(week, bytesOf(pseudonym));
        emptyLog();
        return deleted;
      }),
    forget: ({ eventsBefore, sumsBefore }) =>
      answered(() => {
        forget.immediate(eventsBefore, sumsBefore);
        emptyLog();
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

const ofEvents = ["event", "batch", "contribution", "tally_record", "tally"];

const passing =
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|INTERRUPT|CORRUPT|NOTADB)/;

/** The interface is asynchronous, SQLite is not. Errors of the disk are told apart from errors of this program. */
async function answered<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
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
