import { pathToFileURL } from "node:url";
import type { CommitOrigins } from "../../core/fate/commitOrigins.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { KnownCommit } from "../store/stages.ts";
import type { Store } from "../store/store.ts";

/** What was seen here of who wrote the lines of a repository's commits. */
export function addOwnOrigins(
  store: Pick<Store, "readCommit" | "readCommitNames">,
  root: string,
  origins: CommitOrigins,
): void {
  const repository = pathToFileURL(root).href;
  for (const name of store.readCommitNames(repository)) {
    const files = store.readCommit(repository, name)?.files ?? [];
    origins.addOwn(
      name,
      files.map(({ path, ranges }) => ({
        path,
        ranges: ranges.map(({ firstLine, lastLine, origin }) => ({
          start: firstLine,
          end: lastLine,
          origin: originOf(origin),
        })),
      })),
    );
  }
}

type StoredOrigin = KnownCommit["files"][number]["ranges"][number]["origin"];

function originOf({ kind, tool, model, mode }: StoredOrigin): Origin {
  if (kind !== "ai") return { kind };
  return {
    kind,
    ...(tool !== null && { tool }),
    ...(model !== null && { model }),
    ...(mode !== null && { mode }),
  };
}
