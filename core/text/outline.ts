/**
 * A text of which only the lines can be told apart: a keyed hash of each and how long it is. Enough to find out later
 * which lines of a changed text are old ones, and nothing can be read from it.
 */
export interface Outline {
  readonly hashes: readonly string[];
  /** Code units of each line, its break left out. */
  readonly lengths: readonly number[];
  /** Code units of each line's break: 0 for the last line, 2 for a pair of carriage return and line feed. */
  readonly breaks: readonly number[];
}

/** `hash` must give different values for different lines, as far as it matters. */
export function outlineOf(text: string, hash: (line: string) => string): Outline {
  const hashes: string[] = [];
  const lengths: number[] = [];
  const breaks: number[] = [];
  const known = new Map<string, string>();
  const add = (line: string, breakLength: number) => {
    let hashed = known.get(line);
    if (hashed === undefined) known.set(line, (hashed = hash(line)));
    hashes.push(hashed);
    lengths.push(line.length);
    breaks.push(breakLength);
  };
  let start = 0;
  for (const { index, 0: found } of text.matchAll(/\r\n|\r|\n/g)) {
    add(text.slice(start, index), found.length);
    start = index + found.length;
  }
  add(text.slice(start), 0);
  return { hashes, lengths, breaks };
}

/** Where each line starts, and at the end the length of the whole text. */
export function lineStarts({ lengths, breaks }: Outline): number[] {
  const starts = [0];
  lengths.forEach((length, line) => starts.push(starts[line]! + length + breaks[line]!));
  return starts;
}

/** An outline as stored: the hashes, the lengths, and the breaks as digits. */
export function writeOutline({ hashes, lengths, breaks }: Outline): string {
  return JSON.stringify([hashes.join("\n"), lengths, breaks.join("")]);
}

/** Undefined where the stored form makes no sense. */
export function readOutline(stored: string): Outline | undefined {
  const parsed: unknown = JSON.parse(stored);
  if (!Array.isArray(parsed)) return undefined;
  const [joined, lengths, digits] = parsed as unknown[];
  if (typeof joined !== "string" || typeof digits !== "string" || !Array.isArray(lengths)) return undefined;
  const hashes = joined.split("\n");
  const breaks = [...digits].map(Number);
  const isSound =
    hashes.length === lengths.length &&
    breaks.length === lengths.length &&
    lengths.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    breaks.every((length) => length >= 0 && length <= 2);
  return isSound ? { hashes, lengths: lengths as number[], breaks } : undefined;
}
