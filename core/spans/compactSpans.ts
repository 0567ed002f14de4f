import { Spans, type Run } from "./spans.ts";

/** Spans as stored: each owner once, and for each run its owner's index (-1 for none) and its length. */
export interface CompactSpans {
  readonly owners: readonly string[];
  /** A third number, always 1, marks a restored run. */
  readonly runs: readonly (readonly [number, number] | readonly [number, number, 1])[];
}

export function toCompact(spans: Spans): CompactSpans {
  const owners: string[] = [];
  const indexes = new Map<string | undefined, number>([[undefined, -1]]);
  const runs = spans.runs().map(({ owner, length, restored }): CompactSpans["runs"][number] => {
    let index = indexes.get(owner);
    if (index === undefined) {
      index = owners.push(owner!) - 1;
      indexes.set(owner, index);
    }
    return restored ? [index, length, 1] : [index, length];
  });
  return { owners, runs };
}

/** Undefined where the stored form makes no sense. */
export function fromCompact({ owners, runs }: CompactSpans): Spans | undefined {
  const isSound = runs.every(
    ([index, length]) =>
      Number.isInteger(index) &&
      index >= -1 &&
      index < owners.length &&
      Number.isSafeInteger(length) &&
      length >= 0,
  );
  if (!isSound) return undefined;
  return Spans.ofRuns(
    runs.map(([index, length, restored]): Run => ({
      owner: owners[index],
      length,
      restored: restored === 1 && index !== -1,
    })),
  );
}
