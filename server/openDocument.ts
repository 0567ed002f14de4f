import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { ChangedText } from "../core/keyboardShape.ts";
import { minimiseAll } from "../core/minimise.ts";
import { composeAll, textContent, toOffsetEdit, toTextReplacements } from "../core/offsetEdit.ts";
import { Ownership } from "../core/ownership.ts";
import type { Run, Spans } from "../core/spans.ts";
import { diffTexts } from "../core/textDiff.ts";
import type { TextReplacement } from "../core/textReplacement.ts";

/** A change as it came by document sync. */
export interface SyncedChange {
  readonly version: number;
  readonly contentChanges: readonly TextDocumentContentChangeEvent[];
}

/** What is known of how a change came about. */
export interface Circumstances {
  /** Whose what was inserted is. */
  readonly owner: string;
  readonly reason: "undo" | "redo" | undefined;
  readonly reloaded: boolean;
}

/** What one change did to a text. Counted is what is left after what it left unchanged was taken off. */
export interface AppliedChange {
  /** As the editor gave it, for telling a typed key from anything else. */
  readonly texts: readonly ChangedText[];
  readonly before: string;
  /** Replacements of the text before, sorted and disjoint. */
  readonly edit: readonly TextReplacement[];
  /** New text; what came back by undo or redo is not new. */
  readonly insertedChars: number;
  readonly deletedChars: number;
  /** What was taken out, by the edits it came from. */
  readonly removed: readonly Run[];
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
  /** Whether its row in the store is out of date. */
  dirty = false;
  #text: TextDocument;
  #ownership: Ownership;
  #sinceOpening:
    { readonly edit: readonly TextReplacement[]; readonly owner: string | undefined }[] | undefined = [];

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
    this.#ownership = new Ownership(opened.spans);
  }

  get version(): number {
    return this.#text.version;
  }

  get text(): string {
    return this.#text.getText();
  }

  get spans(): Spans {
    return this.#ownership.spans;
  }

  /** Applies a change to the text and follows whose it is. */
  apply(
    { version, contentChanges }: SyncedChange,
    { owner, reason, reloaded }: Circumstances,
  ): AppliedChange {
    const before = this.text;
    const texts: ChangedText[] = [];
    const steps = contentChanges.map((change): TextReplacement => {
      const text = this.text;
      const replaced = this.#located(change, text.length);
      texts.push({ deleted: text.slice(replaced.start, replaced.end), inserted: replaced.text });
      this.#text = TextDocument.update(this.#text, [change], version);
      return replaced;
    });
    if (steps.length === 0) this.#text = TextDocument.update(this.#text, [], version);
    const edit = this.#counted(before, steps, reloaded);
    const followed =
      reason === undefined
        ? this.#ownership.change(before, edit, owner)
        : this.#ownership[reason](before, edit, owner);
    this.#remember(followed.edit, reason === undefined ? owner : undefined);
    this.dirty ||= followed.edit.length > 0;
    return {
      texts,
      before,
      edit: followed.edit,
      insertedChars: followed.insertedLength,
      deletedChars: followed.edit.reduce((total, { start, end }) => total + end - start, 0),
      removed: followed.removed,
    };
  }

  /** The text as a change will leave it. */
  textAfter({ version, contentChanges }: SyncedChange): string {
    const copy = TextDocument.create(this.uri, this.languageId, this.version, this.text);
    return TextDocument.update(copy, [...contentChanges], version).getText();
  }

  /** The spans turn out to be known already, from another window that recorded the same text. */
  adopt(spans: Spans): void {
    this.#ownership = new Ownership(spans);
    this.#sinceOpening = undefined;
  }

  /** Puts spans as they were at the opening under what changed since. */
  rebase(spansAtOpening: Spans): void {
    const ownership = new Ownership(spansAtOpening);
    for (const { edit, owner } of this.#sinceOpening ?? []) {
      for (const { start, end, text } of edit.toReversed()) {
        ownership.spans.replace(start, end - start, text.length, owner);
      }
    }
    this.#ownership = ownership;
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

  #located(change: TextDocumentContentChangeEvent, length: number): TextReplacement {
    return "range" in change
      ? {
          start: this.#text.offsetAt(change.range.start),
          end: this.#text.offsetAt(change.range.end),
          text: change.text,
        }
      : { start: 0, end: length, text: change.text };
  }

  /**
   * The change as one edit of the text before. A reload comes as one block from the first line that differs to the
   * last, and a whole document may be set anew: there only the difference is an edit.
   */
  #counted(before: string, steps: readonly TextReplacement[], reloaded: boolean): readonly TextReplacement[] {
    const isWhole = steps.some(({ start, end }) => start === 0 && end > 0 && end === before.length);
    if (reloaded || isWhole) return diffTexts(before, this.text);
    const edit =
      steps.length === 1 ? steps : toTextReplacements(composeAll(textContent, steps.map(asOffsetEdit)));
    return minimiseAll(before, edit);
  }

  #remember(edit: readonly TextReplacement[], owner: string | undefined): void {
    if (this.#sinceOpening && this.#sinceOpening.push({ edit, owner }) > mostRemembered)
      this.#sinceOpening = undefined;
  }
}

function asOffsetEdit(step: TextReplacement): ReturnType<typeof toOffsetEdit> {
  return toOffsetEdit([step]);
}
