/** Longer ids are none that any tool gives. */
const longestId = 200;
const quote = 34;

/** What is searched for of a key begins at its first underscore: few bytes of a text are one, which is ten times quicker. */
const parts = new Map<string, { readonly whole: Buffer; readonly rare: Buffer; readonly before: number }>();

/** The ids that stand behind a key in a line of JSON, which is not parsed. In a text of it the key would be escaped. */
export function idsIn(line: Buffer, key: string): string[] {
  const { whole, rare, before } = partsOf(key);
  const ids: string[] = [];
  for (let at = line.indexOf(rare); at !== -1; at = line.indexOf(rare, at + 1)) {
    const start = at - before;
    if (start < 0 || line.compare(whole, 0, whole.length, start, start + whole.length) !== 0) continue;
    const id = stringFrom(line, start + whole.length);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

/** The string whose first bytes, with what is before them, are given. */
export function stringBehind(line: Buffer, key: Buffer): string | undefined {
  const at = line.indexOf(key);
  return at === -1 ? undefined : stringFrom(line, at + key.length);
}

function stringFrom(line: Buffer, from: number): string | undefined {
  const end = line.indexOf(quote, from);
  return end === -1 || end - from > longestId ? undefined : line.toString("utf8", from, end);
}

function partsOf(key: string) {
  let known = parts.get(key);
  if (!known) {
    const before = key.indexOf("_") + 1;
    known = { whole: Buffer.from(`"${key}":"`), rare: Buffer.from(`${key.slice(before - 1)}":"`), before };
    parts.set(key, known);
  }
  return known;
}
