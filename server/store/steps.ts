import type { StepKind } from "../../core/tools/toolSteps.ts";

/** What an agent did besides writing, or a test run of the editor's. */
export interface StepRow {
  /** Keyed hash of the tool and its own id of the call. */
  readonly key: string;
  /** Key of the task; null for what is of none. */
  readonly taskKey: string | null;
  readonly tool: string;
  /** Address of the folder; null where it is not known. */
  readonly place: string | null;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly kind: StepKind;
  /** Keyed hash, or the kind of a file with secrets. */
  readonly subject: string | null;
}

/** One edit that a tool's own record tells of. */
export interface TriedEditRow {
  readonly taskKey: string;
  readonly tool: string;
  readonly at: number;
  readonly uri: string;
}
