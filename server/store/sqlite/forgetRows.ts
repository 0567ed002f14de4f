import { toCompact } from "../../../core/spans/compactSpans.ts";
import { localDay } from "../../../core/day.ts";
import { disown } from "../../../core/spans/disown.ts";
import {
  isForgotten,
  isNoteForgotten,
  isWholeRepository,
  sumFate,
  toolOf,
} from "../../../core/forgetting.ts";
import type { Spans } from "../../../core/spans/spans.ts";
import type { Forgotten, ForgetScope } from "../../../protocol/forget.ts";
import { originSchema, type OriginKind } from "../../../protocol/origin.ts";
import { spansOfRow } from "../../edits/gap.ts";
import { forgetTips } from "./coaching.ts";
import { forgetFigures } from "./figures.ts";
import { forgetSteps } from "./steps.ts";
import { forgetRequests } from "./forgetRequests.ts";
import { forgetCommits } from "./forgetStages.ts";
import { prepareSumsOfEdits, type SumsOfEdits } from "./sumsOfEdits.ts";
import type { Connection } from "./open.ts";

/** What stays when everything is forgotten: who looks after the database, and how often something was forgotten. */
const keptTables = new Set(["leases", "marks"]);
/** Marks that say nothing of what was recorded. */
const keptMarks = ["revision", "forgets", "forgottenAt", "uncleaned"];

/** Counts what there is. */
export function countEverything(connection: Connection): Forgotten {
  const count = (table: string) =>
    connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()!;
  return {
    edits: count("edits"),
    evidence: count("evidence"),
    samples: count("samples"),
    documents: count("documents"),
    requests: count("requests"),
    sums: count("sums"),
    undivided: 0,
  };
}

/** Empties every table, those of later formats too. To be called inside a writing transaction. */
export function forgetAllRows(connection: Connection): Forgotten {
  const forgotten = countEverything(connection);
  const tables = connection
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence')",
    )
    .pluck()
    .all();
  connection.pragma("defer_foreign_keys = ON");
  for (const table of tables) if (!keptTables.has(table)) connection.exec(`DELETE FROM ${table}`);
  connection.exec(`DELETE FROM marks WHERE name NOT IN (${keptMarks.map((name) => `'${name}'`).join(", ")})`);
  return forgotten;
}

interface FoundEdit {
  number: number;
  documentId: number;
  sumId: number;
  at: number;
  utcOffsetMinutes: number;
  kind: OriginKind;
  tool: string | null;
  uri: string;
  workspace: string | null;
  sumWorkspace: string | null;
}

/**
 * Deletes what is in a scope, and makes again the sums and spans that held some of it. To be called inside a writing
 * transaction: all of it or nothing.
 */
export function forgetRows(connection: Connection, scope: ForgetScope): Forgotten {
  const before = countEverything(connection);
  const edits = findEdits(connection, scope);
  if (scope.tool !== null) forgetEvidence(connection, scope, edits);
  forgetCommits(connection, scope, edits);
  forgetTips(connection, scope);
  forgetFigures(connection, scope);
  forgetSteps(connection, scope);
  const requests = forgetRequests(connection, scope, edits);
  const deleteEdit = connection.prepare<[number]>("DELETE FROM edits WHERE number = ?");
  for (const { number } of edits) deleteEdit.run(number);
  const { sums, undivided } = forgetSums(connection, scope, edits);
  forgetDocuments(connection, scope, edits);
  forgetNotes(connection, scope);
  const after = countEverything(connection);
  return {
    edits: edits.length,
    evidence: before.evidence - after.evidence,
    samples: before.samples - after.samples,
    documents: before.documents - after.documents,
    requests,
    sums,
    undivided,
  };
}

function findEdits(connection: Connection, scope: ForgetScope): FoundEdit[] {
  return allEdits(connection).filter((edit) => isInScope(edit, scope));
}

function allEdits(connection: Connection): FoundEdit[] {
  return connection
    .prepare<[], FoundEdit>(
      `SELECT number, document_id AS documentId, sum_id AS sumId, at, utc_offset_minutes AS utcOffsetMinutes,
         edits.kind, edits.tool, uri, documents.workspace, nullif(sums.workspace, '') AS sumWorkspace
       FROM edits JOIN documents ON documents.id = document_id LEFT JOIN sums ON sums.id = sum_id`,
    )
    .all();
}

function isInScope(edit: FoundEdit, scope: ForgetScope): boolean {
  const { kind, tool, uri, workspace, sumWorkspace } = edit;
  return isForgotten({ day: localDay(edit).day, kind, tool }, [uri, workspace, sumWorkspace], scope);
}

/** Another's edit may have evidence that names the tool. */
function forgetEvidence(
  connection: Connection,
  scope: ForgetScope,
  forgottenEdits: readonly FoundEdit[],
): void {
  const gone = new Set(forgottenEdits.map(({ number }) => number));
  const others = new Map(
    allEdits(connection)
      .filter((edit) => !gone.has(edit.number) && isInScope(edit, { ...scope, tool: null }))
      .map((edit) => [edit.number, edit]),
  );
  const remove = connection.prepare<[number]>("DELETE FROM evidence WHERE id = ?");
  const found = connection
    .prepare<[], { id: number; editNumber: number; origin: string }>(
      "SELECT id, edit_number AS editNumber, origin FROM evidence WHERE json_extract(origin, '$.kind') = 'ai'",
    )
    .all();
  for (const { id, editNumber, origin } of found) {
    if (others.has(editNumber) && toolOfText(origin) === scope.tool) remove.run(id);
  }
}

