import { ChunkedText } from "../../core/text/chunkedText.ts";
import type { ChangedText } from "../../core/origin/keyboardShape.ts";
import { lineWindow } from "../../core/text/lineInfo.ts";
import { minimiseAll } from "../../core/text/minimise.ts";
import { composeAll, textContent, toOffsetEdit, toTextReplacements } from "../../core/text/offsetEdit.ts";
import { Ownership } from "../../core/spans/ownership.ts";
import type { Run, Spans } from "../../core/spans/spans.ts";
import { diffTexts } from "../../core/text/textDiff.ts";
import {
  applyReplacements,
  type TextChange,
  type TextReplacement,
  type TextView,
} from "../../core/text/textReplacement.ts";
import { detached, TextBefore } from "./textBefore.ts";

interface Position {
  readonly line: number;
  readonly character: number;
}

/** What takes the place of a range, or of the whole text, in a text that those before it have changed already. */
interface ContentChange {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** A change as it came by document sync. */
export interface SyncedChange {
  readonly version: number;
  readonly contentChanges: readonly ContentChange[];
}

/** What is known of how a change came about. */
export interface Circumstances {
  /** Whose what was inserted is; undefined for nobody's. */
  readonly owner: string | undefined;
  readonly reason: "undo" | "redo" | undefined;
  readonly reloaded: boolean;
  /** A conversation replaces passages by what is mostly the same: only the difference counts. */
  readonly diffed?: boolean;
}

/** What one change did to a text. Counted is what is left after what it left unchanged was taken off. */
export interface AppliedChange {
  /** As the editor gave it, for telling a typed key from anything else. */
  readonly texts: readonly ChangedText[];
  /** Replacements of the text before, sorted and disjoint. */
  readonly edit: readonly TextChange[];
  /** The same before anything that it left unchanged was taken off. */
  readonly asItCame: readonly TextReplacement[];
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
  readonly #text: ChunkedText;
  #version: number;
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
    this.#text = new ChunkedText(opened.text);
    this.#version = opened.version;
    this.#ownership = new Ownership(opened.spans);
  }

  get version(): number {
    return this.#version;
  }

  /** Put together at every call; `view` is cheaper where a part of it is enough. */
  get text(): string {
    return this.#text.toString();
  }

  /** The text as it is at any moment. */
  get view(): TextView {
    return this.#text;
  }

  get spans(): Spans {
    return this.#ownership.spans;
  }

  /** Applies a change to the text and follows whose it is. */
  apply(
    { version, contentChanges }: SyncedChange,
    { owner, reason, reloaded, diffed }: Circumstances,
  ): AppliedChange {
    const { before, asItCame, texts, isWhole } =
      this.#locateApart(contentChanges) ?? this.#applyInTurn(contentChanges);
    const edit = reloaded || isWhole ? diffWhole(before, asItCame) : counted(before, asItCame, diffed);
    const followed =
      reason === undefined
        ? this.#ownership.change(before, edit, owner)
        : this.#ownership[reason](before, edit, owner);
    if (before === this.#text) {
      for (const { start, end, text } of asItCame.toReversed()) this.#text.replace(start, end, text);
    }
    this.#version = version;
    this.#remember(followed.edit, reason === undefined ? owner : undefined);
    this.dirty ||= followed.edit.length > 0;
    return {
      texts,
      edit: followed.edit,
      asItCame: reloaded || isWhole ? edit : asItCame,
      insertedChars: followed.insertedLength,
      deletedChars: followed.edit.reduce((total, { start, end }) => total + end - start, 0),
      removed: followed.removed,
    };
  }

  /** The text as a change will leave it. */
  textAfter({ contentChanges }: SyncedChange): string {
    const copy = new ChunkedText(this.text);
    for (const change of contentChanges) {
      const { start, end, text } = located(copy, change);
      copy.replace(start, end, text);
    }
    return copy.toString();
  }

