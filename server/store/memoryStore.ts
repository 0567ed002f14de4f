import { withoutRepeats } from "./memoryEvidence.ts";
import { pruneUnused, refuseUnknownDocuments } from "./memoryPruning.ts";
import { MemorySnapshots } from "./memorySnapshots.ts";
import { keptAfter, sumKeyOfEdit, sumOriginOf, sumsOfEdit, sumsOfGrowth, sumsOfRemoval } from "./sums.ts";
import { isEverything, isNoteForgotten } from "../../core/forgetting.ts";
import {
  countsOf,
  editsInScope,
  evidenceWithoutTool,
  fewer,
  forgetSums,
  isDocumentInScope,
  withoutOwners,
} from "./memoryForgetting.ts";
import { rowsOf } from "./memoryExport.ts";
import type { ExportThing } from "../../protocol/export.ts";
import type { Forgotten, ForgetScope } from "../../protocol/forget.ts";
import type { Problem } from "../../protocol/errors.ts";
import { addSample, dueUntil, follow } from "./memoryFollowing.ts";
import { MemoryCoaching } from "./memoryCoaching.ts";
import { MemoryOverwrites } from "./memoryOverwrites.ts";
import { MemoryFigures } from "./memoryFigures.ts";
import { MemoryRequests } from "./memoryRequests.ts";
import { MemoryStages } from "./memoryStages.ts";
import { MemorySync } from "./memorySync.ts";
import { addUp, change, daysOf, isCounted, keyText, sumsIn, versionText } from "./memorySums.ts";
import type { StoredEdit, Sum } from "./memorySums.ts";
import { editsBehind, undoneEdits, type BehindRow } from "./behind.ts";
import type { RetentionDay, RetentionRange, RetentionRow } from "./retention.ts";
import { changesOfEdit } from "./requests.ts";
import type { FunnelRow } from "./stages.ts";
import type {
  Batch,
  DocumentRow,
  DueRow,
  EditRow,
  EvidenceRow,
  Forgetting,
  GrowthRow,
  Limits,
  NumberedRow,
  OriginRow,
  RowsRange,
  SampleRow,
  SnapshotRow,
  Store,
  SumRow,
  SumsRange,
  VersionKey,
  Written,
} from "./store.ts";

