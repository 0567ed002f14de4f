import type { HeldCommit } from "../../protocol/fates.ts";

/** What less is known of may hold text of AI that nobody told of. */
const leastKnownShare = 0.5;

/** Of a merge somebody else may have written everything. */
export function isOwn({ isMine, isMerge }: Pick<HeldCommit, "isMine" | "isMerge">): boolean {
  return isMine === true && !isMerge;
}

export function aiLines({ ai }: Pick<HeldCommit, "ai">): number {
  return Object.values(ai).reduce((sum, lines) => sum + lines, 0);
}

export function hasAi(commit: Pick<HeldCommit, "ai">): boolean {
  return aiLines(commit) > 0;
}

export function isTold({ lines, known }: Pick<HeldCommit, "lines" | "known">): boolean {
  return lines > 0 && known >= lines * leastKnownShare;
}

export function isAiSource(commit: Pick<HeldCommit, "ai" | "sourceFiles">): boolean {
  return hasAi(commit) && commit.sourceFiles > 0;
}

export function hasTests({ testFiles }: Pick<HeldCommit, "testFiles">): boolean {
  return testFiles > 0;
}
