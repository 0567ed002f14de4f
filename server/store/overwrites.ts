import type { SumKey } from "./store.ts";

/** Text of one edit that another took out. What was brought back before is passed over, as it is in retention. */
export interface OverwriteRow {
  /** The edit that took it out. */
  readonly editId: string;
  /** The edit whose text it was. */
  readonly ofEditId: string;
  readonly chars: number;
}

/** The same added up: how often edits of one origin took out text of edits of another, and how much. */
export interface OverwriteSumRow extends Pick<SumKey, "kind" | "tool"> {
  readonly ofKind: SumKey["kind"];
  readonly ofTool: SumKey["tool"];
  /** Pairs of edits. */
  readonly edits: number;
  readonly chars: number;
}

/** What people change of what people typed is most of all changes, and no screen shows it. */
export function isOverwriteKept(by: Pick<SumKey, "kind">, of: Pick<SumKey, "kind">): boolean {
  return by.kind !== "human" || of.kind !== "human";
}
