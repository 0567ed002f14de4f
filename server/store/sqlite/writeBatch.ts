import { keptAfter, sumKeyOfEdit, sumOriginOf, sumsOfEdit, sumsOfGrowth, sumsOfRemoval } from "../sums.ts";
import { sampleTimeAfter } from "../../../core/retention/sampleTimes.ts";
import { mostSnapshots } from "../store.ts";
import { changesOfEdit } from "../requests.ts";
import { stagesOfEdit, stagesOfSample } from "../stages.ts";
import type { Connection } from "./open.ts";
import { prepareOverwriteWrites } from "./overwriteRows.ts";
import { prepareQueue } from "./syncRows.ts";
import { prepareRetentionWrites } from "./retentionRows.ts";
import { prepareRequestWrites, type RequestWrites } from "./writeRequests.ts";
import { prepareStageWrites } from "./writeStages.ts";
import type {
  Batch,
  DocumentRow,
  EditRow,
  EvidenceRow,
  FollowedRow,
  GrowthRow,
  OriginRow,
  SampleRow,
  SnapshotRow,
  SumKey,
  Sums,
} from "../store.ts";

/** Writes a batch. To be called inside a transaction that was begun as a writing one. */
export type WriteBatch = (batch: Batch, writtenAt: number) => void;

interface StoredEdit {
  number: number;
  sumId: number;
  insertedChars: number;
  deletedChars: number;
  keptChars: number;
  kind: OriginRow["kind"];
  taskId: number | null;
}

type StoredSumKey = Pick<SumKey, "day" | "hour" | "languageId"> & { workspace: string };

