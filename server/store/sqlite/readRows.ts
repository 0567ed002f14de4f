import { nothingForgotten } from "../../../core/forgetting.ts";
import type { Forgotten } from "../../../protocol/forget.ts";
import type { ExportThing } from "../../../protocol/export.ts";
import { readAllRows } from "./exportRows.ts";
import { countEverything } from "./forgetRows.ts";
import { prepareCoachingReads, readNoCoaching, type CoachingReads } from "./coaching.ts";
import type { Connection } from "./open.ts";
import { holdAnswers, holdDays } from "./heldRows.ts";
import { prepareBehind, type ReadBehind } from "./behindRows.ts";
import { prepareOverwriteReads, readNoOverwrites, type OverwriteReads } from "./overwriteRows.ts";
import { prepareRetentionByDay, prepareRetentionReads } from "./retentionRows.ts";
import type { RetentionDay, RetentionRange, RetentionRow } from "../retention.ts";
import { prepareFigureReads, readNoFigures, type FigureReads } from "./figures.ts";
import { prepareRequestReads, readNoRequests, type RequestReads } from "./readRequests.ts";
import { prepareStageReads, readNoStages, type StageReads } from "./readStages.ts";
import { prepareSyncReads, readNoSync, type SyncReads } from "./syncRows.ts";
import type {
  DaySumRow,
  DocumentRow,
  DueRow,
  EditRow,
  EvidenceRow,
  NumberedRow,
  OriginRow,
  RestRow,
  RowsRange,
  SampleRow,
  SnapshotRow,
  SumRow,
  SumsRange,
  VersionKey,
} from "../store.ts";

export interface Reads extends StageReads, CoachingReads, RequestReads, FigureReads, OverwriteReads {
  sums(range: SumsRange): SumRow[];
  daySums(range: SumsRange): DaySumRow[];
  drops(): { name: string; count: number }[];
  receipt(window: string): number;
  document(uri: string): DocumentRow | undefined;
  documentsOfText(textHash: string): DocumentRow[];
  snapshots(uri: string): SnapshotRow[];
  followed(uri: string): DueRow[];
  due(until: number): DueRow[];
  edit(key: VersionKey): EditRow | undefined;
  editById(id: string): EditRow | undefined;
  origins(ids: readonly string[]): Map<string, OriginRow>;
  samples(editId: string): SampleRow[];
  retention(range: SumsRange): RetentionRow[];
  retentionByDay(range: RetentionRange): RetentionDay[];
  behind: ReadBehind;
  labelledEdits(): EditRow[];
  note(name: string): string | undefined;
  mark(name: string): number | undefined;
  all(thing: ExportThing, range: RowsRange): NumberedRow[];
  /** How much there is. */
  counts(): Forgotten;
  readonly sync: SyncReads;
}

/** Prepares every reading statement once. */
export function prepareReads(connection: Connection, isOfNewer = false): Reads {
  const drops = connection.prepare<[], { name: string; count: number }>(
    "SELECT name, count FROM drops ORDER BY name",
  );
  const receipt = connection.prepare<[string], number>("SELECT sequence FROM windows WHERE name = ?").pluck();
  const note = connection.prepare<[string], string>("SELECT text FROM notes WHERE name = ?").pluck();
  const mark = connection.prepare<[string], number>("SELECT value FROM marks WHERE name = ?").pluck();
  // Nobody knows how a newer Kept says that it wrote something.
  const revision = isOfNewer ? () => undefined : () => mark.get("revision");
  return {
    sums: prepareSums(connection),
    daySums: holdDays(revision, prepareDaySums(connection)),
    drops: () => drops.all(),
    receipt: (window) => receipt.get(window) ?? 0,
    ...prepareDocuments(connection),
    ...prepareEdits(connection),
    origins: prepareOrigins(connection),
    samples: prepareSamples(connection),
    retention: holdAnswers(revision, prepareRetentionReads(connection)),
    retentionByDay: holdDays(revision, prepareRetentionByDay(connection)),
    behind: prepareBehind(connection),
    ...prepareStageReads(connection, revision),
    ...prepareOverwriteReads(connection, revision),
    ...prepareCoachingReads(connection, revision),
    ...prepareRequestReads(connection, revision),
    ...prepareFigureReads(connection),
    note: (name) => note.get(name),
    mark: (name) => mark.get(name),
    all: (thing, range) => readAllRows(connection, thing, range),
    counts: () => countEverything(connection),
    sync: prepareSyncReads(connection),
  };
}

