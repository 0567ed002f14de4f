import { changedLinesOf } from "../../../core/text/changedLines.ts";
import type { ToolEdit, ToolEditLines, ToolText } from "../../../core/tools/toolRecords.ts";
import { assertsOtherwise } from "../assertionStep.ts";

/** A proposal of which nobody said yet what became of it. */
interface Proposal {
  readonly index: number;
  readonly first: ToolEdit;
  /** As it was proposed last. */
  readonly edit: ToolEdit;
}

/** Characters of proposals that wait for what became of them. */
const mostHeld = 4_000_000;

/**
 * The edits of tasks in one part of a look, without their texts. Most proposals are answered a line later, and both tell the
 * same lines: these are told, and counted, in one.
 */
export class TaskEditsOfPart {
  #told: ToolEditLines[] = [];
  readonly #proposals = new Map<string, Proposal>();
  #held = 0;

  get count(): number {
    return this.#told.length;
  }

  add(edit: ToolEdit): void {
    const { tool, call, path, outcome } = edit;
    const name = `${tool} ${call} ${path}`;
    const known = call === undefined ? undefined : this.#proposals.get(name);
    if (call === undefined || (!known && outcome !== "proposed")) this.#told.push(withLines(edit));
    else if (known && outcome !== "proposed") {
      this.#told[known.index] = withProposal(known, edit);
      this.#proposals.delete(name);
    } else this.#hold(name, edit, known);
  }

  /** All there is; the next part begins with none. */
  take(): ToolEditLines[] {
    this.#settle();
    const told = this.#told;
    this.#told = [];
    return told;
  }

  #hold(name: string, edit: ToolEdit, known: Proposal | undefined): void {
    const { text, ...rest } = edit;
    const index = known?.index ?? this.#told.length;
    this.#told[index] = { ...rest, linesAdded: null, linesDeleted: null };
    this.#proposals.set(name, { index, first: known?.first ?? edit, edit });
    this.#held += charsOf(text);
    if (this.#held > mostHeld) this.#settle();
  }

  #settle(): void {
    for (const proposal of this.#proposals.values())
      this.#told[proposal.index] = withProposal(proposal, proposal.edit);
    this.#proposals.clear();
    this.#held = 0;
  }
}

function withLines(edit: ToolEdit): ToolEditLines {
  const { text, ...told } = edit;
  return { ...told, ...changedLinesOf(text), ...(assertsOtherwise(edit) && { assertsOtherwise: true }) };
}

function withProposal({ first, edit: proposed }: Proposal, edit: ToolEdit): ToolEditLines {
  const read = withLines(edit);
  const isUnsaid = read.linesAdded === null && edit !== proposed;
  return {
    ...read,
    ...(isUnsaid && changedLinesOf(proposed.text)),
    session: first.session,
    ...(edit !== first && { proposedAt: first.at }),
  };
}

function charsOf(text: ToolText): number {
  const pieces = text.kind === "pieces" ? text.pieces : text.kind === "whole" ? [text] : [];
  return pieces.reduce((sum, { before = "", after }) => sum + before.length + after.length, 0);
}
