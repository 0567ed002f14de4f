import { pathToFileURL } from "node:url";
import type { CommitOrigins } from "../../core/fate/commitOrigins.ts";
import { ownAttribution } from "../notes/ownCommits.ts";
import type { Store } from "../store/store.ts";

/** What was seen here of who wrote the lines of a repository's commits. */
export function addOwnOrigins(
  store: Pick<Store, "readCommit" | "readCommitNames">,
  root: string,
  origins: CommitOrigins,
): void {
  for (const name of store.readCommitNames(pathToFileURL(root).href))
    origins.addOwn(name, ownAttribution(store, root, name)?.files ?? []);
}
