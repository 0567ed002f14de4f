import { evidenceFromObservation } from "../../core/origin/evidence.ts";
import { originKey } from "../../core/origin/originKey.ts";
import { recordAtOf, writeRecordAt } from "../../core/provenance/recordAt.ts";
import { sampleTimeAfter } from "../../core/retention/sampleTimes.ts";
import {
  isLabelled,
  labelledOrigin,
  labelSource,
  withdrawnSource,
} from "../../core/provenance/provenanceLabel.ts";
import type { Run } from "../../core/spans/spans.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Evidence, Origin } from "../../protocol/origin.ts";
import type { Saying } from "../../protocol/provenance.ts";
import { taskKey } from "../agents/requestRows.ts";
import type { Hashes } from "../deviceKey.ts";
import type { FollowedChange } from "./gap.ts";
import { editRowOf, evidenceOfRow, evidenceRow, originRow, type NewEdit, type Place } from "./newEdit.ts";
import { keyOfGone, keyOfPart, overwritesIn } from "./overwritten.ts";
import type { AppliedChange } from "./openDocument.ts";
import type { TaskKey } from "../store/requests.ts";
import type { StageRow } from "../store/stages.ts";
import type {
  Batch,
  DocumentRow,
  DueRow,
  EditRow,
  FollowedRow,
  GrowthRow,
  OriginRow,
  SampleRow,
  SnapshotRow,
} from "../store/store.ts";

/** A tool's session. */
interface Session {
  readonly tool: string;
  readonly session: string;
}

export interface NewsOptions {
  readonly hashes: Pick<Hashes, "text">;
  readonly window: string;
  readonly utcOffsetMinutes: (at: number) => number;
}

