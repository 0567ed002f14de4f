import { existsSync } from "node:fs";
import { sumKeyOfEdit, sumsOfEdit } from "../sums.ts";
import { databaseFiles, makeFile, removeDatabase } from "./databaseFiles.ts";
import { graftSchema } from "./graftSchema.ts";
import { migrations } from "./migrations.ts";
import { migrate, readFormat } from "./migrate.ts";
import { configure, connect, type Connection } from "./open.ts";
import { readSchemaCopy } from "./schemaCopy.ts";
import { mendRequests } from "./mendRequests.ts";
import { scanRows } from "./scanRows.ts";
import { prepareAddUp } from "./writeBatch.ts";
import { prepareOverwriteWrites } from "./overwriteRows.ts";
import { prepareRetentionWrites } from "./retentionRows.ts";
import { prepareRecount } from "./writeStages.ts";
import type { DatabasePlace } from "./databasePlace.ts";
import type { OriginRow } from "../store.ts";

export interface Salvaged {
  /** Rows that were copied. */
  readonly salvaged: number;
  /** Tables of which something could not be read. */
  readonly lost: number;
}

const tablesOfFirstFormat = [
  "marks",
  "notes",
  "drops",
  "windows",
  "documents",
  "spans",
  "sums",
  "edits",
  "evidence",
];

/** In the order in which rows refer to each other. Who looks after the database is not copied. */
const tables = [
  ...tablesOfFirstFormat,
  "samples",
  "rests",
  "snapshots",
  "followed",
  "funnel_sums",
  "retention_sums",
  "commits",
  "committed_edits",
  "committed_ranges",
  "consents",
  "work_folders",
  "outbox",
  "batches",
  "deletions",
  "tips",
  "tasks",
  "request_sums",
  "request_latencies",
  "requests",
  "outbox_requests",
  "outbox_tips",
  "task_edits",
  "tool_figures",
  "allowances",
  "heard",
  "steps",
  "overwrites",
  "overwrite_sums",
];

/**
 * Makes a new database of what can still be read of a damaged one, table by table. What is lost is lost in ranges of
 * rows; what refers to it is kept as far as it says something by itself.
 */
export function salvageDatabase(
  place: DatabasePlace,
  { from, to }: { readonly from: string; readonly to: string },
): Salvaged {
  const grafted = `${to}.graft`;
  const options = { nativeBinding: place.nativeBinding, busyTimeoutMs: 0 };
  removeDatabase(to);
  makeFile(to);
  const target = connect(to, { ...options, readonly: false });
  try {
    configure(target, "delete");
    target.pragma("foreign_keys = OFF");
    if (!existsSync(from)) return { salvaged: 0, lost: 0 };
    if (!hasTables(from, options)) {
      const copy = readSchemaCopy(databaseFiles(place.folder).schema);
      graftSchema(place.nativeBinding, { from, to: grafted, copy });
    }
    const source = connect(existsSync(grafted) ? grafted : from, { ...options, readonly: true });
    try {
      return copyEverything(source, target, place);
    } finally {
      source.close();
    }
  } finally {
    target.close();
    removeDatabase(grafted);
  }
}

