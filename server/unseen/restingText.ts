import * as z from "zod";
import type { OffsetRange } from "../../core/text/movedRanges.ts";
import { outlineOf, writeOutline, type Outline } from "../../core/text/outline.ts";
import type { Hashes } from "../deviceKey.ts";
import type { DocumentRow, RestRow, SnapshotRow } from "../store/store.ts";

/** Where the texts of followed edits lie, by the edit's id. */
export type Ranges = ReadonlyMap<string, readonly OffsetRange[]>;

/** Longer texts are followed only while they are open: their lines are not stored. */
const longestOutlined = { chars: 5_000_000, lines: 100_000 };

const rangesSchema = z.record(z.string(), z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])));

/** What is stored of a text at rest; undefined where it is too long for that. */
export function restOf(
  text: string,
  {
    ranges,
    gitMark,
    hashes,
  }: { readonly ranges: Ranges; readonly gitMark: string | undefined; readonly hashes: Hashes },
): RestRow | undefined {
  const outline = outlineIfShort(text, hashes);
  if (!outline) return undefined;
  const stored = Object.fromEntries(
    [...ranges].map(([id, each]) => [id, each.map(({ start, end }) => [start, end])]),
  );
  return { outline: writeOutline(outline), ranges: JSON.stringify(stored), gitMark: gitMark ?? null };
}

export function outlineIfShort(text: string, hashes: Hashes): Outline | undefined {
  if (text.length > longestOutlined.chars) return undefined;
  const outline = outlineOf(text, (line) => hashes.line(line));
  return outline.hashes.length > longestOutlined.lines ? undefined : outline;
}

export function rangesOf(rest: RestRow | undefined): Ranges {
  const parsed = rest && rangesSchema.safeParse(JSON.parse(rest.ranges)).data;
  return new Map(
    Object.entries(parsed ?? {}).map(([id, each]) => [id, each.map(([start, end]) => ({ start, end }))]),
  );
}

/** A text that another takes the place of, as far as it can be come back to. */
export function snapshotOf({ uri, spans, rest }: DocumentRow): SnapshotRow | undefined {
  const { textLength, textHash } = spans;
  return rest && { uri, textLength, textHash, spans: spans.spans, rest };
}
