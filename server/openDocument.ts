import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { ChangedText } from "../core/keyboardShape.ts";
import { minimise } from "../core/minimise.ts";
import type { Run, Spans } from "../core/spans.ts";
import type { TextReplacement } from "../core/textReplacement.ts";
import type { Observation } from "../protocol/observation.ts";

/** What one change did to a text. Counted is what is left after what it left unchanged was taken off. */
export interface AppliedChange {
  /** As the editor gave it, for telling a typed key from anything else. */
  readonly texts: readonly ChangedText[];
  readonly insertedChars: number;
  readonly deletedChars: number;
  /** What was taken out, by the edits it came from. */
  readonly removed: readonly Run[];
}

/** A change as offsets alone, which is all it takes to follow spans. */
interface Moved {
  readonly offset: number;
  readonly deletedLength: number;
  readonly insertedLength: number;
  readonly owner: string | undefined;
}

/** Changes after an opening that are remembered in case earlier ones turn up late. */
const mostRemembered = 1000;

/** An open document: its text, whose every stretch is, and what is still to be joined. */
export class OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly workspace: string | null;
  readonly session: number;
  /** The version and length it was opened with: earlier changes are known by observations alone. */
  readonly openedVersion: number;
  readonly openedLength: number;
  /** Observations whose change has not come yet, by version. */
  readonly waiting = new Map<number, Observation>();
  /** Observations of changes that came before the opening. */
  readonly gap: Observation[] = [];
  /** Whether its row in the store is out of date. */
  dirty = true;
  #text: TextDocument;
  #spans: Spans;
  #sinceOpening: Moved[] | undefined = [];

  constructor(opened: {
    readonly uri: string;
    readonly languageId: string;
    readonly workspace: string | null;
    readonly session: number;
    readonly version: number;
    readonly text: string;
    readonly spans: Spans;
  }) {
    this.uri = opened.uri;
    this.languageId = opened.languageId;
    this.workspace = opened.workspace;
    this.session = opened.session;
    this.openedVersion = opened.version;
    this.openedLength = opened.text.length;
    this.#text = TextDocument.create(opened.uri, opened.languageId, opened.version, opened.text);
    this.#spans = opened.spans;
  }

  get version(): number {
    return this.#text.version;
  }

  get text(): string {
    return this.#text.getText();
  }

  get spans(): Spans {
    return this.#spans;
  }

  /** Applies a change; what it inserts belongs to `owner`, or to nobody where that is undefined. */
  apply(
    contentChanges: readonly TextDocumentContentChangeEvent[],
    version: number,
    owner: string | undefined,
  ): AppliedChange {
    const texts: ChangedText[] = [];
    let insertedChars = 0;
    let deletedChars = 0;
    const removed: Run[] = [];
    for (const change of contentChanges) {
      const { replaced, minimised } = this.#located(change);
      const { start, end, text } = minimised;
      texts.push({ deleted: this.text.slice(replaced.start, replaced.end), inserted: replaced.text });
      this.#text = TextDocument.update(this.#text, [change], version);
      if (start === end && text === "") continue;
      insertedChars += text.length;
      deletedChars += end - start;
      removed.push(
        ...this.#move({ offset: start, deletedLength: end - start, insertedLength: text.length, owner }),
      );
    }
    if (contentChanges.length === 0) this.#text = TextDocument.update(this.#text, [], version);
    this.dirty ||= insertedChars + deletedChars > 0;
    return { texts, insertedChars, deletedChars, removed };
  }

  /** The spans turn out to be known already, from another window that recorded the same text. */
  adopt(spans: Spans): void {
    this.#spans = spans;
    this.#sinceOpening = undefined;
  }

  /** Puts spans as they were at the opening under what changed since. */
  rebase(spansAtOpening: Spans): void {
    this.#spans = spansAtOpening;
    for (const { offset, deletedLength, insertedLength, owner } of this.#sinceOpening ?? []) {
      this.#spans.replace(offset, deletedLength, insertedLength, owner);
    }
    this.dirty = true;
  }

  /** Whether changes from before the opening can still be put under those after it. */
  get canRebase(): boolean {
    return this.#sinceOpening !== undefined;
  }

  /** No earlier change can turn up any more. */
  forgetOpening(): void {
    this.#sinceOpening = undefined;
  }

  #located(change: TextDocumentContentChangeEvent): {
    replaced: TextReplacement;
    minimised: TextReplacement;
  } {
    const text = this.#text.getText();
    const whole =
      "range" in change
        ? { start: this.#text.offsetAt(change.range.start), end: this.#text.offsetAt(change.range.end) }
        : { start: 0, end: text.length };
    const replaced = { ...whole, text: change.text };
    return { replaced, minimised: minimise(text, replaced) };
  }

  #move(moved: Moved): Run[] {
    if (this.#sinceOpening && this.#sinceOpening.push(moved) > mostRemembered) this.#sinceOpening = undefined;
    return this.#spans.replace(moved.offset, moved.deletedLength, moved.insertedLength, moved.owner);
  }
}
