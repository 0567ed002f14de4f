import { fromCompact } from "../../core/spans/compactSpans.ts";
import { Spans, type Run } from "../../core/spans/spans.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { SpansRow } from "../store/store.ts";

/** A change of which only offsets are known, followed through the spans. */
export interface FollowedChange {
  readonly id: string;
  readonly removed: readonly Run[];
  /** False where the spans could not be followed: then nothing is known of what was kept. */
  readonly followed: boolean;
}

/** Stored spans, where they make sense for a text of that length. */
export function spansOfRow(row: Pick<SpansRow, "spans">, textLength: number | undefined): Spans | undefined {
  const parsed: unknown = JSON.parse(row.spans);
  const spans = fromCompact(parsed as Parameters<typeof fromCompact>[0]);
  return textLength === undefined || spans?.length === textLength ? spans : undefined;
}

/** Whether spans are those of the version right before a change. */
export function precedes(stored: SpansRow | undefined, first: Observation, window: string): boolean {
  return (
    stored !== undefined &&
    stored.window === window &&
    stored.session === first.session &&
    stored.version === first.version - 1
  );
}

/**
 * Follows changes from their offsets alone, beginning with the stored spans of the version before the first, or with
 * a text of nobody's of the length that leads to the final one. Undefined where the offsets do not fit.
 */
export function followGap(
  observations: readonly Observation[],
  from: {
    readonly stored: SpansRow | undefined;
    /** Length of the text after the last change, where it is known. */
    readonly finalLength: number | undefined;
    readonly uuid: () => string;
  },
): { spans: Spans; changes: FollowedChange[] } | undefined {
  const growth = observations
    .flatMap(({ changes }) => changes)
    .reduce((total, { insertedLength, deletedLength }) => total + insertedLength - deletedLength, 0);
  const baseLength = from.finalLength === undefined ? undefined : from.finalLength - growth;
  if (baseLength !== undefined && baseLength < 0) return undefined;
  const stored = from.stored && spansOfRow(from.stored, baseLength);
  const spans = stored ?? (baseLength === undefined ? undefined : Spans.ofLength(baseLength));
  if (!spans) return undefined;
  const changes: FollowedChange[] = [];
  for (const observation of observations) {
    const id = from.uuid();
    const owner = observation.reason === undefined ? id : undefined;
    const removed: Run[] = [];
    for (const { offset, deletedLength, insertedLength } of observation.changes) {
      if (offset + deletedLength > spans.length) return undefined;
      removed.push(...spans.replace(offset, deletedLength, insertedLength, owner));
    }
    changes.push({ id, removed, followed: true });
  }
  return { spans, changes };
}
