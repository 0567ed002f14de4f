interface DatedCommit {
  readonly hash: string;
  readonly commitDate?: Date | undefined;
}

/** Git tells whole seconds: a commit can seem to be made before what it holds. */
const secondMs = 1000;

/** Of the commits of a file the first one since a moment; undefined where there is none. */
export function commitAfter<Each extends DatedCommit>(
  commits: readonly Each[],
  madeAt: number,
): Each | undefined {
  let first: Each | undefined;
  for (const commit of commits) {
    const at = commit.commitDate?.getTime();
    if (at === undefined || at + secondMs <= madeAt) continue;
    if (!first || at < first.commitDate!.getTime()) first = commit;
  }
  return first;
}
