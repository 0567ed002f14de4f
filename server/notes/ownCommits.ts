import { pathToFileURL } from "node:url";
import type { AttributedFile } from "../../core/notes/attribution.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { OriginRow, Store } from "../store/store.ts";

/** What Kept itself knows of the lines of a commit; undefined where it saw none of it. */
export function ownAttribution(
  store: Pick<Store, "readCommit">,
  root: string,
  commit: string,
): { readonly at: number; readonly files: readonly AttributedFile[] } | undefined {
  const known = store.readCommit(pathToFileURL(root).href, commit);
  if (!known) return undefined;
  const files = known.files.map(({ path, ranges }) => ({
    path,
    ranges: ranges.map(({ firstLine, lastLine, origin }) => ({
      start: firstLine,
      end: lastLine,
      origin: originOf(origin),
    })),
  }));
  return { at: known.at, files };
}

function originOf({ kind, tool, model, mode }: Pick<OriginRow, "kind" | "tool" | "model" | "mode">): Origin {
  if (kind !== "ai") return { kind };
  return {
    kind,
    ...(tool !== null && { tool }),
    ...(model !== null && { model }),
    ...(mode !== null && { mode }),
  };
}
