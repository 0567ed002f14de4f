import type { TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { toCompact } from "../core/compactSpans.ts";
import { Spans } from "../core/spans.ts";
import type { Observation } from "../protocol/observation.ts";
import { followGap, spansOfRow, type FollowedChange } from "./gap.ts";
import { OpenDocument } from "./openDocument.ts";
import { News } from "./news.ts";
import type { Batch, DocumentRow, Store, Written } from "./store/store.ts";

export interface LedgerOptions {
  /** Random id of this editor window. */
  readonly window: string;
  /** Read for what is known already; written by `commit` alone. */
  readonly store: Pick<Store, "readDocument" | "readEdit" | "readReceipt">;
  readonly now: () => number;
  readonly utcOffsetMinutes: (at: number) => number;
  readonly uuid: () => string;
  /** Keyed hash of a text. */
  readonly hashText: (text: string) => string;
  readonly workspaceOf: (uri: string) => string | null;
}

interface OpenedText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

interface ChangedText {
  readonly uri: string;
  readonly version: number;
  readonly contentChanges: readonly TextDocumentContentChangeEvent[];
}

/**
 * Turns what the editor sends into edits: texts come by document sync, what the editor knows of each change comes as
 * observations, and the two are joined on uri, session and version in either order. Nothing here waits: an edit is
 * recorded with what is known, and what comes later sharpens it.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #documents = new Map<string, OpenDocument>();
  readonly #sessions = new Map<string, number>();
  readonly #news: News;
  #lastSequence: number;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#news = new News(options);
    this.#lastSequence = options.store.readReceipt(options.window);
  }

  get hasNews(): boolean {
    return this.#news.any || this.#dirtyDocuments().length > 0;
  }

  /** The window says which time it opens a document, right before it does. */
  opening(uri: string, session: number): void {
    this.#sessions.set(uri, session);
  }

  open(opened: OpenedText): void {
    if (this.#documents.has(opened.uri)) this.close(opened.uri);
    const stored = this.#options.store.readDocument(opened.uri);
    const known =
      stored?.spans.textHash === this.#options.hashText(opened.text)
        ? spansOfRow(stored.spans, opened.text.length)
        : undefined;
    const document = new OpenDocument({
      ...opened,
      workspace: this.#options.workspaceOf(opened.uri),
      session: this.#sessions.get(opened.uri) ?? 1,
      spans: known ?? Spans.ofLength(opened.text.length),
    });
    // Nothing was learnt yet that the store does not have; a document that is only read leaves no trace.
    document.dirty = false;
    this.#documents.set(opened.uri, document);
  }

  change({ uri, version, contentChanges }: ChangedText): void {
    const document = this.#documents.get(uri);
    if (!document) {
      this.drop("change.withoutDocument", 1);
      return;
    }
    const observation = document.waiting.get(version);
    document.waiting.delete(version);
    this.#dropPassed(document, version);
    const id = this.#options.uuid();
    const isUndo = observation?.reason !== undefined;
    const applied = document.apply(contentChanges, version, isUndo ? undefined : id);
    if (applied.insertedChars + applied.deletedChars === 0) return;
    this.#news.addEdit({ id, document, version, applied, at: observation?.at ?? this.#options.now() });
    if (observation) this.#join(document, version, observation);
  }

  close(uri: string): void {
    const document = this.#documents.get(uri);
    if (!document) return;
    if (document.waiting.size > 0) this.drop("observation.withoutChange", document.waiting.size);
    if (document.dirty) this.#news.addDocument(this.#documentRow(document));
    this.#documents.delete(uri);
  }

  /** Takes in what the editor knows of one change, whether the change has come, will come, or was missed. */
  observe(observation: Observation): void {
    // Sent again after a restart, although it had been committed.
    if (observation.sequence <= this.#lastSequence) return;
    this.#lastSequence = observation.sequence;
    this.#news.noteSequence(observation.sequence);
    const document = this.#documents.get(observation.uri);
    if (document?.session !== observation.session) {
      this.#recoverClosed(observation);
      return;
    }
    if (observation.version > document.version) {
      document.waiting.set(observation.version, observation);
    } else if (observation.version > document.openedVersion) {
      document.forgetOpening();
      this.#join(document, observation.version, observation);
    } else if (!this.#joinStored(observation)) {
      document.gap.push(observation);
    }
  }

  /** An observation without the agreed form: nothing is known of it but, perhaps, its number. */
  skip(sequence: number | undefined): void {
    this.drop("observation.malformed", 1);
    if (sequence !== undefined && sequence > this.#lastSequence) {
      this.#lastSequence = sequence;
      this.#news.noteSequence(sequence);
    }
  }

  drop(name: string, count: number): void {
    this.#news.addDrop(name, count);
  }

  /** Follows the changes that were made while no server listened, once all their observations are there. */
  recoverGaps(): void {
    for (const document of this.#documents.values()) {
      if (document.gap.length === 0) continue;
      const observations = document.gap.splice(0);
      const stored = this.#options.store.readDocument(document.uri)?.spans;
      const followed = document.canRebase
        ? followGap(observations, {
            stored: this.#precedes(stored, observations[0]!) ? stored : undefined,
            finalLength: document.openedLength,
            uuid: this.#options.uuid,
          })
        : undefined;
      if (followed) document.rebase(followed.spans);
      else this.drop("gap.notFollowed", observations.length);
      this.#addFollowed(document, observations, followed?.changes);
    }
  }

  /** Hands everything new to `write`, and forgets it where that worked. */
  commit(write: (batch: Batch) => Written): { written: Written; batch: Batch } | undefined {
    const dirty = this.#dirtyDocuments();
    const batch = this.#news.batch(
      dirty.map((document) => this.#documentRow(document)),
      this.#committable(),
    );
    if (!batch) return undefined;
    const written = write(batch);
    if (written.outcome !== "retry") {
      for (const document of dirty) document.dirty = false;
      this.#news.clear();
    }
    return { written, batch };
  }

  #join(document: OpenDocument, version: number, observation: Observation): void {
    const edit = this.#news.edit(document.uri, document.session, version);
    if (!edit) {
      this.#joinStored(observation);
      return;
    }
    if (observation.reason !== undefined) {
      this.#news.dropEdit(edit);
      return;
    }
    if (observation.reloaded && this.#adoptKnown(document, version)) {
      this.#news.forgetEdit(edit);
      return;
    }
    this.#news.addEvidence(edit, observation);
  }

  /** A reload whose text another window has recorded already is nobody's second edit. */
  #adoptKnown(document: OpenDocument, version: number): boolean {
    if (document.version !== version) return false;
    const stored = this.#options.store.readDocument(document.uri);
    if (!stored || stored.spans.textHash !== this.#options.hashText(document.text)) return false;
    const spans = spansOfRow(stored.spans, document.text.length);
    if (spans) document.adopt(spans);
    return spans !== undefined;
  }

  #joinStored(observation: Observation): boolean {
    const { uri, session, version } = observation;
    const stored = this.#options.store.readEdit({ uri, window: this.#options.window, session, version });
    if (stored) this.#news.sharpen(stored, observation);
    return stored !== undefined;
  }

  /** The document is closed, so there is no text; its spans, if the store has them, are followed all the same. */
  #recoverClosed(observation: Observation): void {
    if (this.#joinStored(observation)) return;
    const { uri, session, version, languageId } = observation;
    const document = this.#options.store.readDocument(uri);
    const stored = this.#precedes(document?.spans, observation) ? document?.spans : undefined;
    const followed =
      stored && followGap([observation], { stored, finalLength: undefined, uuid: this.#options.uuid });
    const place = { uri, session, workspace: this.#options.workspaceOf(uri), languageId };
    this.#news.addDocument({
      ...place,
      spans: {
        window: this.#options.window,
        session,
        version,
        textLength: followed?.spans.length ?? 0,
        textHash: "",
        spans: JSON.stringify(toCompact(followed?.spans ?? Spans.ofLength(0))),
      },
    });
    this.#addFollowed(place, [observation], followed?.changes);
  }

  #addFollowed(
    document: { uri: string; session: number; workspace: string | null; languageId: string },
    observations: readonly Observation[],
    changes: readonly FollowedChange[] | undefined,
  ): void {
    observations.forEach((observation, index) => {
      this.#news.addMissedEdit(document, observation, changes?.[index] ?? this.#unfollowed());
    });
  }

  /** What was inserted cannot be followed, so nothing of it counts as kept. */
  #unfollowed(): FollowedChange {
    return { id: this.#options.uuid(), removed: [], followed: false };
  }

  #precedes(stored: DocumentRow["spans"] | undefined, first: Observation): boolean {
    return (
      stored !== undefined &&
      stored.window === this.#options.window &&
      stored.session === first.session &&
      stored.version === first.version - 1
    );
  }

  /** Observations of versions that the text has passed without a change of that version. */
  #dropPassed(document: OpenDocument, version: number): void {
    for (const waiting of document.waiting.keys()) {
      if (waiting > version) continue;
      document.waiting.delete(waiting);
      this.drop("observation.withoutChange", 1);
    }
  }

  #dirtyDocuments(): OpenDocument[] {
    return [...this.#documents.values()].filter((document) => document.dirty);
  }

  #documentRow(document: OpenDocument): DocumentRow {
    const { uri, workspace, languageId, session, version, text, spans } = document;
    return {
      uri,
      workspace,
      languageId,
      spans: {
        window: this.#options.window,
        session,
        version,
        textLength: text.length,
        textHash: this.#options.hashText(text),
        spans: JSON.stringify(toCompact(spans)),
      },
    };
  }

  /** An observation whose change is still to come is not committed yet, and neither is any after it. */
  #committable(): number {
    const waiting = [...this.#documents.values()].flatMap((document) =>
      [...document.waiting.values(), ...document.gap].map(({ sequence }) => sequence),
    );
    return Math.min(this.#lastSequence, ...waiting.map((sequence) => sequence - 1));
  }
}
