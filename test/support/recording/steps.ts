import type { Observation } from "../../../protocol/observation.ts";
import type { TextMovement } from "../../../core/spans/gitMovement.ts";

/** Where in the text a step happens: right after a passage, at every place it occurs, or in place of it. */
export interface Spot {
  readonly after?: string;
  readonly afterEach?: string;
  readonly instead?: string;
}

type Known = Partial<Pick<Observation, "reason" | "pending" | "carets" | "focused">>;
/** The editor's own account, as code-server gives it and other editors do not. */
export type Account = NonNullable<Observation["detailedReason"]>["metadata"] & { readonly source: string };

/** One thing that happens in a recording. `at` is seconds from its start. */
export type Step = { readonly at: number } & (
  | { readonly does: "open"; readonly file: string; readonly text: string }
  | { readonly does: "close"; readonly file: string }
  /** One key after the other, 120 ms apart. */
  | { readonly does: "type"; readonly file: string; readonly text: string; readonly at_: Spot }
  /** The backspace key, so often. */
  | { readonly does: "erase"; readonly file: string; readonly text: string }
  | ({
      readonly does: "edit";
      readonly file: string;
      readonly text: string;
      readonly at_: Spot;
      readonly account?: Account;
    } & Known)
  /** Takes back, or makes again, the last steps of a file, one event each. */
  | { readonly does: "undo" | "redo"; readonly file: string; readonly times: number }
  /** The editor reads the file again, because something else wrote it. */
  | { readonly does: "reload"; readonly file: string; readonly text: string }
  /** Something writes a file that is not open. */
  | { readonly does: "write"; readonly file: string; readonly text: string }
  | { readonly does: "git"; readonly branch: string; readonly movement: TextMovement | undefined }
);