/** Prepares every statement of a batch once. */
export function prepareWriteBatch(
  connection: Connection,
  { changeTask, link }: Pick<RequestWrites, "changeTask" | "link"> = prepareRequestWrites(connection),
): WriteBatch {
  const touchWindow = prepareTouchWindow(connection);
  const writeDocument = prepareWriteDocument(connection);
  const addUp = prepareAddUp(connection);
  const changeSum = prepareChangeSum(connection);
  const addEvidence = prepareAddEvidence(connection);
  const stageWrites = prepareStageWrites(connection);
  const queue = prepareQueue(connection);
  const retention = prepareRetentionWrites(connection);
  const overwrites = prepareOverwriteWrites(connection);
  const readEvidence = connection.prepare<[number], Pick<EvidenceRow, "source" | "strength">>(
    "SELECT source, strength FROM evidence WHERE edit_number = ?",
  );
  const findDocument = connection.prepare<
    [string],
    { id: number; workspace: string | null; languageId: string }
  >("SELECT id, workspace, language_id AS languageId FROM documents WHERE uri = ?");
  const isThere = connection
    .prepare<[string, number, number, number, number], 1>(
      `SELECT 1 FROM edits WHERE id = ?
       UNION ALL SELECT 1 FROM edits WHERE document_id = ? AND window_id = ? AND session = ? AND version = ?`,
    )
    .pluck();
  const insertEdit = connection.prepare<[Record<string, unknown>]>(
    `INSERT INTO edits (id, document_id, window_id, session, version, at, utc_offset_minutes, inserted_chars,
       deleted_chars, kept_chars, kind, tool, model, mode, strength, conflict, sum_id)
     VALUES (@id, @documentId, @windowId, @session, @version, @at, @utcOffsetMinutes, @insertedChars,
       @deletedChars, @keptChars, @kind, @tool, @model, @mode, @strength, @conflict, @sumId)`,
  );
  const findEdit = connection.prepare<[string], StoredEdit>(
    `SELECT number, sum_id AS sumId, inserted_chars AS insertedChars, deleted_chars AS deletedChars,
       kept_chars AS keptChars, kind, task_id AS taskId FROM edits WHERE id = ?`,
  );
  const findSum = connection.prepare<[number], StoredSumKey>(
    "SELECT day, hour, workspace, language_id AS languageId FROM sums WHERE id = ?",
  );
  const setOrigin = connection.prepare<[Record<string, unknown>]>(
    `UPDATE edits SET kind = @kind, tool = @tool, model = @model, mode = @mode, strength = @strength,
       conflict = @conflict, sum_id = @sumId WHERE number = @number`,
  );
  const setNumbers = connection.prepare<[number, number, number, number]>(
    "UPDATE edits SET inserted_chars = ?, deleted_chars = ?, kept_chars = ? WHERE number = ?",
  );
  const setKept = connection.prepare<[number, number]>("UPDATE edits SET kept_chars = ? WHERE number = ?");
  const addSample = prepareAddSample(connection);
  const follow = prepareFollow(connection);
  const stopFollowing = connection.prepare<[string]>(
    "DELETE FROM followed WHERE edit_number = (SELECT number FROM edits WHERE id = ?)",
  );
  const addSnapshot = prepareAddSnapshot(connection);
  const addDrop = connection.prepare<[string, number]>(
    `INSERT INTO drops (name, count) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET count = count + excluded.count`,
  );

  const addEdit = (edit: EditRow, writtenAt: number) => {
    const document = findDocument.get(edit.uri);
    if (!document) throw new Error("An edit came without its document");
    const windowId = touchWindow(edit.window, 0, writtenAt);
    if (isThere.get(edit.id, document.id, windowId, edit.session, edit.version) !== undefined) return;
    const sumId = addUp(sumKeyOfEdit(edit, document), sumsOfEdit(edit));
    const { lastInsertRowid } = insertEdit.run({
      ...edit,
      ...edit.origin,
      conflict: Number(edit.origin.conflict),
      documentId: document.id,
      windowId,
      sumId,
    });
    for (const row of edit.evidence) addEvidence(Number(lastInsertRowid), row);
    queue({ number: Number(lastInsertRowid), workspace: document.workspace, at: edit.at });
    for (const row of stagesOfEdit(edit, edit.origin, edit.evidence)) stageWrites.set(row);
  };

  const changeOrigin = (
    edit: StoredEdit,
    id: string,
    origin: OriginRow,
    evidence: readonly EvidenceRow[],
  ) => {
    const key = findSum.get(edit.sumId);
    let { sumId } = edit;
    if (key) {
      const sums = sumsOfEdit(edit);
      changeSum(edit.sumId, negated(sums));
      sumId = addUp({ ...key, ...sumOriginOf(origin) }, sums);
    }
    setOrigin.run({ ...origin, conflict: Number(origin.conflict), sumId, number: edit.number });
    changeTask(edit.taskId, changesOfEdit(edit, edit), changesOfEdit(origin, edit));
    for (const row of evidence) addEvidence(edit.number, row);
    stageWrites.move(edit.number, edit.sumId, sumId);
    retention.move(edit.number, edit.sumId, sumId);
    overwrites.move(edit.number, edit.sumId, sumId);
    stageWrites.originOf(id, origin);
    for (const row of stagesOfEdit({ ...edit, id }, origin, readEvidence.all(edit.number)))
      stageWrites.set(row);
  };

  const grow = (edit: StoredEdit, { insertedChars, deletedChars, keptChars }: GrowthRow) => {
    changeSum(edit.sumId, sumsOfGrowth(edit, { insertedChars, deletedChars, keptChars }));
    setNumbers.run(insertedChars, deletedChars, keptChars, edit.number);
    changeTask(edit.taskId, changesOfEdit(edit, edit), changesOfEdit(edit, { insertedChars, keptChars }));
  };

  const remove = (edit: StoredEdit, chars: number) => {
    const kept = keptAfter(edit.keptChars, chars);
    changeSum(edit.sumId, sumsOfRemoval(edit.insertedChars, edit.keptChars, kept));
    setKept.run(kept, edit.number);
    changeTask(edit.taskId, changesOfEdit(edit, edit), changesOfEdit(edit, { ...edit, keptChars: kept }));
  };

  return (batch, writtenAt) => {
    for (const row of batch.documents) {
      writeDocument(row, touchWindow(row.spans.window, 0, writtenAt), writtenAt);
    }
    for (const edit of batch.edits) addEdit(edit, writtenAt);
    for (const growth of batch.growths ?? []) {
      const edit = findEdit.get(growth.editId);
      if (edit) grow(edit, growth);
    }
    for (const { editId, origin, evidence } of batch.origins) {
      const edit = findEdit.get(editId);
      if (edit) changeOrigin(edit, editId, origin, evidence);
    }
    for (const { editId, chars } of batch.removals) {
      const edit = findEdit.get(editId);
      if (edit) remove(edit, chars);
    }
    for (const row of batch.overwrites ?? []) overwrites.add(row);
    for (const row of batch.followed ?? []) {
      const edit = findEdit.get(row.editId);
      const document = edit && findDocument.get(row.uri);
      if (document) follow(edit.number, document.id, row);
    }
    for (const snapshot of batch.snapshots ?? []) {
      const document = findDocument.get(snapshot.uri);
      if (document) addSnapshot(document.id, snapshot);
    }
    for (const sample of batch.samples ?? []) {
      const edit = findEdit.get(sample.editId);
      if (edit && addSample(edit.number, sample)) retention.add(edit.sumId, sample);
    }
    for (const editId of batch.stopped ?? []) stopFollowing.run(editId);
    for (const row of (batch.samples ?? []).flatMap(stagesOfSample)) stageWrites.set(row);
    for (const row of batch.stages ?? []) stageWrites.set(row);
    stageWrites.settle();
    for (const row of batch.records ?? []) stageWrites.record(row);
    for (const row of batch.tasks ?? []) link(row);
    for (const row of batch.seen ?? []) stageWrites.see(row);
    for (const row of batch.commits ?? []) stageWrites.commit(row);
    for (const { name, count } of batch.drops) addDrop.run(name, count);
    if (batch.receipt) touchWindow(batch.receipt.window, batch.receipt.sequence, writtenAt);
  };
}

