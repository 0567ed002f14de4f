import { pathToFileURL } from "node:url";
import { aliveAfterMs, aliveEdits } from "../../core/fate/aliveEdits.ts";
import type { StageRow } from "../store/stages.ts";
import type { Store } from "../store/store.ts";
import type { Pass } from "./passOver.ts";

/** Edits are kept for ninety days; of commits before that there is none to say it of. */
const longestMs = 4 * aliveAfterMs;

/** Says of the edits of a repository's commits whether they are alive thirty days later. */
export function writeEditFates(
  store: Pick<Store, "readCommit" | "readCommitNames" | "write">,
  root: string,
  { history, fates }: Extract<Pass, { ok: true }>,
  now: number,
): void {
  const repository = pathToFileURL(root).href;
  const own = store
    .readCommitNames(repository)
    .flatMap((name) => store.readCommit(repository, name) ?? [])
    .filter(({ at }) => now - at < longestMs);
  const outcomes = aliveEdits(fates, history.lines.commits, own, now);
  if (outcomes.size === 0) return;
  const stages = [...outcomes].map(([editId, outcome]): StageRow => ({
    editId,
    stage: "aliveAt30",
    outcome,
  }));
  // Where it has to be tried again, the next look does.
  store.write({
    documents: [],
    edits: [],
    origins: [],
    removals: [],
    drops: [],
    receipt: undefined,
    stages,
  });
}
