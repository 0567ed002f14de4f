import type { DemoCommit } from "../../core/demo/commits.ts";
import { linesKept } from "../../core/demo/commits.ts";
import type { DemoEdit } from "../../core/demo/history.ts";
import type { DemoRequest } from "../../core/demo/requests.ts";
import { writeSeen } from "../../core/summary/seen.ts";
import type { ToolRequest } from "../../core/tools/toolRecords.ts";
import { requestRow, taskKey } from "../agents/requestRows.ts";
import type { Host } from "../host.ts";
import type { DemoStep } from "../../core/demo/steps.ts";
import type { RequestBatch, TaskEditRow, TaskKey } from "../store/requests.ts";
import type { StepRow } from "../store/steps.ts";
import type { CommitRow, SeenRow, StageRow } from "../store/stages.ts";
import type { OverwriteRow } from "../store/overwrites.ts";
import type { Batch, DocumentRow, EditRow, SampleRow } from "../store/store.ts";

const window = "demonstration";
/** One edit in so many fails before it is made. */
const failedOf = 17;

export interface DemoPlace {
  readonly host: Pick<Host, "now" | "uuid" | "utcOffsetMinutes">;
  readonly hashText: (text: string) => string;
  /** Address of the folder that it all happened in; null for none. */
  readonly workspace: string | null;
}

/** An edit with the identity it has in the store. */
export interface NamedEdit {
  readonly id: string;
  readonly version: number;
  readonly edit: DemoEdit;
}

/** A moment of a local day, at its seconds. */
export function momentOf(host: DemoPlace["host"], day: string, second: number): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + second * 1000;
  return asUtc - host.utcOffsetMinutes(asUtc) * 60_000;
}

export function timeOfEdit(host: DemoPlace["host"], { day, hour, minute }: DemoEdit): number {
  return momentOf(host, day, (hour * 60 + minute) * 60);
}

export function addressOf({ workspace }: DemoPlace, file: string): string {
  return `${workspace ?? "untitled:demo"}/${file}`;
}

/** Edits as they are written. */
export function editBatch(edits: readonly NamedEdit[], place: DemoPlace): Batch {
  const documents = new Map<string, DocumentRow>();
  const [samples, stages, seen]: [SampleRow[], StageRow[], SeenRow[]] = [[], [], []];
  const rows = edits.map(({ id, version, edit }): EditRow => {
    const uri = addressOf(place, edit.file);
    documents.set(uri, documentRow(uri, edit.languageId, place, { version, text: "", spans: noSpans }));
    const at = timeOfEdit(place.host, edit);
    const { insertedChars, deletedChars, keptChars, origin, followed } = edit;
    const ai = origin.kind === "ai" ? origin : undefined;
    const strength = strengthOf(origin.kind);
    if (followed) {
      samples.push(...samplesOf({ id, version, edit }, at, place.host.now()));
      const { saved, committed, accepted, isSeen, problems, repeated, aliveAt30 } = followed;
      stages.push({ editId: id, stage: "problems", outcome: problems });
      if (repeated) stages.push({ editId: id, stage: "repeated", outcome: repeated });
      stages.push({ editId: id, stage: "saved", outcome: saved });
      if (committed) stages.push({ editId: id, stage: "committed", outcome: committed });
      if (aliveAt30) stages.push({ editId: id, stage: "aliveAt30", outcome: aliveAt30 });
      if (accepted) stages.push({ editId: id, stage: "accepted", outcome: accepted });
      if (isSeen) seen.push({ editId: id, seen: writeSeen({ length: keptChars, places: [0, keptChars] }) });
    }
    return {
      ...{ id, uri, at, window, session: 1, version, insertedChars, deletedChars, keptChars },
      utcOffsetMinutes: place.host.utcOffsetMinutes(at),
      origin: {
        kind: origin.kind,
        tool: ai?.tool ?? null,
        model: ai?.model ?? null,
        mode: ai?.mode ?? null,
        strength,
        conflict: false,
      },
      evidence: strength === null ? [] : [{ source: window, strength, origin: JSON.stringify(origin), at }],
    };
  });
  return {
    documents: [...documents.values()],
    ...{ edits: rows, samples, stages, seen, overwrites: overwritesOf(edits) },
    tasks: edits.flatMap(({ id, edit }) => {
      const task = taskOf(edit, place);
      return task ? { editId: id, task } : [];
    }),
    ...{ origins: [], removals: [], drops: [], receipt: undefined },
  };
}

/** What an edit took out is taken to be what is gone of the one before it in the file. */
function overwritesOf(edits: readonly NamedEdit[]): OverwriteRow[] {
  const last = new Map<string, NamedEdit>();
  const minuteOf = ({ edit }: NamedEdit) => edit.hour * 60 + edit.minute;
  return [...edits]
    .sort((one, other) => minuteOf(one) - minuteOf(other) || one.version - other.version)
    .flatMap((own): OverwriteRow[] => {
      const before = last.get(own.edit.file);
      last.set(own.edit.file, own);
      const chars = before
        ? Math.min(own.edit.deletedChars, before.edit.insertedChars - before.edit.keptChars)
        : 0;
      return chars > 0 ? [{ editId: own.id, ofEditId: before!.id, chars }] : [];
    });
}