/** Whether the definition of the tables can be read. */
function hasTables(
  path: string,
  options: { nativeBinding: string | undefined; busyTimeoutMs: number },
): boolean {
  const connection = connect(path, { ...options, readonly: true });
  try {
    for (const table of tablesOfFirstFormat) connection.prepare(`SELECT 1 FROM ${table}`);
    return true;
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

function copyEverything(source: Connection, target: Connection, place: DatabasePlace): Salvaged {
  // What cannot even be asked for its format has most likely the newest.
  const format = formatOf(source) ?? migrations.length;
  migrate(target, migrations.slice(0, format));
  let salvaged = 0;
  const damaged = new Set<string>();
  target
    .transaction(() => {
      for (const table of tables) {
        const copied = copyTable(source, target, table);
        salvaged += copied.rows;
        if (!copied.isComplete) damaged.add(table);
      }
      migrate(target, migrations);
      mendReferences(target, place.now());
      if (damaged.has("sums")) mendSums(target);
      if (damaged.has("overwrite_sums")) prepareOverwriteWrites(target).addMissing();
      mendRequests(target);
    })
    .immediate();
  return { salvaged, lost: damaged.size };
}

function formatOf(source: Connection): number | undefined {
  try {
    return readFormat(source);
  } catch {
    return undefined;
  }
}

function copyTable(source: Connection, target: Connection, table: string) {
  const columns = target
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?)")
    .pluck()
    .all(table);
  if (columns.length === 0) return { rows: 0, isComplete: true };
  const insert = target.prepare<[unknown[]]>(
    `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  let rows = 0;
  let refused = 0;
  const isScanned = scanRows(source, { table, columns }, (found) => {
    for (const row of found) {
      if (tryInsert(() => insert.run(columns.map((name) => row[name])).changes)) rows++;
      else refused++;
    }
  });
  return { rows, isComplete: isScanned && refused === 0 };
}

/** A damaged row may have values that no column takes. */
function tryInsert(insert: () => number): boolean {
  try {
    return insert() > 0;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("SQLITE_CONSTRAINT")) {
      return false;
    }
    throw thrown;
  }
}

/** An edit whose document or window was lost keeps its numbers, under a name that says so. */
function mendReferences(target: Connection, now: number): void {
  target
    .prepare(
      `INSERT INTO documents (id, uri, workspace, language_id, written_at)
       SELECT document_id, 'lost:' || document_id, nullif(max(sums.workspace), ''),
         ifnull(max(sums.language_id), 'unknown'), ?
       FROM edits LEFT JOIN sums ON sums.id = sum_id
       WHERE document_id NOT IN (SELECT id FROM documents) GROUP BY document_id`,
    )
    .run(now);
  for (const table of ["spans", "rests", "snapshots", "followed"]) {
    target.exec(`DELETE FROM ${table} WHERE document_id NOT IN (SELECT id FROM documents)`);
  }
  target.exec("DELETE FROM followed WHERE edit_number NOT IN (SELECT number FROM edits)");
  target.exec("DELETE FROM outbox WHERE edit_number NOT IN (SELECT number FROM edits)");
  target.exec("DELETE FROM outbox_requests WHERE request_id NOT IN (SELECT id FROM requests)");
  target.exec("DELETE FROM evidence WHERE edit_number NOT IN (SELECT number FROM edits)");
  target.exec("DELETE FROM samples WHERE edit_number NOT IN (SELECT number FROM edits)");
  target.exec("DELETE FROM funnel_sums WHERE sum_id NOT IN (SELECT id FROM sums)");
  target.exec("DELETE FROM retention_sums WHERE sum_id NOT IN (SELECT id FROM sums)");
  const edits = "SELECT number FROM edits";
  target.exec(`DELETE FROM overwrites WHERE edit_number NOT IN (${edits}) OR of_number NOT IN (${edits})`);
  const sums = "SELECT id FROM sums";
  target.exec(`DELETE FROM overwrite_sums WHERE sum_id NOT IN (${sums}) OR of_sum_id NOT IN (${sums})`);
  target.exec(
    `DELETE FROM committed_ranges WHERE commit_id NOT IN (SELECT id FROM commits)
       OR committed_edit_id NOT IN (SELECT id FROM committed_edits)`,
  );
  target
    .prepare(
      `INSERT INTO windows (id, name, sequence, written_at)
       SELECT window_id, 'lost:' || window_id, 0, ? FROM
         (SELECT window_id FROM edits UNION SELECT window_id FROM spans)
       WHERE window_id NOT IN (SELECT id FROM windows)`,
    )
    .run(now);
}

type CountedEdit = OriginRow & {
  number: number;
  at: number;
  utcOffsetMinutes: number;
  insertedChars: number;
  deletedChars: number;
  keptChars: number;
  workspace: string | null;
  languageId: string;
};

/** Adds up again the edits whose sums were lost. */
function mendSums(target: Connection): void {
  const addUp = prepareAddUp(target);
  const recount = prepareRecount(target);
  const retention = prepareRetentionWrites(target);
  const overwrites = prepareOverwriteWrites(target);
  const made = new Set<number>();
  const setSum = target.prepare<[number, number]>("UPDATE edits SET sum_id = ? WHERE number = ?");
  const edits = target
    .prepare<[], CountedEdit>(
      `SELECT number, at, utc_offset_minutes AS utcOffsetMinutes, inserted_chars AS insertedChars,
         deleted_chars AS deletedChars, kept_chars AS keptChars, kind, tool, model, mode, strength,
         conflict, workspace, language_id AS languageId
       FROM edits JOIN documents ON documents.id = document_id WHERE sum_id NOT IN (SELECT id FROM sums)`,
    )
    .all();
  for (const edit of edits) {
    const sumId = addUp(sumKeyOfEdit({ ...edit, origin: edit }, edit), sumsOfEdit(edit));
    setSum.run(sumId, edit.number);
    recount(edit.number, sumId);
    retention.addAll(edit.number, sumId);
    made.add(sumId);
  }
  for (const sumId of made) overwrites.makeAgain(sumId);
}
