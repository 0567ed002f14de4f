import type { TextMovement } from "../../core/spans/gitMovement.ts";
import { storedEditOf } from "../../core/retention/recoveredEdit.ts";
import type { Spans } from "../../core/spans/spans.ts";
import type { Hashes } from "../deviceKey.ts";
import { documentRow } from "../edits/documentRow.ts";
import { spansOfRow } from "../edits/gap.ts";
import type { GitView } from "../gitView.ts";
import type { News } from "../edits/news.ts";
import type { OpenDocument, SyncedChange } from "../edits/openDocument.ts";
import type { Place } from "../edits/place.ts";
import { recall, type Recalled } from "./recall.ts";
import { rangesOf, snapshotOf } from "./restingText.ts";
import type { Sampling } from "../retention/sampling.ts";
import type { DocumentRow, DueRow, SnapshotRow, Store } from "../store/store.ts";
import { writePieces } from "../retention/storedGrams.ts";
import type { ReadFile } from "./textFile.ts";

/** Shorter texts are alike by chance: an empty file, a licence line. */
const shortestRenamed = 64;

/** How long a text must stay as it is before what is needed to follow it unseen is stored: that costs its length. */
export const restAfterMs = 5_000;
/** How long changes made while no server listened have time to turn up after an opening. */
const gapPatienceMs = 2_000;

export interface UnseenOptions {
  readonly window: string;
  readonly store: Pick<Store, "readDocument" | "readDocumentsOfText" | "readFollowed" | "readSnapshots">;
  readonly now: () => number;
  readonly hashes: Hashes;
  readonly git: GitView;
  readonly readFile: ReadFile;
}

/** What became of texts while nobody watched, and what has to be stored of a text so that it can be told. */
export class Unseen {
  readonly #options: UnseenOptions;
  readonly #news: News;
  readonly #sampling: Sampling;

  constructor(options: UnseenOptions, news: News, sampling: Sampling) {
    this.#options = options;
    this.#news = news;
    this.#sampling = sampling;
  }