/** Who owns which part of a document's text. */
export function documentRow(
  uri: string,
  languageId: string,
  { workspace, hashText }: DemoPlace,
  { version, text, spans }: { readonly version: number; readonly text: string; readonly spans: string },
): DocumentRow {
  const textHash = text === "" ? "" : hashText(text);
  return {
    ...{ uri, workspace, languageId },
    spans: { window, session: 1, version, textLength: text.length, textHash, spans },
  };
}

const noSpans = JSON.stringify({ owners: [], runs: [] });

/** Each commit with the lines of its edits, one after the other. */
export function commitRows(
  commits: readonly DemoCommit[],
  edits: readonly NamedEdit[],
  place: DemoPlace & { readonly workspace: string },
): CommitRow[] {
  return commits.map((commit) => {
    const files = new Map<string, CommitRow["files"][number]["ranges"][number][]>();
    for (const index of commit.edits) {
      const { id, edit } = edits[index]!;
      const ranges = files.get(edit.file) ?? [];
      const firstLine = (ranges.at(-1)?.lastLine ?? 0) + 1;
      ranges.push({ firstLine, lastLine: firstLine + linesKept(edit) - 1, editId: id });
      files.set(edit.file, ranges);
    }
    return {
      repository: place.workspace,
      name: place.hashText(`${commit.day} ${commit.second}`),
      at: momentOf(place.host, commit.day, commit.second),
      files: [...files].map(([path, ranges]) => ({ path, ranges })),
      type: typeOfSubject(commit.subject),
    };
  });
}

/** A message that says nothing of the kind leaves it to the files. */
function typeOfSubject(subject: DemoCommit["subject"]): CommitRow["type"] {
  return subject === "unknown" || subject === "revert" ? undefined : subject;
}

/** What the tools recorded of requests, and of the edits in them. */
export function requestBatch(
  requests: readonly DemoRequest[],
  edits: readonly NamedEdit[],
  place: DemoPlace,
): RequestBatch {
  const { host, hashText } = place;
  const options = { hashText, utcOffsetMinutes: (at: number) => host.utcOffsetMinutes(at), prices: [] };
  return {
    requests: requests.map(
      ({ session, origin, day, second, model, tokens, latencyMs, isSubagent }, index) => {
        const request: ToolRequest = {
          ...{ tool: origin.tool!, session, id: `${session} ${index}`, at: momentOf(host, day, second) },
          ...{ model, tokens, latencyMs, isSubagent },
          ...(origin.mode && { mode: origin.mode }),
        };
        const row = requestRow(request, options);
        return { ...row, task: { ...row.task, place: place.workspace } };
      },
    ),
    edits: edits.flatMap(({ id, version, edit }): TaskEditRow[] => {
      const task = taskOf(edit, place);
      if (!task) return [];
      const at = timeOfEdit(host, edit);
      const applied: TaskEditRow = {
        ...{ key: hashText(`edit ${id}`), task, at, uri: addressOf(place, edit.file) },
        utcOffsetMinutes: host.utcOffsetMinutes(at),
        mode: (edit.origin.kind === "ai" ? edit.origin.mode : undefined) ?? null,
        linesAdded: edit.followed?.lines ?? null,
        linesDeleted: 0,
        outcome: "applied",
      };
      // Some go wrong at first: the text that was to be replaced was another by then.
      const failed: TaskEditRow = {
        ...applied,
        ...{ key: hashText(`failed ${id}`), at: at - 20_000, linesAdded: null, outcome: "failed" },
      };
      return version % failedOf === 0 ? [failed, applied] : [applied];
    }),
  };
}

/** What agents are made up to have done besides writing. */
export function stepRows(steps: readonly DemoStep[], { host, hashText, workspace }: DemoPlace): StepRow[] {
  return steps.map(({ session, tool, day, second, kind, subject }, index): StepRow => {
    const at = momentOf(host, day, second);
    return {
      key: hashText(`step ${session} ${day} ${index}`),
      taskKey: taskKey(hashText, { tool, session }),
      ...{ tool, place: workspace, at, utcOffsetMinutes: host.utcOffsetMinutes(at), kind },
      subject: subject === null || kind === "secret" ? subject : hashText(`${kind} ${subject}`),
    };
  });
}

function taskOf({ session, origin }: DemoEdit, { hashText, workspace }: DemoPlace): TaskKey | undefined {
  if (session === undefined || origin.kind !== "ai" || origin.tool === undefined) return undefined;
  const { tool } = origin;
  return { key: taskKey(hashText, { tool, session }), tool, place: workspace };
}

function strengthOf(kind: DemoEdit["origin"]["kind"]): "inferred" | "exact" | null {
  if (kind === "unknown") return null;
  return kind === "human" ? "inferred" : "exact";
}

/** Those that are due by now. */
function samplesOf({ id, edit }: NamedEdit, at: number, now: number): SampleRow[] {
  const { samples, lines } = edit.followed!;
  return samples
    .filter(({ dueMs }) => at + dueMs <= now)
    .map((sample) => ({
      ...sample,
      editId: id,
      takenAt: at + sample.dueMs,
      insertedChars: edit.insertedChars,
      linesInserted: lines,
      linesDeleted: 0,
      otherBranch: null,
    }));
}