function toolOfText(origin: string): string | undefined {
  const parsed = originSchema.safeParse(JSON.parse(origin));
  if (!parsed.success || parsed.data.kind !== "ai") return undefined;
  return toolOf({ kind: "ai", tool: parsed.data.tool ?? null });
}

interface FoundSum {
  id: number;
  day: string;
  workspace: string | null;
  kind: OriginKind;
  tool: string | null;
  edits: number;
}

/** Sums that cannot be divided become the sums of the single edits that are left. */
function forgetSums(
  connection: Connection,
  scope: ForgetScope,
  forgottenEdits: readonly FoundEdit[],
): Pick<Forgotten, "sums" | "undivided"> {
  const lost = new Map<number, number>();
  for (const { sumId } of forgottenEdits) lost.set(sumId, (lost.get(sumId) ?? 0) + 1);
  const all = connection
    .prepare<[], FoundSum>(
      `SELECT id, day, nullif(workspace, '') AS workspace, kind, nullif(tool, '') AS tool, edits FROM sums`,
    )
    .all();
  const remove = connection.prepare<[number]>("DELETE FROM sums WHERE id = ?");
  let sumsOfEdits: SumsOfEdits | undefined;
  let sums = 0;
  let undivided = 0;
  for (const sum of all) {
    const fate = sumFate(sum, scope);
    const lostEdits = lost.get(sum.id) ?? 0;
    if (fate === "whole") {
      sums += remove.run(sum.id).changes;
    } else if (fate === "part" || lostEdits > 0) {
      sumsOfEdits ??= prepareSumsOfEdits(connection);
      const left = sumsOfEdits.countOf(sum.id);
      if (left < sum.edits) sums++;
      if (left < sum.edits - lostEdits) undivided++;
      if (left < sum.edits) sumsOfEdits.makeAgain(sum.id);
    }
  }
  return { sums, undivided };
}

function forgetDocuments(
  connection: Connection,
  scope: ForgetScope,
  forgottenEdits: readonly FoundEdit[],
): void {
  const ids = new Set(forgottenEdits.map(({ documentId }) => documentId));
  if (isWholeRepository(scope)) {
    const documents = connection
      .prepare<[], { id: number; uri: string; workspace: string | null }>(
        "SELECT id, uri, workspace FROM documents",
      )
      .all();
    const made = { day: "", kind: "unknown", tool: null } as const;
    for (const { id, uri, workspace } of documents)
      if (isForgotten(made, [uri, workspace], scope)) ids.add(id);
  }
  const deleteUnused = connection.prepare<[number]>(
    "DELETE FROM documents WHERE id = ? AND NOT EXISTS (SELECT 1 FROM edits WHERE document_id = documents.id)",
  );
  const disownSpans = prepareDisown(connection);
  for (const id of ids) if (deleteUnused.run(id).changes === 0) disownSpans(id);
}

function forgetNotes(connection: Connection, scope: ForgetScope): void {
  const names = connection.prepare<[], string>("SELECT name FROM notes").pluck().all();
  const remove = connection.prepare<[string]>("DELETE FROM notes WHERE name = ?");
  for (const name of names) if (isNoteForgotten(name, scope)) remove.run(name);
}

/** What belonged to an edit that is gone belongs to nobody, in the texts a document had before too. */
function prepareDisown(connection: Connection): (documentId: number) => void {
  const known = connection
    .prepare<[string], string>(
      "SELECT edits.id FROM json_each(?) AS wanted CROSS JOIN edits ON edits.id = wanted.value",
    )
    .pluck();
  const disownIn = (table: string) => {
    const read = connection.prepare<[number], { row: number; spans: string }>(
      `SELECT rowid AS row, spans FROM ${table} WHERE document_id = ?`,
    );
    const write = connection.prepare<[string, number]>(`UPDATE ${table} SET spans = ? WHERE rowid = ?`);
    const remove = connection.prepare<[number]>(`DELETE FROM ${table} WHERE rowid = ?`);
    return (documentId: number) => {
      for (const stored of read.all(documentId)) {
        const spans = spansIfSound(stored.spans);
        if (!spans) {
          remove.run(stored.row);
          continue;
        }
        const ids = new Set(known.all(JSON.stringify(spans.owners())));
        write.run(JSON.stringify(toCompact(disown(spans, (owner) => ids.has(owner)))), stored.row);
      }
    };
  };
  const forgetRangesIn = (table: string) => {
    const update = connection.prepare<[number]>(
      `UPDATE ${table} SET ranges = (SELECT json_group_object(key, json(value)) FROM json_each(ranges)
         WHERE key IN (SELECT id FROM edits)) WHERE document_id = ?`,
    );
    return (documentId: number) => void update.run(documentId);
  };
  const places = [...["spans", "snapshots"].map(disownIn), ...["rests", "snapshots"].map(forgetRangesIn)];
  return (documentId) => places.forEach((disownAll) => disownAll(documentId));
}

/** A stored text that was damaged makes no spans, and must not keep anything from being deleted. */
function spansIfSound(stored: string): Spans | undefined {
  try {
    return spansOfRow({ spans: stored }, undefined);
  } catch {
    return undefined;
  }
}