/** What happened since the last transaction. Stays until a transaction took it. */
export class News {
  readonly #options: NewsOptions;
  readonly #edits = new Map<string, NewEdit>();
  readonly #editsById = new Map<string, NewEdit>();
  /** What each change took out, by the id of the change. */
  readonly #removed = new Map<string, readonly Run[]>();
  readonly #growths = new Map<string, GrowthRow>();
  readonly #documents = new Map<string, DocumentRow>();
  readonly #drops = new Map<string, number>();
  #origins: Batch["origins"][number][] = [];
  #samples: SampleRow[] = [];
  #followed: FollowedRow[] = [];
  #snapshots: SnapshotRow[] = [];
  #stopped: string[] = [];
  #stages: StageRow[] = [];
  readonly #records = new Map<string, string>();
  readonly #tasks = new Map<string, TaskKey>();
  #sequence: number | undefined;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  get any(): boolean {
    return (
      this.#edits.size > 0 ||
      this.#removed.size > 0 ||
      this.#growths.size > 0 ||
      this.#documents.size > 0 ||
      this.#drops.size > 0 ||
      this.#origins.length > 0 ||
      this.#samples.length > 0 ||
      this.#followed.length > 0 ||
      this.#snapshots.length > 0 ||
      this.#stopped.length > 0 ||
      this.#stages.length > 0 ||
      this.#tasks.size > 0 ||
      this.#sequence !== undefined
    );
  }

  addEdit(made: {
    readonly id: string;
    readonly document: Place;
    readonly version: number;
    readonly at: number;
    readonly applied: Pick<AppliedChange, "texts" | "insertedChars" | "deletedChars" | "removed">;
    /** Where less than all of it was there when it was recorded. */
    readonly keptChars?: number;
    /** Where it was made in no window. */
    readonly window?: string;
  }): NewEdit {
    const { id, document, version, at, applied, keptChars = applied.insertedChars } = made;
    this.#removed.set(id, applied.removed);
    const edit: NewEdit = {
      id,
      uri: document.uri,
      session: document.session,
      version,
      at,
      utcOffsetMinutes: this.#options.utcOffsetMinutes(at),
      texts: applied.texts,
      insertedChars: applied.insertedChars,
      deletedChars: applied.deletedChars,
      keptChars,
      window: made.window ?? this.#options.window,
      evidence: [],
    };
    this.#add(edit);
    return edit;
  }

  /** What is gone from a text though no change that was seen took it out. */
  addGone(uri: string, session: number, removed: readonly Run[]): void {
    if (removed.length > 0) this.#removed.set(keyOfGone(keyOf(uri, session, 0)), removed);
  }

  /** What a change of an edit that goes on took out. Of the edit's own text, `grow` tells what is left. */
  addRemoved(id: string, version: number, removed: readonly Run[]): void {
    const ofOthers = removed.filter(({ owner }) => owner !== id);
    if (ofOthers.length > 0) this.#removed.set(keyOfPart(id, version), ofOthers);
  }

  /** An edit that was streamed on, written or not: its numbers are these now. */
  grow({ editId, ...numbers }: GrowthRow): void {
    const fresh = this.#editsById.get(editId);
    if (fresh) this.#add({ ...fresh, ...numbers });
    else this.#growths.set(editId, { editId, ...numbers });
  }

  /** What was taken out of an edit's text since the last transaction. */
  removedOf(id: string): number {
    const removed = [...this.#removed.values()]
      .flat()
      .filter(({ owner, restored }) => owner === id && !restored);
    return removed.reduce((sum, { length }) => sum + length, 0);
  }

  /** A change of which only offsets are known. */
  addMissedEdit(document: Place, observation: Observation, { id, removed, followed }: FollowedChange): void {
    this.#removed.set(id, removed);
    if (observation.reason !== undefined) return;
    const insertedChars = observation.changes.reduce(
      (total, { insertedLength }) => total + insertedLength,
      0,
    );
    const edit: NewEdit = {
      id,
      uri: document.uri,
      session: document.session,
      version: observation.version,
      at: observation.at,
      utcOffsetMinutes: observation.utcOffsetMinutes,
      texts: unknownTexts(observation),
      insertedChars,
      deletedChars: observation.changes.reduce((total, { deletedLength }) => total + deletedLength, 0),
      keptChars: followed ? insertedChars : 0,
      window: this.#options.window,
      evidence: [],
    };
    this.#add(edit);
    this.addEvidence(edit, observation);
  }

  edit(uri: string, session: number, version: number): NewEdit | undefined {
    return this.#edits.get(keyOf(uri, session, version));
  }

  /** `pastedFrom` is who wrote the text, where it is known to have stood elsewhere. */
  addEvidence(edit: NewEdit, observation: Observation, pastedFrom?: Origin): void {
    const change = { texts: edit.texts, ...(pastedFrom && { pastedFrom }) };
    edit.evidence.push(...evidenceFromObservation(observation, change));
    this.#noteRecord(edit.id, observation);
  }

  /** Evidence for an edit that is in the store already. */
  sharpen(stored: EditRow, observation: Observation): void {
    this.#addLate(stored, evidenceFromObservation(observation, { texts: unknownTexts(observation) }));
    this.#noteRecord(stored.id, observation);
  }

  /** What the person says of an edit, in the store or not. False where there is no such edit, or nothing to withdraw. */
  label(id: string, label: Saying, at: number, readStored: (id: string) => EditRow | undefined): boolean {
    const say = (edit: { readonly at: number }, evidence: readonly Evidence[]): Evidence => ({
      source: label === "withdrawn" ? withdrawnSource : labelSource,
      strength: "labelled",
      origin: labelledOrigin(label, edit, evidence),
      at,
    });
    const fresh = this.#editsById.get(id);
    const stored = fresh ? undefined : readStored(id);
    const edit = fresh ?? stored;
    if (!edit) return false;
    const known = fresh ? fresh.evidence : this.#withLate(stored!).evidence.map(evidenceOfRow);
    if (label === "withdrawn" && !isLabelled(edit, known)) return false;
    const said = say(edit, known);
    if (fresh) fresh.evidence.push(said);
    else this.#addLate(stored!, [said]);
    return true;
  }

  /** What a tool's own record says of an edit, in the store or not. Said again, it is said once. */
  attest(
    id: string,
    said: {
      readonly evidence: readonly Evidence[];
      readonly recordAt: string | undefined;
      /** The tool's session that made the edit. */
      readonly by: Session;
    },
    readStored: (id: string) => EditRow | undefined,
  ): void {
    const fresh = this.#editsById.get(id);
    const stored = fresh ? undefined : readStored(id);
    if (!fresh && !stored) return;
    const known = fresh ? fresh.evidence : this.#withLate(stored!).evidence.map(evidenceOfRow);
    const isNew = ({ source, origin }: Evidence) =>
      !known.some((one) => one.source === source && originKey(one.origin) === originKey(origin));
    const evidence = said.evidence.filter(isNew);
    if (fresh) fresh.evidence.push(...evidence);
    else this.#addLate(stored!, evidence);
    this.noteRecordAt(id, said.recordAt);
    this.#noteTask(id, said.by);
  }

  /** Where a tool keeps its own record of an edit. */
  noteRecordAt(id: string, recordAt: string | undefined): void {
    if (recordAt !== undefined) this.#records.set(id, recordAt);
  }

  /** An edit as it is known by now, whether it is in the store or not. */
  known(id: string, readStored: (id: string) => EditRow | undefined): EditRow | undefined {
    const fresh = this.#editsById.get(id);
    if (fresh) return editRowOf(fresh, fresh.keptChars);
    const stored = readStored(id);
    return stored && this.#withLate(stored);
  }

  /** The origins of edits as they are known by now. What is not known here is read. */
  origins(
    ids: readonly string[],
    readStored: (ids: readonly string[]) => Map<string, OriginRow>,
  ): Map<string, OriginRow> {
    const origins = readStored(ids.filter((id) => !this.#editsById.has(id)));
    for (const { editId, origin } of this.#origins) if (origins.has(editId)) origins.set(editId, origin);
    for (const id of ids) {
      const fresh = this.#editsById.get(id);
      if (fresh) origins.set(id, originRow(fresh, fresh.evidence));
    }
    return origins;
  }

  /** An undo or redo is nobody's edit; what it took out is out all the same. */
  dropEdit(edit: NewEdit): void {
    this.#edits.delete(keyOf(edit.uri, edit.session, edit.version));
    this.#editsById.delete(edit.id);
  }

  /** Gives up edits made until a moment, and documents of which nothing is left. Says how many edits. */
  giveUp(until: number, isStored: (uri: string) => boolean): number {
    const lost = [...this.#edits.values()].filter(({ at }) => at <= until);
    for (const edit of lost) this.dropEdit(edit);
    for (const uri of [...this.#documents.keys()]) {
      if (!this.hasEditOf(uri) && !isStored(uri)) this.#documents.delete(uri);
    }
    this.#snapshots = [];
    return lost.length;
  }

  hasEditOf(uri: string): boolean {
    return [...this.#edits.values()].some((edit) => edit.uri === uri);
  }

  document(uri: string): DocumentRow | undefined {
    return this.#documents.get(uri);
  }

  addDocument(row: DocumentRow): void {
    this.#documents.set(row.uri, row);
  }

  addSample(sample: SampleRow): void {
    this.#samples.push(sample);
  }

  /** From now on the edit is sampled, be its document open or not. */
  addFollowed(row: FollowedRow): void {
    this.#followed.push(row);
  }

  /** The person discarded what was written; what is gone of it is rejected. */
  reject(owners: Iterable<string | undefined>, isGone: (owner: string) => boolean): void {
    for (const editId of new Set(owners)) {
      if (editId === undefined || !isGone(editId)) continue;
      this.#stages.push({ editId, stage: "accepted", outcome: "rejected" });
    }
  }

  /** No more samples of it can be taken. */
  stopFollowing(editId: string): void {
    this.#stopped.push(editId);
  }

  get hasSamples(): boolean {
    return this.#samples.length > 0 || this.#stopped.length > 0;
  }

  /** The edits whose text lies in a document, with what is not written yet. */
  followedOf(uri: string, stored: readonly DueRow[]): DueRow[] {
    const fresh = this.#followed.filter((row) => row.uri === uri).map((row) => ({ ...row, nextDueMs: 0 }));
    const rows = new Map([...stored, ...fresh].map((row) => [row.editId, row]));
    for (const { editId, dueMs } of this.#samples) {
      const row = rows.get(editId);
      if (!row || row.nextDueMs > dueMs) continue;
      const nextDueMs = sampleTimeAfter(dueMs);
      if (nextDueMs === undefined) rows.delete(editId);
      else rows.set(editId, { ...row, nextDueMs });
    }
    return [...rows.values()];
  }

  addSnapshot(row: SnapshotRow): void {
    this.#snapshots.push(row);
  }

  snapshotsOf(uri: string): SnapshotRow[] {
    return this.#snapshots.filter((row) => row.uri === uri).reverse();
  }

  addDrop(name: string, count: number): void {
    this.#drops.set(name, (this.#drops.get(name) ?? 0) + count);
  }

  noteSequence(sequence: number): void {
    this.#sequence = sequence;
  }

  /** Everything since the last transaction, with the rows of the documents that are open. */
  batch(openDocuments: readonly DocumentRow[], committableSequence: number): Batch | undefined {
    if (!this.any && openDocuments.length === 0) return undefined;
    const removedByOwner = new Map<string, number>();
    for (const { owner, length, restored } of [...this.#removed.values()].flat()) {
      if (owner !== undefined && !restored)
        removedByOwner.set(owner, (removedByOwner.get(owner) ?? 0) + length);
    }
    const edits = [...this.#edits.values()].map((edit) => {
      const removed = removedByOwner.get(edit.id) ?? 0;
      removedByOwner.delete(edit.id);
      return editRowOf(edit, Math.max(0, edit.keptChars - removed));
    });
    const documents = new Map(this.#documents);
    for (const row of openDocuments) documents.set(row.uri, row);
    return {
      documents: [...documents.values()],
      edits,
      growths: [...this.#growths.values()],
      origins: this.#origins,
      removals: [...removedByOwner].map(([editId, chars]) => ({ editId, chars })),
      overwrites: overwritesIn(this.#removed),
      followed: this.#followed,
      snapshots: this.#snapshots,
      stopped: this.#stopped,
      stages: this.#stages,
      samples: this.#samples,
      records: [...this.#records].map(([editId, recordAt]) => ({ editId, recordAt })),
      tasks: [...this.#tasks].map(([editId, task]) => ({ editId, task })),
      drops: [...this.#drops].map(([name, count]) => ({ name, count })),
      receipt:
        this.#sequence === undefined
          ? undefined
          : { window: this.#options.window, sequence: committableSequence },
    };
  }

  clear(): void {
    this.#edits.clear();
    this.#editsById.clear();
    this.#removed.clear();
    this.#growths.clear();
    this.#documents.clear();
    this.#drops.clear();
    this.#records.clear();
    this.#tasks.clear();
    this.#origins = [];
    this.#samples = [];
    this.#followed = [];
    this.#snapshots = [];
    this.#stopped = [];
    this.#stages = [];
    this.#sequence = undefined;
  }

  /** Where the tool's own record is. */
  #noteRecord(editId: string, observation: Observation): void {
    const record = recordAtOf(observation);
    if (!record) return;
    this.#records.set(editId, writeRecordAt(record));
    const { tool, session } = record;
    this.#noteTask(editId, { tool: tool === "copilot-chat" ? "github-copilot" : tool, session });
  }

  #noteTask(editId: string, by: Session): void {
    const key = taskKey((text) => this.#options.hashes.text(text), by);
    this.#tasks.set(editId, { key, tool: by.tool, place: null });
  }

  #add(edit: NewEdit): void {
    this.#edits.set(keyOf(edit.uri, edit.session, edit.version), edit);
    this.#editsById.set(edit.id, edit);
  }

  #addLate(stored: EditRow, evidence: readonly Evidence[]): void {
    if (evidence.length === 0) return;
    const all = [...this.#withLate(stored).evidence.map(evidenceOfRow), ...evidence];
    this.#origins.push({
      editId: stored.id,
      origin: originRow(stored, all),
      evidence: evidence.map(evidenceRow),
    });
  }

  /** A stored edit with the evidence that came since it was read. */
  #withLate(stored: EditRow): EditRow {
    const late = this.#origins.filter(({ editId }) => editId === stored.id);
    const { insertedChars, deletedChars, keptChars } = this.#growths.get(stored.id) ?? stored;
    const evidence = [...stored.evidence, ...late.flatMap((each) => each.evidence)];
    const origin = late.at(-1)?.origin ?? stored.origin;
    return { ...stored, insertedChars, deletedChars, keptChars, origin, evidence };
  }
}

function keyOf(uri: string, session: number, version: number): string {
  return `${session} ${version} ${uri}`;
}

/** Longer than anything a key types or takes out. */
const longestUnknown = 1000;

/** Lengths are known and texts are not: enough to tell a typed character from anything longer. */
function unknownTexts({ changes }: Observation): AppliedChange["texts"] {
  return changes.map(({ deletedLength, insertedLength }) => ({
    deleted: "\uFFFD".repeat(Math.min(deletedLength, longestUnknown)),
    inserted: "\uFFFD".repeat(Math.min(insertedLength, longestUnknown)),
  }));
}
