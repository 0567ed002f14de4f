import { evidenceFromObservation } from "../../core/origin/evidence.ts";
import { resolveOrigin } from "../../core/origin/origin.ts";
import { continuesStream, streamGap } from "../../core/origin/streamedEdits.ts";
import { diffTexts } from "../../core/text/textDiff.ts";
import type { TextChange } from "../../core/text/textReplacement.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { OpenDocument } from "./openDocument.ts";
import type { GrowthRow } from "../store/store.ts";
import { detached } from "./textBefore.ts";

/** A change of which the editor says that a conversation wrote it. */
export interface ConversationChange {
  readonly at: number;
  readonly origin: Origin;
}

/** Undefined for what anything but a conversation made, and for what nobody knows the maker of yet. */
export function conversationChange(observation: Observation | undefined): ConversationChange | undefined {
  if (!observation) return undefined;
  // Only the keyboard is told by the texts, and a conversation by the editor's account.
  const evidence = evidenceFromObservation(observation, { texts: [] });
  const change = { at: observation.at, origin: resolveOrigin(observation, evidence).origin };
  return continuesStream(change, change) ? change : undefined;
}

/** An edit that a conversation may still be writing. */
export class Stream {
  readonly id: string;
  /** The text before its first change. */
  readonly #before: string;
  #last: ConversationChange;
  /** All of it as one edit; undefined while that is out of date. */
  #edit: readonly TextChange[] | undefined;

  constructor(id: string, first: ConversationChange, document: OpenDocument, edit: readonly TextChange[]) {
    this.id = id;
    const before = document.textBefore(edit);
    this.#before = before.slice(0, before.length);
    this.#last = first;
    this.#edit = edit;
  }

  /** When its last change was made. */
  get at(): number {
    return this.#last.at;
  }

  /** When it is known that nothing continues it, given how long a change may wait for what the editor knows. */
  endsAt(patienceMs: number): number {
    return this.at + streamGap + patienceMs + 1;
  }

  isContinuedBy(change: ConversationChange | undefined): boolean {
    return change !== undefined && continuesStream(this.#last, change);
  }

  /** Whether nothing can continue it any more. A clock that was set back ends it too. */
  isOver(now: number): boolean {
    return Math.abs(now - this.at) > streamGap;
  }

  continue(change: ConversationChange): void {
    this.#last = change;
    this.#edit = undefined;
  }

  /** Says what it has grown to, once for any number of changes. */
  grow(document: OpenDocument): GrowthRow | undefined {
    if (this.#edit) return undefined;
    const edit = this.editOf(document);
    const insertedChars = edit.reduce((sum, { text }) => sum + text.length, 0);
    return {
      editId: this.id,
      insertedChars,
      deletedChars: edit.reduce((sum, { start, end }) => sum + end - start, 0),
      keptChars: Math.min(insertedChars, document.spans.ownedBy(this.id).kept),
    };
  }

  /** What leads from the text before its first change to the document as it is. */
  editOf(document: OpenDocument): readonly TextChange[] {
    return (this.#edit ??= diffTexts(this.#before, document.text).map(({ start, end, text }) => ({
      start,
      end,
      text: detached(text),
      removed: detached(this.#before.slice(start, end)),
    })));
  }
}
