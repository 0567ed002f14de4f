import type { Mode } from "../../protocol/origin.ts";
import type { ChangedLines } from "../text/changedLines.ts";

/**
 * What tools record of themselves, in one shape for hooks, logs and telemetry. Texts live in memory while they are
 * matched to changes, and are stored nowhere.
 */
export interface ToolEdit {
  /** As `core/tools/toolName.ts` calls it, for example `claude-code`. */
  readonly tool: string;
  readonly mode: Mode;
  readonly model: string | undefined;
  readonly session: string;
  /** The tool's own id of the call. The same call read twice, from a hook and from a log, is one record. */
  readonly call: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Absolute; what the tool gave relative to its working folder is resolved against it. */
  readonly path: string;
  readonly text: ToolText;
  /** Whether the person changed the proposal before accepting it. */
  readonly userModified?: boolean;
  /** Another record of the tool tells of it as part of its task: here it is evidence of whose a change is, and no more. */
  readonly isEvidenceAlone?: true;
  readonly outcome: "proposed" | "applied" | "rejected" | "failed" | "unknown";
}

export type ToolText =
  /** Each piece took the place of the text before it; `before` is undefined where the tool does not say. */
  | {
      readonly kind: "pieces";
      readonly pieces: readonly { readonly before?: string; readonly after: string }[];
      /** It was done where the text before was found, and nobody says whether or how often it was. */
      readonly isIfThere?: true;
    }
  /** The whole file as the tool wrote it. */
  | { readonly kind: "whole"; readonly after: string; readonly before?: string }
  | { readonly kind: "deleted" }
  /** The tool names the file and not what it wrote. */
  | { readonly kind: "unsaid" };

/** What a record says of an edit, without its text. */
export type ToolEditLines = Omit<ToolEdit, "text"> &
  ChangedLines & {
    /** Whether it changed what a test asserts; left out where it did not, or nobody can tell. */
    readonly assertsOtherwise?: boolean;
    /** When it was proposed, where that was read in one with what became of it. */
    readonly proposedAt?: number;
  };

/** One call to a model. `input` never includes cached tokens: a reader states its convention, one place normalises. */
export interface ToolRequest {
  readonly tool: string;
  readonly session: string;
  /** The same request in resumed and branched logs has the same id. Empty where only telemetry without one tells of it. */
  readonly id: string;
  readonly at: number;
  readonly model: string | undefined;
  readonly tokens: Tokens;
  /** Not one call but all of a session: its tokens count, and in nothing that is told of single requests. */
  readonly isSum?: true;
  /** Asked to be answered faster, at another price. */
  readonly isFast?: boolean;
  readonly billed?: { readonly amount: number; readonly currency: string };
  readonly latencyMs?: number;
  readonly isSubagent: boolean;
  /** How AI was used, where all requests of the tool are of one kind or it says so. */
  readonly mode?: Mode;
  /** The folder the tool worked in, absolute. */
  readonly folder?: string | undefined;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** All of it; `cacheWriteLong` is the part that is kept for an hour and costs more. */
  readonly cacheWrite: number;
  readonly cacheWriteLong: number;
  /** Part of `output`. */
  readonly reasoning: number;
}

/** What a tool itself counts of its edits: decisions on them, and what it finds is left of them. Never of one edit. */
export interface ToolFigure {
  readonly tool: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly measure: FigureMeasure;
  /** Of a decision, whose it was; of what is left, after how many ms. */
  readonly detail: string;
  readonly count: number;
  /** Sum of the scores; of decisions their number. */
  readonly total: number;
}

export type FigureMeasure = "accepted" | "rejected" | "fourGram" | "noRevert";
