import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import type { FigureRow, HeardRow } from "../../../server/store/figures.ts";
import type { RequestRow, TaskEditRow, TaskKey } from "../../../server/store/requests.ts";
import type {
  Batch,
  DocumentRow,
  EditRow,
  EvidenceRow,
  FollowedRow,
  OriginRow,
  RestRow,
  SampleRow,
  SnapshotRow,
} from "../../../server/store/store.ts";

/** 12:00 UTC on 31 January 2026. */
export const noon = Date.UTC(2026, 0, 31, 12);

export const human: OriginRow = {
  kind: "human",
  tool: null,
  model: null,
  mode: null,
  strength: "inferred",
  conflict: false,
};

export const copilot: OriginRow = {
  kind: "ai",
  tool: "github-copilot",
  model: "gpt-5",
  mode: "agent",
  strength: "exact",
  conflict: false,
};

export const unknown: OriginRow = { ...human, kind: "unknown", strength: null };

export function evidenceOf(change: Partial<EvidenceRow> = {}): EvidenceRow {
  return { source: "keyboard", strength: "inferred", origin: '{"kind":"human"}', at: noon, ...change };
}

export function editOf(change: Partial<EditRow> = {}): EditRow {
  return {
    id: "edit-1",
    uri: "file:///project/a.ts",
    at: noon,
    utcOffsetMinutes: 0,
    window: "window-1",
    session: 1,
    version: 2,
    insertedChars: 10,
    deletedChars: 3,
    keptChars: 10,
    origin: human,
    evidence: [evidenceOf()],
    ...change,
  };
}

export function sampleOf(change: Partial<SampleRow> = {}): SampleRow {
  return {
    editId: "edit-1",
    dueMs: 0,
    takenAt: noon,
    arc: 10,
    insertedChars: 10,
    linesInserted: 1,
    linesDeleted: 0,
    fourGram: 1,
    noRevert: 1,
    late: false,
    otherBranch: null,
    ...change,
  };
}

export const atRest: RestRow = { outline: '["h",[10],"0"]', ranges: '{"edit-1":[[0,10]]}', gitMark: null };

export function followedOf(change: Partial<FollowedRow> = {}): FollowedRow {
  return {
    editId: "edit-1",
    uri: "file:///project/a.ts",
    since: noon,
    branch: null,
    insertedChars: 10,
    pieces: "[]",
    ...change,
  };
}

export function snapshotOf(change: Partial<SnapshotRow> = {}): SnapshotRow {
  return {
    uri: "file:///project/a.ts",
    textLength: 10,
    textHash: "hash",
    spans: '[[10,"edit-1"]]',
    rest: atRest,
    ...change,
  };
}

export function documentOf(change: Partial<Omit<DocumentRow, "spans">> & Partial<DocumentRow["spans"]> = {}) {
  const { uri, workspace, languageId, ...spans } = change;
  return {
    uri: uri ?? "file:///project/a.ts",
    workspace: workspace === undefined ? "file:///project" : workspace,
    languageId: languageId ?? "typescript",
    spans: {
      window: "window-1",
      session: 1,
      version: 2,
      textLength: 10,
      textHash: "hash",
      spans: '[[10,"edit-1"]]',
      ...spans,
    },
  } satisfies DocumentRow;
}

export function batchOf(change: Partial<Batch> = {}): Batch {
  return { documents: [], edits: [], origins: [], removals: [], drops: [], receipt: undefined, ...change };
}

/** A batch of edits of one document, each of a version of its own. */
export function editsBatch(...edits: readonly Partial<EditRow>[]): Batch {
  return batchOf({
    documents: [documentOf()],
    edits: edits.map((edit, index) => editOf({ id: `edit-${index + 1}`, version: index + 2, ...edit })),
  });
}

export function taskOf(change: Partial<TaskKey> = {}): TaskKey {
  return { key: "task-1", tool: "claude-code", place: "file:///project", ...change };
}

export function requestOf(change: Partial<RequestRow> = {}): RequestRow {
  return {
    key: "request-1",
    task: taskOf(),
    at: noon,
    utcOffsetMinutes: 0,
    model: "model-a",
    mode: "agent",
    input: 100,
    output: 20,
    cacheRead: 1000,
    cacheWrite: 50,
    cacheWriteLong: 10,
    reasoning: 5,
    latencyMs: 2000,
    costNano: 3_000_000,
    priceVersion: "list 1",
    billedNano: null,
    currency: null,
    subagent: false,
    isSum: false,
    ...change,
  };
}

export function taskEditOf(change: Partial<TaskEditRow> = {}): TaskEditRow {
  return {
    key: "task-edit-1",
    task: taskOf(),
    at: noon,
    utcOffsetMinutes: 0,
    uri: "file:///project/src/a.ts",
    mode: "agent",
    linesAdded: 3,
    linesDeleted: 1,
    outcome: "applied",
    ...change,
  };
}

export function figureOf(change: Partial<FigureRow> = {}): FigureRow {
  return {
    day: "2026-01-31",
    tool: "github-copilot",
    measure: "fourGram",
    detail: "300000",
    count: 2,
    total: 1.5,
    ...change,
  };
}

export function allowanceOf(change: Partial<AllowanceWindow> = {}): AllowanceWindow {
  return {
    tool: "codex",
    windowMinutes: 300,
    usedShare: 0.25,
    resetsAt: noon + 60_000,
    readAt: noon,
    ...change,
  };
}

export function heardOf(change: Partial<HeardRow & { readonly isAll: boolean }> = {}) {
  return {
    tool: "codex",
    way: "log" as const,
    at: noon,
    taken: 9,
    notUnderstood: 1,
    isAll: false,
    ...change,
  };
}