  /** The text before a change, as long as it was the last. */
  textBefore(edit: readonly TextChange[]): TextView {
    return new TextBefore(this.#text, edit);
  }

  /** A stretch that was just put in turns out to have stood elsewhere: it is whose it was, and counts as restored. */
  giveBack(start: number, runs: readonly Run[]): void {
    const length = runs.reduce((sum, run) => sum + run.length, 0);
    this.#ownership.spans.restore(start, length, runs);
    this.#sinceOpening = undefined;
    this.dirty = true;
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

  /**
   * Changes of which each lies before those ahead of it, as one key at many carets makes them: all can be found in the
   * text before. Undefined where it takes the text in between.
   */
  #locateApart(contentChanges: readonly ContentChange[]): LocatedChange | undefined {
    const steps = contentChanges.map((change) => located(this.#text, change));
    const areApart = steps.every(({ end }, index) => index === 0 || end < steps[index - 1]!.start);
    if (!areApart) return undefined;
    return {
      before: this.#text,
      asItCame: steps.toReversed(),
      texts: steps.map((step) => textsOf(this.#text, step)),
      isWhole: steps.some((step) => isWhole(step, this.#text.length)),
    };
  }

  /** Changes that refer to what the ones ahead of them left. They are applied here. */
  #applyInTurn(contentChanges: readonly ContentChange[]): LocatedChange {
    const before = this.text;
    const texts: ChangedText[] = [];
    const steps = contentChanges.map((change) => {
      const step = located(this.#text, change);
      texts.push(textsOf(this.#text, step));
      this.#text.replace(step.start, step.end, step.text);
      return step;
    });
    return {
      before,
      asItCame: toTextReplacements(composeAll(textContent, steps.map(asOffsetEdit))),
      texts,
      isWhole: steps.some((step) => isWhole(step, before.length)),
    };
  }

  #remember(edit: readonly TextReplacement[], owner: string | undefined): void {
    if (this.#sinceOpening && this.#sinceOpening.push({ edit, owner }) > mostRemembered)
      this.#sinceOpening = undefined;
  }
}

/** A change as one edit of the text before it. */
interface LocatedChange {
  readonly before: TextView;
  readonly asItCame: readonly TextReplacement[];
  readonly texts: readonly ChangedText[];
  /** A whole document may be set anew: there only the difference is an edit. */
  readonly isWhole: boolean;
}

function located(text: ChunkedText, { range, text: inserted }: ContentChange): TextReplacement {
  if (!range) return { start: 0, end: text.length, text: inserted };
  const from = text.offsetAt(range.start);
  const to = text.offsetAt(range.end);
  return { start: Math.min(from, to), end: Math.max(from, to), text: inserted };
}

function textsOf(before: TextView, { start, end, text }: TextReplacement): ChangedText {
  return { deleted: before.slice(start, end), inserted: text };
}

function isWhole({ start, end }: TextReplacement, length: number): boolean {
  return start === 0 && end > 0 && end === length;
}

function counted(before: TextView, asItCame: readonly TextReplacement[], diffed = false): TextReplacement[] {
  const replaces = asItCame.some(({ start, end, text }) => start < end && text !== "");
  return diffed && replaces ? diffLines(before, asItCame) : minimiseAll(before, asItCame);
}

/** Compares the lines that a change touches, and no others. */
function diffLines(before: TextView, asItCame: readonly TextReplacement[]): TextReplacement[] {
  const { start: from, text } = lineWindow(before, asItCame[0]!.start, asItCame.at(-1)!.end);
  return moved(diffTexts(text, applyReplacements(text, moved(asItCame, -from))), from);
}

function moved(replacements: readonly TextReplacement[], by: number): TextReplacement[] {
  return replacements.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}

/** A reload comes as one block from the first line that differs to the last. */
function diffWhole(before: TextView, asItCame: readonly TextReplacement[]): TextReplacement[] {
  const text = before.slice(0, before.length);
  const edit = diffTexts(text, applyReplacements(text, asItCame));
  return edit.map((replacement) => ({ ...replacement, text: detached(replacement.text) }));
}

function asOffsetEdit(step: TextReplacement): ReturnType<typeof toOffsetEdit> {
  return toOffsetEdit([step]);
}
