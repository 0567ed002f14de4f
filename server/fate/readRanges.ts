import { pathToFileURL } from "node:url";
import { readSeen } from "../../core/summary/seen.ts";
import type { Store } from "../store/store.ts";

/** Lines of a commit that one edit of AI brought. Counted from 1, both ends included. */
export interface ReadRange {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** The share of the edit that was on screen, of 1. */
  readonly seen: number;
}

/** Of lines whose edit is gone, or of commits of which nothing was noted as seen, nothing is said. */
export function readRangesOf(
  store: Pick<Store, "readCommit" | "readOrigins" | "readSeen">,
  root: string,
  commit: string,
): ReadRange[] {
  const known = store.readCommit(pathToFileURL(root).href, commit);
  const ranges = (known?.files ?? []).flatMap(({ path, ranges: own }) =>
    own.flatMap((range) => (range.origin.kind === "ai" ? { path, ...range } : [])),
  );
  const ids = [...new Set(ranges.map(({ editId }) => editId))];
  const seen = ids.length === 0 ? undefined : store.readSeen(ids);
  // Whether what was on screen is noted is a setting: where nothing is, it may have been off.
  if (!seen || seen.size === 0) return [];
  const there = store.readOrigins(ids);
  return ranges.flatMap(({ path, firstLine, lastLine, editId }) =>
    there.has(editId) ? [{ path, start: firstLine, end: lastLine, seen: shareOf(seen.get(editId)) }] : [],
  );
}

function shareOf(stored: string | undefined): number {
  const seen = stored === undefined ? undefined : readSeen(stored);
  if (!seen || seen.length === 0) return 0;
  let length = 0;
  for (let at = 0; at + 1 < seen.places.length; at += 2) length += seen.places[at + 1]! - seen.places[at]!;
  return Math.min(1, length / seen.length);
}
