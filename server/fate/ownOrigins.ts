import { pathToFileURL } from "node:url";
import type { CommitOrigins } from "../../core/fate/commitOrigins.ts";
import { ownAttribution } from "../notes/ownCommits.ts";
import { inSlices, type Pace } from "../slices.ts";
import type { Store } from "../store/store.ts";

type Commits = Pick<Store, "readCommit" | "readCommitNames">;

/** What was seen here of who wrote the lines of a repository's commits. */
export async function addOwnOrigins(
  store: Commits,
  root: string,
  origins: CommitOrigins,
  pace?: Pace,
): Promise<void> {
  await inSlices(addingOrigins(store, root, origins), pace);
}

function* addingOrigins(
  store: Commits,
  root: string,
  origins: CommitOrigins,
): Generator<undefined, void, undefined> {
  for (const name of store.readCommitNames(pathToFileURL(root).href)) {
    origins.addOwn(name, ownAttribution(store, root, name)?.files ?? []);
    yield;
  }
}