/** The store of tests, and of a session whose database cannot be opened. It lasts as long as the process. */
export class MemoryStore implements Store {
  readonly kind = "memory";
  readonly problems: readonly Problem[];
  readonly #now: () => number;
  readonly #documents = new Map<string, { readonly row: DocumentRow; readonly writtenAt: number }>();
  readonly #snapshots = new MemorySnapshots();
  readonly #windows = new Map<string, { readonly sequence: number; readonly writtenAt: number }>();
  readonly #editsById = new Map<string, StoredEdit>();
  readonly #editsByVersion = new Map<string, StoredEdit>();
  readonly #sums = new Map<string, Sum>();
  readonly #overwrites = new MemoryOverwrites(this.#sums, this.#editsById);
  readonly #drops = new Map<string, number>();
  readonly #notes = new Map<string, string>();
  readonly #stages = new MemoryStages();
  readonly sync = new MemorySync({
    now: () => this.#now(),
    editOf: (id) => this.#editsById.get(id)?.row,
    workspaceOf: (uri) => this.#documents.get(uri)?.row.workspace ?? null,
    drop: (name, count) => this.#drop(name, count),
    waitingRequests: (keys) => this.requests.waiting(keys),
    stagesOf: (editId) => this.readStages(editId),
  });
  readonly #wrote = () => void (this.#revision += 1);
  readonly coaching = new MemoryCoaching(
    this.#editsById,
    this.#documents,
    this.#stages,
    this.#wrote,
    (...tip) => this.sync.queueTip(...tip),
  );
  requests = new MemoryRequests(this.#wrote, (row) => this.sync.queueRequest(row));
  figures = new MemoryFigures(this.#wrote);
  #revision = 0;

  constructor({ now, problems = [] }: { now: () => number; problems?: readonly Problem[] }) {
    this.#now = now;
    this.problems = problems;
  }

  write(batch: Batch): Written {
    refuseUnknownDocuments(batch, this.#documents);
    for (const row of batch.documents) {
      this.#documents.set(row.uri, { row, writtenAt: this.#now() });
      this.#touchWindow(row.spans.window, 0);
    }
    for (const edit of batch.edits) this.#addEdit(edit);
    for (const { editId, ...numbers } of batch.growths ?? []) {
      const edit = this.#editsById.get(editId);
      if (edit) this.#grow(edit, numbers);
    }
    for (const { editId, origin, evidence } of batch.origins) {
      const edit = this.#editsById.get(editId);
      if (edit) this.#changeOrigin(edit, origin, evidence);
    }
    for (const { editId, chars } of batch.removals) {
      const edit = this.#editsById.get(editId);
      if (edit) this.#remove(edit, chars);
    }
    for (const row of batch.overwrites ?? []) this.#overwrites.add(row);
    for (const row of batch.followed ?? []) {
      const edit = this.#editsById.get(row.editId);
      if (edit && this.#documents.has(row.uri)) follow(edit, row);
    }
    for (const snapshot of batch.snapshots ?? []) {
      if (this.#documents.has(snapshot.uri)) this.#snapshots.add(snapshot);
    }
    for (const sample of batch.samples ?? []) {
      const edit = this.#editsById.get(sample.editId);
      if (edit && addSample(edit, sample)) this.#stages.retention.add(edit.sum, sample);
    }
    for (const editId of batch.stopped ?? []) {
      const edit = this.#editsById.get(editId);
      if (edit) edit.followed = undefined;
    }
    this.#stages.write(batch, (id) => this.#editsById.get(id));
    for (const { editId, task } of batch.tasks ?? []) {
      const row = this.#editsById.get(editId)?.row;
      const place = task.place ?? (row && this.#documents.get(row.uri)?.row.workspace) ?? null;
      if (row) this.requests.link(editId, { ...task, place }, row, changesOfEdit(row.origin, row));
    }
    for (const row of batch.commits ?? []) this.requests.commit(row);
    for (const { name, count } of batch.drops) this.#drop(name, count);
    if (batch.receipt) this.#touchWindow(batch.receipt.window, batch.receipt.sequence);
    this.#revision += 1;
    return { outcome: "written" };
  }

  readSums = (range: SumsRange): SumRow[] => sumsIn(this.#sums, range).map((sum) => ({ ...sum }));

  readDaySums: Store["readDaySums"] = (range) => daysOf(sumsIn(this.#sums, range));

  readDrops(): { name: string; count: number }[] {
    return [...this.#drops]
      .map(([name, count]) => ({ name, count }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  readReceipt(window: string): number {
    return this.#windows.get(window)?.sequence ?? 0;
  }

  readDocument(uri: string): DocumentRow | undefined {
    return this.#documents.get(uri)?.row;
  }

  readDocumentsOfText(textHash: string): DocumentRow[] {
    return [...this.#documents.values()]
      .map(({ row }) => row)
      .filter(({ spans }) => spans.textHash === textHash)
      .sort((one, other) => (one.uri < other.uri ? -1 : 1));
  }

  readSnapshots(uri: string): SnapshotRow[] {
    return this.#snapshots.of(uri);
  }

  readFollowed(uri: string): DueRow[] {
    return [...this.#editsById.values()].flatMap(({ followed }) => (followed?.uri === uri ? followed : []));
  }

  readDue(until: number): DueRow[] {
    return dueUntil(this.#editsById.values(), until);
  }

  readEdit(key: VersionKey): EditRow | undefined {
    return this.#editsByVersion.get(versionText(key))?.row;
  }

  readEditById(id: string): EditRow | undefined {
    return this.#editsById.get(id)?.row;
  }

  readOrigins(ids: readonly string[]): Map<string, OriginRow> {
    return new Map(
      ids.flatMap((id) => this.#editsById.get(id)?.row ?? []).map((row) => [row.id, row.origin]),
    );
  }

  readSamples(editId: string): SampleRow[] {
    const samples = this.#editsById.get(editId)?.samples.values() ?? [];
    return [...samples].sort((one, other) => one.dueMs - other.dueMs);
  }

  readEditsBehind(...asked: Parameters<Store["readEditsBehind"]>): BehindRow[] {
    const { task, overwritten, undoneAtMs } = asked[1];
    const overwriting = this.#overwrites.by(this.requests.ofTask(this.#rows(), task), overwritten);
    const rows = this.#stages.found(overwriting, asked[1]);
    const meant = undoneEdits(rows, (id) => this.readSamples(id), undoneAtMs);
    return editsBehind(meant, (uri) => this.#documents.get(uri)?.row, ...asked);
  }

  readRetention = (range: SumsRange): RetentionRow[] =>
    this.#stages.retention.read(sumsIn(this.#sums, range));

  readRetentionByDay = (range: RetentionRange): RetentionDay[] =>
    this.#stages.retention.readByDay(sumsIn(this.#sums, range), range.dueMs);

  readFunnel = (range: SumsRange): FunnelRow[] => this.#stages.read(sumsIn(this.#sums, range), "stages");
  readWays = (range: SumsRange): FunnelRow[] => this.#stages.read(sumsIn(this.#sums, range), "ways");

  readOverwrites: Store["readOverwrites"] = (range) => this.#overwrites.read(sumsIn(this.#sums, range));

  readStages: Store["readStages"] = (editId) => this.#stages.of(editId);

  readUnkept: Store["readUnkept"] = (before) => this.#stages.unkept(this.#rows(), before);

  readUncommitted: Store["readUncommitted"] = (since) => this.#stages.uncommitted(this.#rows(), since);

  readSeen: Store["readSeen"] = (editIds) => this.#stages.seen(editIds);

  readRecordAt: Store["readRecordAt"] = (editId) => this.#stages.recordOf(editId);

  readCommit: Store["readCommit"] = (repository, name) => this.#stages.commit(repository, name);

  readCommitNames: Store["readCommitNames"] = (repository) => this.#stages.commitNames(repository);

  readLabelledEdits(): EditRow[] {
    return this.#rows()
      .filter(({ origin }) => origin.strength === "labelled")
      .sort((one, other) => one.at - other.at);
  }

  readAll(thing: ExportThing, range: RowsRange): NumberedRow[] {
    return rowsOf(thing, range, {
      documents: [...this.#documents.values()].map(({ row }) => row),
      edits: [...this.#editsById.values()].map(({ row, samples }) => ({
        row,
        samples: [...samples.values()],
      })),
      sums: [...this.#sums.values()],
      drops: this.#drops,
      windows: this.#windows,
      notes: this.#notes,
      tips: this.coaching.readTips(),
      stages: this.#stages,
      overwrites: this.#overwrites,
      requests: this.requests,
      figures: this.figures,
    });
  }

  readNote(name: string): string | undefined {
    return this.#notes.get(name);
  }

  writeNote(name: string, text: string): Written {
    this.#notes.set(name, text);
    this.#revision += 1;
    return { outcome: "written" };
  }

  writeNoteDurably: Store["writeNoteDurably"] = (name, text) => this.writeNote(name, text);

  writeNoteOnce(name: string, text: string): Written {
    return this.#notes.has(name) ? { outcome: "written" } : this.writeNote(name, text);
  }

  revision(): number {
    return this.#revision;
  }

  maintain(): void {}

  prune({ editsBefore, sumsBefore }: Limits): { edits: number; sums: number } {
    const edits = [...this.#editsById.values()].filter(({ row }) => row.at < editsBefore);
    for (const { row } of edits) this.#removeEdit(row);
    this.requests.prune(editsBefore, sumsBefore);
    this.figures.prune({ editsBefore, sumsBefore });
    pruneUnused(editsBefore, {
      edits: this.#rows(),
      documents: this.#documents,
      snapshots: this.#snapshots,
      windows: this.#windows,
    });
    const sums = [...this.#sums].filter(([, { day }]) => day < sumsBefore);
    for (const [key, sum] of sums) {
      this.#sums.delete(key);
      this.#stages.forgetSum(sum);
    }
    this.coaching.pruneBefore(sumsBefore);
    this.#stages.pruneCommits(Date.parse(`${sumsBefore}T00:00:00Z`) || 0);
    this.#revision += 1;
    return { edits: edits.length, sums: sums.length };
  }

  forget(scope: ForgetScope, { dryRun }: { readonly dryRun: boolean }): Forgetting {
    if (dryRun) return this.#copy().forget(scope, { dryRun: false });
    const before = this.#counts();
    this.coaching.forget(scope);
    this.sync.forgetTips(scope);
    this.figures.forget(scope);
    const sums = isEverything(scope) ? this.#forgetEverything() : this.#forget(scope);
    const after = this.#counts();
    this.#revision += 1;
    return { outcome: "forgotten", forgotten: { ...fewer(before, after), ...sums } };
  }

  close(): void {}

  #forgetEverything(): Pick<Forgotten, "sums" | "undivided"> {
    const sums = this.#sums.size;
    for (const each of [this.#documents, this.#snapshots, this.#windows, this.#editsById]) each.clear();
    for (const each of [this.#editsByVersion, this.#sums, this.#drops, this.#notes]) each.clear();
    this.#stages.clear();
    this.#overwrites.clear();
    this.sync.clear();
    this.requests.clear(this.#now());
    return { sums, undivided: 0 };
  }

  #forget(scope: ForgetScope): Pick<Forgotten, "sums" | "undivided"> {
    const documentOf = (uri: string) => this.#documents.get(uri)!.row;
    const gone = editsInScope(this.#editsById.values(), documentOf, scope);
    this.#stages.forgetCommits(scope, new Set(gone.map(({ row }) => row.id)));
    const changes = gone.map(({ row }) => ({ id: row.id, changes: changesOfEdit(row.origin, row) }));
    this.requests.forget(scope, changes, this.#now());
    for (const { row } of gone) this.#removeEdit(row);
    this.#overwrites.forget(new Set(gone.map(({ row }) => row.id)));
    const { tool } = scope;
    if (tool !== null) {
      for (const edit of editsInScope(this.#editsById.values(), documentOf, { ...scope, tool: null })) {
        edit.row = { ...edit.row, evidence: evidenceWithoutTool(edit.row.evidence, tool) };
      }
    }
    const [stages, overwrites] = [this.#stages, this.#overwrites];
    const held = { sums: this.#sums, stages, overwrites, edits: [...this.#editsById.values()] };
    const sums = forgetSums(held, gone, scope);
    this.#forgetDocuments(scope, gone);
    for (const name of this.#notes.keys()) if (isNoteForgotten(name, scope)) this.#notes.delete(name);
    return sums;
  }

  #forgetDocuments(scope: ForgetScope, gone: readonly StoredEdit[]): void {
    const touched = new Set(gone.map(({ row }) => row.uri));
    const used = new Set([...this.#editsById.values()].map(({ row }) => row.uri));
    for (const [uri, stored] of this.#documents) {
      if (!isDocumentInScope(stored.row, scope) && !touched.has(uri)) continue;
      this.#snapshots.delete(uri);
      if (!used.has(uri)) this.#documents.delete(uri);
      else {
        const row = withoutOwners(stored.row, (id) => this.#editsById.has(id));
        this.#documents.set(uri, { ...stored, row });
      }
    }
  }

  #counts(): Pick<Forgotten, "edits" | "evidence" | "samples" | "documents" | "requests"> {
    const counts = countsOf([...this.#editsById.values()], this.#documents.size);
    return { ...counts, requests: this.requests.size };
  }

  #removeEdit(row: EditRow): void {
    this.#editsById.delete(row.id);
    this.#stages.forgetEdit(row.id);
    this.requests.forgetEdit(row.id);
    this.#editsByVersion.delete(versionText(row));
  }

  /** Another store with the same in it, to try something. */
  #copy(): MemoryStore {
    const copy = new MemoryStore({ now: this.#now });
    copy.requests = this.requests.copy();
    for (const [uri, stored] of this.#documents) copy.#documents.set(uri, stored);
    for (const [key, sum] of this.#sums) copy.#sums.set(key, { ...sum });
    for (const [id, edit] of this.#editsById) {
      const sum = copy.#sums.get(keyText(edit.sum));
      copy.#editsById.set(id, {
        ...edit,
        sum: isCounted(this.#sums, edit.sum) && sum ? sum : { ...edit.sum },
      });
    }
    return copy;
  }

  #touchWindow(window: string, sequence: number): void {
    this.#windows.set(window, {
      sequence: Math.max(sequence, this.readReceipt(window)),
      writtenAt: this.#now(),
    });
  }

  #addEdit(edit: EditRow): void {
    if (this.#editsById.has(edit.id) || this.#editsByVersion.has(versionText(edit))) return;
    const document = this.#documents.get(edit.uri)!.row;
    const stored: StoredEdit = {
      row: { ...edit, evidence: withoutRepeats(edit.evidence) },
      sum: addUp(this.#sums, sumKeyOfEdit(edit, document), sumsOfEdit(edit)),
      samples: new Map(),
      followed: undefined,
    };
    this.#editsById.set(edit.id, stored);
    this.#editsByVersion.set(versionText(edit), stored);
    this.#stages.setOwn(stored.row, stored.sum);
    this.sync.queue(stored.row);
    this.#touchWindow(edit.window, 0);
  }

  #changeOrigin(edit: StoredEdit, origin: EditRow["origin"], evidence: readonly EvidenceRow[]): void {
    if (isCounted(this.#sums, edit.sum)) {
      const sums = sumsOfEdit(edit.row);
      const { sum: before } = edit;
      const key = { ...before, ...sumOriginOf(origin) };
      change(before, sums, -1);
      if (before.edits === 0) this.#sums.delete(keyText(before));
      edit.sum = addUp(this.#sums, key, sums);
      this.#stages.move(edit.row.id, before, edit.sum);
      this.#overwrites.move(edit.row.id, edit.sum);
      this.#stages.retention.move(edit.samples.values(), before, edit.sum);
    }
    const row = { ...edit.row, origin, evidence: withoutRepeats([...edit.row.evidence, ...evidence]) };
    this.#becomes(edit, row);
    this.#stages.originBecame(edit.row.id, origin);
    this.#stages.setOwn(edit.row, edit.sum);
  }

  #grow(edit: StoredEdit, numbers: Omit<GrowthRow, "editId">): void {
    change(edit.sum, sumsOfGrowth(edit.row, numbers), 1);
    this.#becomes(edit, { ...edit.row, ...numbers });
  }

  #remove(edit: StoredEdit, chars: number): void {
    const { insertedChars, keptChars: before } = edit.row;
    const keptChars = keptAfter(before, chars);
    change(edit.sum, sumsOfRemoval(insertedChars, before, keptChars), 1);
    this.#becomes(edit, { ...edit.row, keptChars });
  }

  #becomes(edit: StoredEdit, row: EditRow): void {
    const { row: before } = edit;
    this.requests.change(row.id, changesOfEdit(before.origin, before), changesOfEdit(row.origin, row));
    edit.row = row;
  }

  #drop(name: string, count: number): void {
    if (count > 0) this.#drops.set(name, (this.#drops.get(name) ?? 0) + count);
  }

  #rows(): EditRow[] {
    return [...this.#editsById.values()].map(({ row }) => row);
  }
}
