import { FollowedEdits, type FollowedEdit } from "../core/followedEdits.ts";
import { isLate, sampleTimes } from "../core/sampleTimes.ts";
import type { TextChange, TextReplacement, TextView } from "../core/textReplacement.ts";
import type { OpenDocument } from "./openDocument.ts";
import type { SampleRow } from "./store/store.ts";

/** Each followed edit holds its own text and what became of it: some kilobytes. */
const mostFollowed = { inDocument: 200, inAll: 2_000 };

export interface SamplingOptions {
  readonly now: () => number;
  readonly onSample: (sample: SampleRow) => void;
  /** An edit is no longer followed, because there are too many. */
  readonly onGivenUp: () => void;
  readonly mostFollowed?: typeof mostFollowed;
}

interface Sampled {
  readonly id: string;
  readonly document: OpenDocument;
  /** When the text was as the edit left it. */
  readonly since: number;
  readonly edit: FollowedEdit;
  /** Which of the times is next. */
  next: number;
}

interface SampledDocument {
  readonly edits: FollowedEdits;
  readonly sampled: Set<Sampled>;
}

/** Samples how much is left of edits at set times, as long as their document is open. Sets are in order of age. */
export class Sampling {
  readonly #options: SamplingOptions;
  readonly #documents = new Map<OpenDocument, SampledDocument>();
  readonly #all = new Set<Sampled>();
  #dueAt = Infinity;

  constructor(options: SamplingOptions) {
    this.#options = options;
  }

  /** When the next sample is due. */
  get dueAt(): number {
    return this.#dueAt;
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
    const place = this.#documents.get(document) ?? {
      edits: new FollowedEdits(),
      sampled: new Set<Sampled>(),
    };
    this.#documents.set(document, place);
    const { id, since } = edit;
    const sampled: Sampled = {
      id,
      document,
      since,
      edit: place.edits.follow(edit.original, edit.edit),
      next: 0,
    };
    place.sampled.add(sampled);
    this.#all.add(sampled);
    this.#dueAt = Math.min(this.#dueAt, dueAt(sampled));
    // Nothing has changed since, however long it took to know that the edit was over.
    if (sampleTimes[0] === 0) this.#take(sampled, since);
    const { inDocument, inAll } = this.#options.mostFollowed ?? mostFollowed;
    if (place.sampled.size > inDocument) this.#giveUp(place.sampled);
    if (this.#all.size > inAll) this.#giveUp(this.#all);
    this.#lookAhead();
  }

  /** Takes the samples of a document that were due until then, of its text as it is. */
  takeDue(document: OpenDocument, until: number): void {
    if (until < this.#dueAt) return;
    const taken = [...(this.#documents.get(document)?.sampled ?? [])].filter((each) => dueAt(each) <= until);
    for (const sampled of taken) {
      while (dueAt(sampled) <= until) this.#take(sampled, this.#options.now());
    }
    if (taken.length > 0) this.#lookAhead();
  }

  /** The document was closed: nobody knows what becomes of its text. */
  forget(document: OpenDocument): void {
    for (const sampled of this.#documents.get(document)?.sampled ?? []) this.#stop(sampled);
    this.#lookAhead();
  }

  #take(sampled: Sampled, takenAt: number): void {
    const { id, document, since, edit } = sampled;
    const dueMs = sampleTimes[sampled.next++]!;
    this.#options.onSample({
      editId: id,
      dueMs,
      takenAt,
      insertedChars: edit.insertedChars,
      ...edit.retention(document.view),
      late: isLate(dueMs, takenAt - since - dueMs),
    });
    if (sampled.next === sampleTimes.length) this.#stop(sampled);
  }

  #giveUp(sampled: Iterable<Sampled>): void {
    for (const oldest of sampled) {
      this.#stop(oldest);
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

  #lookAhead(): void {
    let next = Infinity;
    for (const sampled of this.#all) next = Math.min(next, dueAt(sampled));
    this.#dueAt = next;
  }
}

function dueAt({ since, next }: Sampled): number {
  return since + (sampleTimes[next] ?? Infinity);
}
