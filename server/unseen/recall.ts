import { moveRanges } from "../../core/text/movedRanges.ts";
import { readOutline } from "../../core/text/outline.ts";
import { followReplacements, replacementsBetween } from "../../core/spans/remap.ts";
import { Spans, type Run } from "../../core/spans/spans.ts";
import type { Hashes } from "../deviceKey.ts";
import type { GitView } from "../gitView.ts";
import { spansOfRow } from "../edits/gap.ts";
import { outlineIfShort, rangesOf, snapshotOf, type Ranges } from "./restingText.ts";
import type { DocumentRow, SnapshotRow, Store } from "../store/store.ts";

/** Whose a text is, as far as what was stored of it tells. */
export interface Recalled {
  readonly spans: Spans;
  readonly ranges: Ranges;
  /**
   * `same`: as it was recorded last. `back`: a text that it had earlier. `changed`: its lines were found again, or as
   * many as could be. `lost`: recorded once, with a text of which nothing is known. `never`: not recorded.
   */
  readonly state: "same" | "back" | "changed" | "lost" | "never";
  /** What is gone from it for good. */
  readonly removed: readonly Run[];
  /** The text that it had, which may come back. */
  readonly left: SnapshotRow | undefined;
}

export interface RecallOptions {
  readonly store: Pick<Store, "readSnapshots">;
  readonly hashes: Hashes;
  readonly git: GitView;
}

/** Finds whose a text is that nobody watched. What was put in meanwhile is nobody's. */
export function recall(text: string, row: DocumentRow | undefined, options: RecallOptions): Recalled {
  if (!row) return unknown(text, "never");
  const { spans, rest, uri } = row;
  const textHash = options.hashes.text(text);
  if (spans.textHash === textHash) {
    const known = spansOfRow(spans, text.length);
    return known ? { ...kept, spans: known, ranges: rangesOf(rest), state: "same" } : unknown(text, "lost");
  }
  const left = snapshotOf(row);
  const moved = options.git.movedSince(uri, rest?.gitMark ?? undefined);
  const snapshots = options.store.readSnapshots(uri);
  const back = snapshots.find((snapshot) => snapshot.textHash === textHash);
  const restored = back && spansOfRow(back, text.length);
  // Another program may have put an old text back: that is its doing, and then it is compared like any other.
  if (restored && moved)
    return { ...kept, spans: restored, ranges: rangesOf(back.rest), state: "back", left };
  const found = left && mapped(text, left, options.hashes);
  if (!found) return { ...unknown(text, "lost"), left };
  return { ...found, state: "changed", removed: moved === "switched" ? [] : found.removed, left };
}

const kept = { removed: [], left: undefined };

function unknown(text: string, state: "lost" | "never"): Recalled {
  return { ...kept, spans: Spans.ofLength(text.length), ranges: new Map(), state };
}

function mapped(
  text: string,
  { textLength, spans: stored, rest }: SnapshotRow,
  hashes: Hashes,
): Pick<Recalled, "spans" | "ranges" | "removed"> | undefined {
  const spans = spansOfRow({ spans: stored }, textLength);
  const before = readOutline(rest.outline);
  const after = outlineIfShort(text, hashes);
  if (!spans || !before || !after) return undefined;
  const replacements = replacementsBetween(before, after, spans);
  const removed = followReplacements(spans, replacements);
  if (spans.length !== text.length) return undefined;
  const ranges = [...rangesOf(rest)].map(([id, each]) => [id, moveRanges(each, replacements)] as const);
  return { spans, removed, ranges: new Map(ranges) };
}