  /** Whose the text of a document that is opened now is, and where that is known from. */
  recall(
    uri: string,
    text: string,
    isOpen: (uri: string) => boolean,
  ): { recalled: Recalled; stored: DocumentRow | undefined } {
    const stored = this.#knownDocument(uri) ?? this.#renamedDocument(text, isOpen);
    return { recalled: recall(text, stored, this.#options), stored };
  }

  /** What a document that was opened with what `recall` found has still to come. */
  begin(
    document: OpenDocument,
    { recalled, stored }: ReturnType<Unseen["recall"]>,
  ): Pick<Place, "gitMark" | "restsAt" | "unseen"> {
    const { uri } = document;
    const now = this.#options.now();
    const isKnown = stored?.uri === uri && recalled.state === "same";
    if (stored) this.#sampling.goOn(document, this.#followedIn(stored.uri), recalled.ranges);
    return {
      gitMark: this.#options.git.markOf(uri),
      restsAt: stored && !(isKnown && stored.rest) ? now + restAfterMs : Infinity,
      unseen: stored && !isKnown ? { recalled, from: stored.uri, until: now + gapPatienceMs } : undefined,
    };
  }

  /** Nobody said that they watched, so the text became what it is unseen. */
  accept(place: Place): void {
    const { document, unseen } = place;
    if (!unseen) return;
    place.unseen = undefined;
    const { left, removed } = unseen.recalled;
    if (left) this.#news.addSnapshot({ ...left, uri: document.uri });
    this.#news.addGone(document.uri, document.session, removed);
    if (unseen.from !== document.uri) {
      for (const row of this.#followedIn(unseen.from)) this.#news.addFollowed({ ...row, uri: document.uri });
    }
    document.dirty = true;
  }

  /** Samples an edit that was just applied from now on, be its document open or not. */
  follow(document: OpenDocument, edit: Parameters<Sampling["follow"]>[1]): void {
    this.#sampling.follow(document, edit);
    const { id: editId, since, original } = edit;
    const { hashes } = this.#options;
    const { insertedChars, pieces } = storedEditOf(original, edit.edit, (gram) => hashes.gram(gram));
    const { uri } = document;
    const branch = this.branchOf(uri);
    this.#news.addFollowed({ editId, uri, since, branch, insertedChars, pieces: writePieces(pieces) });
  }

  /** A reload whose text another window has recorded already is nobody's second edit. */
  spansKnownElsewhere(document: OpenDocument, change: SyncedChange): Spans | undefined {
    const stored = this.#options.store.readDocument(document.uri);
    if (!stored || stored.spans.window === this.#options.window) return undefined;
    const after = document.textAfter(change);
    if (stored.spans.textHash !== this.#options.hashes.text(after)) return undefined;
    return spansOfRow(stored.spans, after.length);
  }

  /** Whether git wrote the file that is read again. */
  movementOf({ document, gitMark }: Place): TextMovement | undefined {
    return this.#options.git.movedSince(document.uri, gitMark);
  }

  /** Git put another text in place: nobody's edit. What it took away may come back with the text it was in. */
  takeFromGit(place: Place, change: SyncedChange, movement: TextMovement): void {
    const { document } = place;
    this.#sampling.takeDue(document, this.#options.now());
    const left = snapshotOf(this.rowAtRest(place));
    if (left) this.#news.addSnapshot(left);
    const after = document.textAfter(change);
    const textHash = this.#options.hashes.text(after);
    const back = this.#snapshotsOf(document.uri).find((snapshot) => snapshot.textHash === textHash);
    const spans = back && spansOfRow(back, after.length);
    const applied = document.apply(change, { owner: undefined, reason: undefined, reloaded: true });
    if (spans) {
      document.adopt(spans);
      this.#sampling.forget(document);
      this.#sampling.goOn(document, this.#followedIn(document.uri), rangesOf(back.rest));
    } else {
      this.#sampling.apply(document, applied.edit);
      if (movement === "brought") this.#news.addGone(document.uri, change.version, applied.removed);
    }
    document.dirty = true;
    place.gitMark = this.#options.git.markOf(document.uri);
    place.restsAt = this.#options.now();
  }

  rowAtRest({ document, gitMark }: Place): DocumentRow {
    return documentRow(document, this.#options, { ranges: this.#sampling.rangesOf(document), gitMark });
  }

  isAtRest({ document, joint, stream, restsAt }: Place): boolean {
    return joint.isEmpty && !stream && restsAt <= this.#options.now() && document.version > 0;
  }

  /** Keyed hash of the branch that is checked out where a document lies. */
  branchOf(uri: string): string | null {
    const branch = this.#options.git.branchOf(uri);
    return branch === undefined ? null : this.#options.hashes.line(branch);
  }

  /** A document as it was last recorded, written or not. */
  #knownDocument(uri: string): DocumentRow | undefined {
    return this.#news.document(uri) ?? this.#options.store.readDocument(uri);
  }

  /** A file that is not where it was, with the same text: it was renamed or moved. */
  #renamedDocument(text: string, isOpen: (uri: string) => boolean): DocumentRow | undefined {
    if (text.length < shortestRenamed) return undefined;
    const { store, hashes, readFile } = this.#options;
    const gone = store
      .readDocumentsOfText(hashes.text(text))
      .filter(({ uri }) => !isOpen(uri) && readFile(uri) === "missing");
    return gone.length === 1 ? gone[0] : undefined;
  }

  /** The edits whose text lies in a document and of which samples are to be taken, written or not. */
  #followedIn(uri: string): DueRow[] {
    return this.#news.followedOf(uri, this.#options.store.readFollowed(uri));
  }

  #snapshotsOf(uri: string): SnapshotRow[] {
    return [...this.#news.snapshotsOf(uri), ...this.#options.store.readSnapshots(uri)];
  }
}
