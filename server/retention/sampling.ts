import type { Origin } from "../../protocol/origin.ts";
import { FollowedEdits } from "../../core/spans/followedEdits.ts";
import type { OffsetRange } from "../../core/text/movedRanges.ts";
import { RecoveredEdit } from "../../core/retention/recoveredEdit.ts";
import type { PartialRetention } from "../../core/retention/retention.ts";
import { isLate, sampleTimes } from "../../core/retention/sampleTimes.ts";
import type { TextChange, TextReplacement, TextView } from "../../core/text/textReplacement.ts";
import type { OpenDocument } from "../edits/openDocument.ts";
import { readStoredEdit } from "./storedGrams.ts";
import type { Ranges } from "../unseen/restingText.ts";
import type { DueRow, SampleRow } from "../store/store.ts";

/** Each followed edit holds its own text and what became of it: some kilobytes. */
const mostFollowed = { inDocument: 200, inAll: 2_000 };

export interface SamplingOptions {
  readonly now: () => number;
  readonly onSample: (sample: SampleRow) => void;
  /** An edit is no longer followed, because there are too many. */
  readonly onGivenUp: () => void;
  /** Keyed hash of the branch that is checked out where a document lies. */
  readonly branchOf: (uri: string) => string | null;
  readonly hashGram: (gram: string) => number;
  readonly mostFollowed?: typeof mostFollowed;
}

interface Sampled {
  readonly id: string;
  readonly document: OpenDocument;
  /** When the text was as the edit left it. */
  readonly since: number;
  /** What was checked out then. */
  readonly branch: string | null;
  readonly edit: {
    readonly insertedChars: number;
    retention(): PartialRetention;
    ranges(): readonly OffsetRange[] | undefined;
    stop(): void;
  };
  /** Which of the times is next. */
  next: number;
}

interface SampledDocument {
  readonly edits: FollowedEdits;
  readonly sampled: Set<Sampled>;
  /** When the next sample is due. */
  dueAt: number;
}

/** Whether what becomes of an edit is sampled: a tool's, and what may yet turn out to be a tool's. */
export function isSampled({ kind }: Origin): boolean {
  return kind !== "human" && kind !== "tooling";
}

/** Samples how much is left of edits at set times, while their document is open. Sets are in order of age. */
export class Sampling {
  readonly #options: SamplingOptions;
  readonly #documents = new Map<OpenDocument, SampledDocument>();
  readonly #all = new Set<Sampled>();

  constructor(options: SamplingOptions) {
    this.#options = options;
  }

  /** When the next sample of a document is due. */
  dueAt(document: OpenDocument): number {
    return this.#documents.get(document)?.dueAt ?? Infinity;
  }

  /** Any change of a document. What is due before it has to be taken before. */
  apply(document: OpenDocument, edit: readonly TextChange[]): void {
    if (edit.length > 0) this.#documents.get(document)?.edits.apply(edit);
  }

  /** Follows an edit that was just applied, and samples what it left. `original` is the text before it. */
  follow(
    document: OpenDocument,
    edit: {
      readonly id: string;
      readonly since: number;
      readonly original: TextView;
      readonly edit: readonly TextReplacement[];
    },
  ): void {
    const { id, since } = edit;
    const followed = this.#place(document).edits.follow(edit.original, edit.edit);
    const sampled: Sampled = {
      id,
      document,
      since,
      branch: this.#options.branchOf(document.uri),
      edit: { ...followed, retention: () => followed.retention(document.view) },
      next: 0,
    };
    this.#add(sampled);
    // Nothing has changed since, however long it took to know that the edit was over.
    if (sampleTimes[0] === 0) this.#take(sampled, since);
    this.#lookAhead(document);
  }

  /** Goes on with edits from before the document was opened. `ranges` says where their texts lie. */
  goOn(document: OpenDocument, rows: readonly DueRow[], ranges: Ranges): void {
    for (const row of rows) {
      const { editId: id, since, branch, insertedChars, nextDueMs } = row;
      const recovered = new RecoveredEdit(readStoredEdit(row), ranges.get(id));
      const next = sampleTimes.findIndex((time) => time >= nextDueMs);
      if (next === -1) continue;
      const followed = this.#place(document).edits.goOn(recovered);
      const { hashGram } = this.#options;
      const edit = {
        insertedChars,
        retention: () =>
          followed.caughtUp().retention(document.view, document.spans.ownedBy(id).kept, hashGram),
        ranges: () => followed.caughtUp().ranges,
        stop: () => followed.stop(),
      };
      this.#add({ id, document, since, branch, edit, next });
    }
    this.#lookAhead(document);
  }