/** For a database whose tables are not known. */
export const readNothing: Reads = {
  ...readNoStages,
  ...readNoOverwrites,
  sync: readNoSync,
  ...readNoCoaching,
  ...readNoRequests,
  ...readNoFigures,
  sums: () => [],
  daySums: () => [],
  drops: () => [],
  receipt: () => 0,
  document: () => undefined,
  documentsOfText: () => [],
  snapshots: () => [],
  followed: () => [],
  due: () => [],
  edit: () => undefined,
  editById: () => undefined,
  origins: () => new Map(),
  samples: () => [],
  retention: () => [],
  retentionByDay: () => [],
  behind: () => [],
  labelledEdits: () => [],
  note: () => undefined,
  mark: () => undefined,
  all: () => [],
  counts: () => nothingForgotten,
};

function prepareSums(connection: Connection): Reads["sums"] {
  const statement = connection.prepare<[Record<string, unknown>], SumRow>(
    `SELECT day, hour, nullif(workspace, '') AS workspace, language_id AS languageId, kind,
       nullif(tool, '') AS tool, nullif(model, '') AS model, nullif(mode, '') AS mode, edits, inserting_edits AS insertingEdits,
       inserted_chars AS insertedChars, deleted_chars AS deletedChars, kept_chars AS keptChars,
       inserted_squared AS insertedSquared, kept_squared AS keptSquared,
       inserted_times_kept AS insertedTimesKept
     FROM sums WHERE day BETWEEN @from AND @to
       AND (@workspaces IS NULL OR workspace <> '' AND workspace IN (SELECT value FROM json_each(@workspaces)))`,
  );
  return ({ from, to, workspaces }) =>
    statement.all({ from, to, workspaces: workspaces ? JSON.stringify(workspaces) : null });
}

function prepareDaySums(connection: Connection): Reads["daySums"] {
  const statement = connection.prepare<[Record<string, unknown>], DaySumRow>(
    `SELECT day, kind, nullif(tool, '') AS tool, nullif(model, '') AS model, nullif(mode, '') AS mode, sum(edits) AS edits,
       sum(inserting_edits) AS insertingEdits, sum(inserted_chars) AS insertedChars,
       sum(deleted_chars) AS deletedChars, sum(kept_chars) AS keptChars, sum(inserted_squared) AS insertedSquared,
       sum(kept_squared) AS keptSquared, sum(inserted_times_kept) AS insertedTimesKept
     FROM sums_of_days WHERE day BETWEEN @from AND @to
       AND (@workspaces IS NULL OR workspace <> '' AND workspace IN (SELECT value FROM json_each(@workspaces)))
     GROUP BY day, kind, tool, model, mode`,
  );
  return ({ from, to, workspaces }) =>
    statement.all({ from, to, workspaces: workspaces ? JSON.stringify(workspaces) : null });
}

type StoredDocument = Omit<DocumentRow, "spans" | "rest"> & DocumentRow["spans"] & StoredRest;
/** All null where the text is not at rest. */
type StoredRest = { readonly [Name in keyof RestRow]: RestRow[Name] | null };

function prepareDocuments(
  connection: Connection,
): Pick<Reads, "document" | "documentsOfText" | "snapshots" | "followed" | "due"> {
  const columns = `SELECT uri, workspace, language_id AS languageId, windows.name AS window, session, version,
      text_length AS textLength, text_hash AS textHash, spans, outline, ranges, git_mark AS gitMark
    FROM documents JOIN spans ON spans.document_id = documents.id JOIN windows ON windows.id = window_id
      LEFT JOIN rests ON rests.document_id = documents.id`;
  const byUri = connection.prepare<[string], StoredDocument>(`${columns} WHERE uri = ?`);
  const byText = connection.prepare<[string], StoredDocument>(`${columns} WHERE text_hash = ? ORDER BY uri`);
  const snapshots = connection.prepare<[string], Omit<SnapshotRow, "rest"> & RestRow>(
    `SELECT uri, text_length AS textLength, text_hash AS textHash, spans, outline, ranges, git_mark AS gitMark
     FROM snapshots JOIN documents ON documents.id = document_id WHERE uri = ? ORDER BY snapshots.id DESC`,
  );
  const dueColumns = `SELECT edits.id AS editId, uri, since, branch, followed.inserted_chars AS insertedChars, pieces,
      next_due_ms AS nextDueMs
    FROM followed JOIN edits ON edits.number = edit_number JOIN documents ON documents.id = followed.document_id`;
  const followed = connection.prepare<[string], DueRow>(`${dueColumns} WHERE uri = ? ORDER BY edit_number`);
  const due = connection.prepare<[number], DueRow>(
    `${dueColumns} WHERE next_due_at <= ? ORDER BY next_due_at, edit_number LIMIT 100`,
  );
  return {
    document: (uri) => {
      const found = byUri.get(uri);
      return found && toDocument(found);
    },
    documentsOfText: (textHash) => byText.all(textHash).map(toDocument),
    snapshots: (uri) =>
      snapshots.all(uri).map(({ outline, ranges, gitMark, ...row }) => ({
        ...row,
        rest: { outline, ranges, gitMark },
      })),
    followed: (uri) => followed.all(uri),
    due: (until) => due.all(until),
  };
}

