import type { FatesAsked } from "../../protocol/editsBehind.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import { aiLines, hasAi } from "./commitKinds.ts";
import { commitsOf, type CommitOfDay } from "./heldCommits.ts";

const dayMs = 24 * 60 * 60_000;

/**
 * The commits that a number of fates is of: with AI's lines, or people's since AI is known to have written any. Records do
 * not name the commits of groups; a commit is found by its repository and its time.
 */
export function watchedCommits(
  records: readonly FateRecord[],
  utcOffsetMinutes: number,
  kind: "ai" | "human",
  { of, days }: FatesAsked,
): CommitOfDay[] {
  const looked = records.filter(({ unknown }) => unknown === null);
  const firstAi = Math.min(...looked.map(firstOfAi));
  const from = firstAi === Infinity ? 0 : firstAi;
  return looked.flatMap((record) => {
    const moments = new Set<number>();
    for (const [origin, commit, , lived, end] of record.groups) {
      const at = record.commits[commit]![0];
      const isOld = Math.max(0, Math.floor((record.at - at) / dayMs)) >= days;
      const isWatched = of === "commits" || days === 0 || end !== "lost" || lived >= days;
      if (record.origins[origin]!.kind === kind && at >= from && isOld && isWatched) moments.add(at);
    }
    return (commitsOf([record], utcOffsetMinutes) ?? []).filter(
      (commit) => moments.has(commit.at) && (kind === "ai" ? hasAi(commit) : commit.known > aiLines(commit)),
    );
  });
}

function firstOfAi({ origins, commits, groups }: FateRecord): number {
  return groups.reduce(
    (first, [origin, commit]) =>
      origins[origin]!.kind === "ai" ? Math.min(first, commits[commit]![0]) : first,
    Infinity,
  );
}
