import type { Origin } from "../../protocol/origin.ts";
import { originKey } from "./originKey.ts";
import { diffTexts } from "../text/textDiff.ts";
import type { TextReplacement } from "../text/textReplacement.ts";

/** Changes of a conversation that follow each other within this time are one edit that was streamed in, in ms. */
export const streamGap = 1000;

/** One change of a document. */
export interface StreamedChange {
  /** Milliseconds. */
  readonly at: number;
  readonly origin: Origin;
  readonly before: string;
  readonly after: string;
  readonly edit: readonly TextReplacement[];
}

/**
 * Joins what a conversation streamed into a document: one edit from the text before the first change to the text
 * after the last, with the time and all else of the first. Any other change ends it, so the order of changes stays.
 */
export function mergeStreamed<Change extends StreamedChange>(changes: readonly Change[]): Change[] {
  const runs: Change[][] = [];
  for (const change of changes) {
    const previous = runs.at(-1)?.at(-1);
    if (previous && continuesStream(previous, change)) runs.at(-1)!.push(change);
    else runs.push([change]);
  }
  return runs.map((run) => {
    const first = run[0]!;
    const after = run.at(-1)!.after;
    return run.length === 1 ? first : { ...first, after, edit: diffTexts(first.before, after) };
  });
}

/**
 * Whether a change belongs to the same stream as the one right before it. Unlike VS Code, which joins whatever comes
 * from any conversation, this keeps tools, modes and models apart.
 */
export function continuesStream(
  previous: Pick<StreamedChange, "at" | "origin">,
  next: Pick<StreamedChange, "at" | "origin">,
): boolean {
  return (
    isStreamed(next.origin) &&
    next.at - previous.at <= streamGap &&
    originKey(previous.origin) === originKey(next.origin)
  );
}

/** Completions come at once; chat, inline chat and agents write while they think. */
function isStreamed(origin: Origin): boolean {
  if (origin.kind !== "ai") return false;
  return origin.mode === "chat" || origin.mode === "inlineChat" || origin.mode === "agent";
}
