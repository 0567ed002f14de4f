import type { CommitOfEdits } from "../../core/fate/aliveEdits.ts";
import { acceptanceOf, keptOf } from "../../core/summary/funnel.ts";
import type { TaskType } from "../../core/requests/taskType.ts";
import type { OutcomeCount } from "../../core/summary/funnel.ts";
import type { OutcomeOf, Stage } from "../../protocol/funnel.ts";
import type { EditRow, OriginRow, SampleRow, SumKey } from "./store.ts";

/** What became of an edit at one stage of its way. What was seen before is not taken back by what is not seen now. */
export type StageRow = {
  readonly [S in Stage]: { readonly editId: string; readonly stage: S; readonly outcome: OutcomeOf<S> };
}[Stage];

/** Sums over edits at one stage, or that went one way. */
export type FunnelRow = Pick<SumKey, "day" | "workspace" | "kind" | "tool" | "model" | "mode"> & OutcomeCount;

/** Which lines of which files of a commit come from which edits. Lines are counted from 1. */
export interface CommitRow extends CommitOfEdits {
  /** Address of the folder that holds the working tree. */
  readonly repository: string;
  /** What kind of work its message or its branch says it is. It is a part of the tasks, and not read back from here. */
  readonly type?: TaskType | undefined;
}

/** The same as it is read: with the origins, which outlive the edits. */
export type KnownCommit = Omit<CommitRow, "files" | "type"> & {
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly (CommitRow["files"][number]["ranges"][number] & {
      readonly origin: Pick<OriginRow, "kind" | "tool" | "model" | "mode">;
    })[];
  }[];
};

/** What of an edit was on screen, as core/summary/seen.ts writes it. */
export interface SeenRow {
  readonly editId: string;
  readonly seen: string;
}

/** An AI edit that is not known to be in a commit, and what of it was on screen. */
export interface UncommittedRow {
  readonly editId: string;
  readonly uri: string;
  readonly seen: string | null;
}

/** What an edit itself says of its way. */
export function stagesOfEdit(
  edit: Pick<EditRow, "id" | "insertedChars">,
  origin: OriginRow,
  evidence: readonly {
    readonly source: string;
    readonly strength: EditRow["evidence"][number]["strength"];
  }[],
): StageRow[] {
  const outcome = edit.insertedChars > 0 ? acceptanceOf(origin, evidence) : undefined;
  return outcome === undefined ? [] : [{ editId: edit.id, stage: "accepted", outcome }];
}

/** What a sample says of its edit's way. */
export function stagesOfSample(sample: SampleRow): StageRow[] {
  const outcome = keptOf(sample);
  return outcome === undefined ? [] : [{ editId: sample.editId, stage: "keptAt15", outcome }];
}