function prepareTouchWindow(connection: Connection) {
  const statement = connection
    .prepare<[string, number, number], number>(
      `INSERT INTO windows (name, sequence, written_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE
         SET sequence = max(sequence, excluded.sequence), written_at = excluded.written_at
       RETURNING id`,
    )
    .pluck();
  return (name: string, sequence: number, writtenAt: number) => statement.get(name, sequence, writtenAt)!;
}

function prepareWriteDocument(connection: Connection) {
  const writeDocument = connection
    .prepare<[string, string | null, string, number], number>(
      `INSERT INTO documents (uri, workspace, language_id, written_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (uri) DO UPDATE SET workspace = excluded.workspace, language_id = excluded.language_id,
         written_at = excluded.written_at
       RETURNING id`,
    )
    .pluck();
  const writeSpans = connection.prepare<[number, number, number, number, number, string, string]>(
    `INSERT OR REPLACE INTO spans (document_id, window_id, session, version, text_length, text_hash, spans)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const writeRest = connection.prepare<[number, string, string, string | null]>(
    "INSERT OR REPLACE INTO rests (document_id, outline, ranges, git_mark) VALUES (?, ?, ?, ?)",
  );
  const forgetRest = connection.prepare<[number]>("DELETE FROM rests WHERE document_id = ?");
  return ({ uri, workspace, languageId, spans, rest }: DocumentRow, windowId: number, writtenAt: number) => {
    const id = writeDocument.get(uri, workspace, languageId, writtenAt)!;
    const { session, version, textLength, textHash } = spans;
    writeSpans.run(id, windowId, session, version, textLength, textHash, spans.spans);
    if (rest) writeRest.run(id, rest.outline, rest.ranges, rest.gitMark);
    else forgetRest.run(id);
  };
}

/** Says of a sample whether it is new. */
function prepareAddSample(connection: Connection) {
  const add = connection.prepare<[Record<string, unknown>]>(
    `INSERT INTO samples (edit_number, due_ms, taken_at, arc, inserted_chars, lines_inserted, lines_deleted, four_gram,
       no_revert, late, other_branch)
     VALUES (@number, @dueMs, @takenAt, @arc, @insertedChars, @linesInserted, @linesDeleted, @fourGram, @noRevert, @late,
       @otherBranch)
     ON CONFLICT (edit_number, due_ms) DO NOTHING`,
  );
  const moveOn = connection.prepare<[number, number, number, number]>(
    `UPDATE followed SET next_due_ms = ?, next_due_at = since + ? WHERE edit_number = ? AND next_due_ms <= ?`,
  );
  const stop = connection.prepare<[number]>("DELETE FROM followed WHERE edit_number = ?");
  return (number: number, sample: SampleRow) => {
    const { late, otherBranch, dueMs } = sample;
    const { changes } = add.run({
      ...sample,
      late: Number(late),
      otherBranch: otherBranch === null ? null : Number(otherBranch),
      number,
    });
    const next = sampleTimeAfter(dueMs);
    if (next === undefined) stop.run(number);
    else moveOn.run(next, next, number, dueMs);
    return changes > 0;
  };
}

function prepareFollow(connection: Connection) {
  const insert = connection.prepare<[Record<string, unknown>]>(
    `INSERT INTO followed (edit_number, document_id, since, branch, inserted_chars, pieces, next_due_ms, next_due_at)
     VALUES (@number, @documentId, @since, @branch, @insertedChars, @pieces, @next, @since + @next)
     ON CONFLICT (edit_number) DO UPDATE SET document_id = excluded.document_id`,
  );
  const lastTaken = connection
    .prepare<[number], number>("SELECT max(due_ms) FROM samples WHERE edit_number = ?")
    .pluck();
  return (number: number, documentId: number, row: FollowedRow) => {
    const next = sampleTimeAfter(lastTaken.get(number) ?? -1);
    if (next !== undefined) insert.run({ ...row, number, documentId, next });
  };
}

function prepareAddSnapshot(connection: Connection) {
  const insert = connection.prepare<[Record<string, unknown>]>(
    `INSERT OR REPLACE INTO snapshots (document_id, text_length, text_hash, spans, outline, ranges, git_mark)
     VALUES (@documentId, @textLength, @textHash, @spans, @outline, @ranges, @gitMark)`,
  );
  const limit = connection.prepare<[number, number]>(
    `DELETE FROM snapshots WHERE document_id = ? AND id NOT IN (
       SELECT id FROM snapshots WHERE document_id = ? ORDER BY id DESC LIMIT ${mostSnapshots})`,
  );
  return (documentId: number, { rest, ...row }: SnapshotRow) => {
    insert.run({ ...row, ...rest, documentId });
    limit.run(documentId, documentId);
  };
}

/** Adds to the sums of a key, and says their number. */
export function prepareAddUp(connection: Connection) {
  const statement = connection
    .prepare<[Record<string, unknown>], number>(
      `INSERT INTO sums (day, hour, workspace, language_id, kind, tool, model, mode, edits, inserting_edits, inserted_chars,
         deleted_chars, kept_chars, inserted_squared, kept_squared, inserted_times_kept)
       VALUES (@day, @hour, ifnull(@workspace, ''), @languageId, @kind, ifnull(@tool, ''), ifnull(@model, ''),
         ifnull(@mode, ''), @edits, @insertingEdits, @insertedChars, @deletedChars, @keptChars, @insertedSquared, @keptSquared,
         @insertedTimesKept)
       ON CONFLICT (day, hour, workspace, language_id, kind, tool, model, mode) DO UPDATE SET
         edits = edits + excluded.edits, inserting_edits = inserting_edits + excluded.inserting_edits,
         inserted_chars = inserted_chars + excluded.inserted_chars,
         deleted_chars = deleted_chars + excluded.deleted_chars, kept_chars = kept_chars + excluded.kept_chars,
         inserted_squared = inserted_squared + excluded.inserted_squared,
         kept_squared = kept_squared + excluded.kept_squared,
         inserted_times_kept = inserted_times_kept + excluded.inserted_times_kept
       RETURNING id`,
    )
    .pluck();
  return (key: SumKey, sums: Sums) => statement.get({ ...key, ...sums })!;
}

function prepareChangeSum(connection: Connection) {
  const update = connection
    .prepare<[Record<string, unknown>], number>(
      `UPDATE sums SET edits = edits + @edits, inserting_edits = inserting_edits + @insertingEdits,
         inserted_chars = inserted_chars + @insertedChars,
         deleted_chars = deleted_chars + @deletedChars, kept_chars = kept_chars + @keptChars,
         inserted_squared = inserted_squared + @insertedSquared, kept_squared = kept_squared + @keptSquared,
         inserted_times_kept = inserted_times_kept + @insertedTimesKept
       WHERE id = @id RETURNING edits`,
    )
    .pluck();
  const remove = connection.prepare<[number]>("DELETE FROM sums WHERE id = ?");
  return (id: number, sums: Sums) => {
    if (update.get({ ...sums, id }) === 0) remove.run(id);
  };
}

function prepareAddEvidence(connection: Connection) {
  const statement = connection.prepare<[Record<string, unknown>]>(
    `INSERT INTO evidence (edit_number, source, strength, origin, at)
     SELECT @editNumber, @source, @strength, @origin, @at WHERE NOT EXISTS (
       SELECT 1 FROM evidence WHERE edit_number = @editNumber AND source = @source AND strength = @strength
         AND origin = @origin AND at = @at)`,
  );
  return (editNumber: number, row: EvidenceRow) => statement.run({ ...row, editNumber });
}

function negated(sums: Sums): Sums {
  return {
    edits: -sums.edits,
    insertingEdits: -sums.insertingEdits,
    insertedChars: -sums.insertedChars,
    deletedChars: -sums.deletedChars,
    keptChars: -sums.keptChars,
    insertedSquared: -sums.insertedSquared,
    keptSquared: -sums.keptSquared,
    insertedTimesKept: -sums.insertedTimesKept,
  };
}
