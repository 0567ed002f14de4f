import { sampleTimeAfter } from "../../core/retention/sampleTimes.ts";
import type { DueRow, FollowedRow, SampleRow } from "./store.ts";

interface Sampled {
  readonly samples: Map<number, SampleRow>;
  followed: DueRow | undefined;
}

/** Samples of an edit are still to be taken. */
export function follow(edit: Sampled, row: FollowedRow): void {
  const nextDueMs = sampleTimeAfter(Math.max(-1, ...edit.samples.keys()));
  if (nextDueMs === undefined) return;
  edit.followed = edit.followed ? { ...edit.followed, uri: row.uri } : { ...row, nextDueMs };
}

/** One of them was. Says whether it is new. */
export function addSample(edit: Sampled, sample: SampleRow): boolean {
  const isNew = !edit.samples.has(sample.dueMs);
  if (isNew) edit.samples.set(sample.dueMs, sample);
  if (!edit.followed || edit.followed.nextDueMs > sample.dueMs) return isNew;
  const nextDueMs = sampleTimeAfter(sample.dueMs);
  edit.followed = nextDueMs === undefined ? undefined : { ...edit.followed, nextDueMs };
  return isNew;
}

/** The samples that are due, the first of them first; not all at once. */
export function dueUntil(edits: Iterable<Sampled>, until: number): DueRow[] {
  return [...edits]
    .flatMap(({ followed }) => followed ?? [])
    .filter((row) => row.since + row.nextDueMs <= until)
    .sort((one, other) => one.since + one.nextDueMs - other.since - other.nextDueMs)
    .slice(0, 100);
}