function toDocument(found: StoredDocument): DocumentRow {
  const { uri, workspace, languageId, outline, ranges, gitMark, ...spans } = found;
  const document = { uri, workspace, languageId, spans };
  return outline === null || ranges === null ? document : { ...document, rest: { outline, ranges, gitMark } };
}

type StoredEdit = Omit<EditRow, "origin" | "evidence"> &
  Omit<EditRow["origin"], "conflict"> & { number: number; conflict: number };

function prepareEdits(connection: Connection): Pick<Reads, "edit" | "editById" | "labelledEdits"> {
  const columns = `SELECT number, edits.id, uri, at, utc_offset_minutes AS utcOffsetMinutes, windows.name AS window,
      session, version, inserted_chars AS insertedChars, deleted_chars AS deletedChars, kept_chars AS keptChars,
      kind, tool, model, mode, strength, conflict
    FROM edits JOIN documents ON documents.id = document_id JOIN windows ON windows.id = window_id`;
  const byVersion = connection.prepare<[VersionKey], StoredEdit>(
    `${columns} WHERE uri = @uri AND windows.name = @window AND session = @session AND version = @version`,
  );
  const byId = connection.prepare<[string], StoredEdit>(`${columns} WHERE edits.id = ?`);
  const labelled = connection.prepare<[], StoredEdit>(`${columns} WHERE strength = 'labelled' ORDER BY at`);
  const evidence = connection.prepare<[number], EvidenceRow>(
    "SELECT source, strength, origin, at FROM evidence WHERE edit_number = ? ORDER BY id",
  );
  const toRow = (found: StoredEdit): EditRow => {
    const { number, kind, tool, model, mode, strength, conflict, ...edit } = found;
    return {
      ...edit,
      origin: { kind, tool, model, mode, strength, conflict: conflict === 1 },
      evidence: evidence.all(number),
    };
  };
  const toRowIfAny = (found: StoredEdit | undefined) => found && toRow(found);
  return {
    edit: ({ uri, window, session, version }) => toRowIfAny(byVersion.get({ uri, window, session, version })),
    editById: (id) => toRowIfAny(byId.get(id)),
    labelledEdits: () => labelled.all().map(toRow),
  };
}

type StoredSample = Omit<SampleRow, "late" | "otherBranch"> & { late: number; otherBranch: number | null };

function prepareSamples(connection: Connection): Reads["samples"] {
  const statement = connection.prepare<[string], StoredSample>(
    `SELECT edits.id AS editId, due_ms AS dueMs, taken_at AS takenAt, arc, samples.inserted_chars AS insertedChars,
       lines_inserted AS linesInserted, lines_deleted AS linesDeleted, four_gram AS fourGram, no_revert AS noRevert,
       late, other_branch AS otherBranch
     FROM edits JOIN samples ON edit_number = number WHERE edits.id = ? ORDER BY due_ms`,
  );
  return (editId) =>
    statement.all(editId).map(({ late, otherBranch, ...row }) => ({
      ...row,
      late: late === 1,
      otherBranch: otherBranch === null ? null : otherBranch === 1,
    }));
}

function prepareOrigins(connection: Connection): Reads["origins"] {
  const statement = connection.prepare<
    [string],
    Omit<OriginRow, "conflict"> & { id: string; conflict: number }
  >(
    `SELECT edits.id, kind, tool, model, mode, strength, conflict
     FROM json_each(?) AS wanted CROSS JOIN edits ON edits.id = wanted.value`,
  );
  return (ids) =>
    new Map(
      statement
        .all(JSON.stringify(ids))
        .map(({ id, conflict, ...origin }) => [id, { ...origin, conflict: conflict === 1 }]),
    );
}