  /** Where the texts of a document's edits lie. */
  rangesOf(document: OpenDocument): Ranges {
    const ranges = new Map<string, readonly OffsetRange[]>();
    for (const { id, edit } of this.#documents.get(document)?.sampled ?? []) {
      const known = edit.ranges();
      if (known) ranges.set(id, known);
    }
    return ranges;
  }

  /** Edits turn out to be none that are sampled, or none at all. */
  keepOnly(document: OpenDocument, isMeant: (id: string) => boolean): void {
    for (const sampled of this.#documents.get(document)?.sampled ?? []) {
      if (!isMeant(sampled.id)) this.#stop(sampled);
    }
    this.#lookAhead(document);
  }

  /** Takes the samples of a document that were due until then, of its text as it is. */
  takeDue(document: OpenDocument, until: number): void {
    if (until < this.dueAt(document)) return;
    const taken = [...(this.#documents.get(document)?.sampled ?? [])].filter((each) => dueAt(each) <= until);
    for (const sampled of taken) {
      while (dueAt(sampled) <= until) this.#take(sampled, this.#options.now());
    }
    if (taken.length > 0) this.#lookAhead(document);
  }

  /** The document was closed. What is due of it now is read from its file. */
  forget(document: OpenDocument): void {
    for (const sampled of this.#documents.get(document)?.sampled ?? []) this.#stop(sampled);
    this.#lookAhead(document);
  }

  #place(document: OpenDocument): SampledDocument {
    let place = this.#documents.get(document);
    if (!place) {
      place = { edits: new FollowedEdits(), sampled: new Set(), dueAt: Infinity };
      this.#documents.set(document, place);
    }
    return place;
  }

  #add(sampled: Sampled): void {
    const { sampled: inDocumentNow } = this.#place(sampled.document);
    inDocumentNow.add(sampled);
    this.#all.add(sampled);
    const { inDocument, inAll } = this.#options.mostFollowed ?? mostFollowed;
    if (inDocumentNow.size > inDocument) this.#giveUp(inDocumentNow);
    if (this.#all.size > inAll) this.#giveUp(this.#all);
  }

  #take(sampled: Sampled, takenAt: number): void {
    const { id, document, since, branch, edit } = sampled;
    const dueMs = sampleTimes[sampled.next++]!;
    this.#options.onSample({
      editId: id,
      dueMs,
      takenAt,
      insertedChars: edit.insertedChars,
      ...edit.retention(),
      late: isLate(dueMs, takenAt - since - dueMs),
      otherBranch: isOther(branch, this.#options.branchOf(document.uri)),
    });
    if (sampled.next === sampleTimes.length) this.#stop(sampled);
  }

  #giveUp(sampled: Iterable<Sampled>): void {
    for (const oldest of sampled) {
      this.#stop(oldest);
      this.#lookAhead(oldest.document);
      this.#options.onGivenUp();
      return;
    }
  }

  #stop(sampled: Sampled): void {
    sampled.edit.stop();
    this.#all.delete(sampled);
    const place = this.#documents.get(sampled.document);
    place?.sampled.delete(sampled);
    if (place?.sampled.size === 0) this.#documents.delete(sampled.document);
  }

  #lookAhead(document: OpenDocument): void {
    const place = this.#documents.get(document);
    if (!place) return;
    place.dueAt = Infinity;
    for (const sampled of place.sampled) place.dueAt = Math.min(place.dueAt, dueAt(sampled));
  }
}

/** Null where either is not known. */
export function isOther(branch: string | null, now: string | null): boolean | null {
  return branch === null || now === null ? null : branch !== now;
}

function dueAt({ since, next }: Sampled): number {
  return since + (sampleTimes[next] ?? Infinity);
}
