import { pathToFileURL } from "node:url";
import { aliveAfterMs, aliveEdits, type CommitOfEdits } from "../../core/fate/aliveEdits.ts";
import { followingOutcome } from "../../core/summary/funnel.ts";
import { inSlices, type Pace } from "../slices.ts";
import type { StageRow } from "../store/stages.ts";
import type { Store } from "../store/store.ts";
import type { Pass } from "./passOver.ts";

/** Edits are kept for ninety days; of commits before that there is none to say it of. */
const longestMs = 4 * aliveAfterMs;
/** A transaction of more keeps others waiting. */
const mostRows = 100;
const stage = "aliveAt30";

type EditStore = Pick<Store, "readCommit" | "readCommitNames" | "readStages" | "write">;
type Steps<Result> = Generator<undefined, Result, undefined>;

/** Says of the edits of a repository's commits whether they are alive thirty days later. */
export async function writeEditFates(
  store: EditStore,
  root: string,
  pass: Extract<Pass, { ok: true }>,
  now: number,
  pace?: Pace,
): Promise<void> {
  await inSlices(writing(store, root, pass, now), pace);
}

function* writing(
  store: EditStore,
  root: string,
  { history, fates }: Extract<Pass, { ok: true }>,
  now: number,
): Steps<void> {
  const own = yield* commitsSince(store, pathToFileURL(root).href, now - longestMs);
  const outcomes = yield* aliveEdits(fates, history.lines.commits, own, now);
  let news: StageRow[] = [];
  for (const [editId, outcome] of outcomes) {
    // Most was said the day before.
    const known = store.readStages(editId)[stage];
    if (followingOutcome(stage, known, outcome) !== known) news.push({ editId, stage, outcome });
    if (news.length === mostRows) {
      write(store, news);
      news = [];
    }
    yield;
  }
  if (news.length > 0) write(store, news);
}

function* commitsSince(store: EditStore, repository: string, since: number): Steps<CommitOfEdits[]> {
  const commits: CommitOfEdits[] = [];
  for (const name of store.readCommitNames(repository)) {
    const commit = store.readCommit(repository, name);
    if (commit && commit.at > since) commits.push(commit);
    yield;
  }
  return commits;
}

/** Where it has to be tried again, the next look does. */
function write(store: EditStore, stages: readonly StageRow[]): void {
  const nothing = { documents: [], edits: [], origins: [], removals: [], drops: [], receipt: undefined };
  store.write({ ...nothing, stages });
}
