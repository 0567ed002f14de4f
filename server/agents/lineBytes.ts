/** Longer ids are none that any tool gives. */
const longestId = 200;
const quote = 34;

/** A key as it is searched for. */
export interface WantedKey {
  readonly whole: Buffer;
  /** From its first underscore on: few bytes of a text are one, which is found ten times quicker. */
  readonly rare: Buffer;
  readonly before: number;
}

export function wantedKey(key: string): WantedKey {
  const before = key.indexOf("_") + 1;
  return { whole: Buffer.from(`"${key}":"`), rare: Buffer.from(`${key.slice(before - 1)}":"`), before };
}

/** The ids that stand behind a key in a line of JSON, which is not parsed. In a text of it the key would be escaped. */
export function idsIn(line: Buffer, { whole, rare, before }: WantedKey): readonly string[] {
  let at = line.indexOf(rare);
  if (at === -1) return none;
  const ids: string[] = [];
  for (; at !== -1; at = line.indexOf(rare, at + 1)) {
    const start = at - before;
    if (start < 0 || line.compare(whole, 0, whole.length, start, start + whole.length) !== 0) continue;
    const id = stringFrom(line, start + whole.length);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

const none: readonly string[] = [];

/** The string behind a key, with the quote that it begins with, in the start of a line. */
export function stringBehind(start: string, key: string): string | undefined {
  const at = start.indexOf(key);
  if (at === -1) return undefined;
  const from = at + key.length;
  const end = start.indexOf('"', from);
  return end === -1 || end - from > longestId ? undefined : start.slice(from, end);
}

function stringFrom(line: Buffer, from: number): string | undefined {
  const end = line.indexOf(quote, from);
  return end === -1 || end - from > longestId ? undefined : line.toString("utf8", from, end);
}
