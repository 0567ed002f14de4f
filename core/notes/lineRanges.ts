/** Lines of a file, counted from 1, both ends included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** One claim to lines of a file. A later one wins over an earlier. */
export interface Claim<Value> {
  readonly ranges: readonly LineRange[];
  readonly value: Value;
}

/** No text that anybody wrote has more lines. */
const mostLine = 10_000_000;

/** `3`, `5-9`, and lists of both. What is no range of lines is left out and counted. */
export function parseRanges(text: string): { readonly ranges: LineRange[]; readonly refused: number } {
  const parts = text.split(",");
  const ranges = parts.flatMap((part) => {
    const [, first, last = first] = /^\s*(\d{1,9})(?:-(\d{1,9}))?\s*$/.exec(part) ?? [];
    return rangeOf(Number(first ?? 0), Number(last ?? 0)) ?? [];
  });
  return { ranges, refused: parts.length - ranges.length };
}

/** Undefined for what can be no range of lines. */
export function rangeOf(start: unknown, end: unknown): LineRange | undefined {
  if (!Number.isInteger(start) || !Number.isInteger(end)) return undefined;
  const range = { start: start as number, end: end as number };
  return range.start >= 1 && range.end >= range.start && range.end <= mostLine ? range : undefined;
}

export function formatRanges(ranges: readonly LineRange[]): string {
  return joined(ranges)
    .map(({ start, end }) => (start === end ? `${start}` : `${start}-${end}`))
    .join(",");
}

/** Sorted, and in as few ranges as say the same. */
export function joined(ranges: readonly LineRange[]): LineRange[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** The lines that are in both. */
export function shared(ranges: readonly LineRange[], others: readonly LineRange[]): LineRange[] {
  return joined(ranges).flatMap((range) =>
    joined(others).flatMap((other) => {
      const [start, end] = [Math.max(range.start, other.start), Math.min(range.end, other.end)];
      return start <= end ? [{ start, end }] : [];
    }),
  );
}

/** Whose each line is in the end. A line that several claims name is counted as overlapping, once. */
export function settleClaims<Value>(claims: readonly Claim<Value>[]): {
  readonly settled: (LineRange & { readonly value: Value })[];
  readonly overlapping: number;
} {
  const steps = claims.flatMap(({ ranges }, rank) =>
    joined(ranges).flatMap(({ start, end }) => [
      { at: start, rank, opens: true },
      { at: end + 1, rank, opens: false },
    ]),
  );
  steps.sort((one, other) => one.at - other.at);
  const open = new Set<number>();
  const settled: { start: number; end: number; value: Value }[] = [];
  let overlapping = 0;
  for (const [index, { at, rank, opens }] of steps.entries()) {
    if (opens) open.add(rank);
    else open.delete(rank);
    const next = steps[index + 1]?.at ?? at;
    if (next === at || open.size === 0) continue;
    if (open.size > 1) overlapping += next - at;
    const { value } = claims[highestOf(open)]!;
    const last = settled.at(-1);
    if (last?.end === at - 1 && last.value === value) last.end = next - 1;
    else settled.push({ start: at, end: next - 1, value });
  }
  return { settled, overlapping };
}

function highestOf(ranks: ReadonlySet<number>): number {
  let highest = -1;
  for (const rank of ranks) if (rank > highest) highest = rank;
  return highest;
}
