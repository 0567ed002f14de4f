/** Longer ids are none that any tool gives. */
const longestId = 200;
const quote = 34;

/** The ids that stand behind a key in a line of JSON, which is not parsed. In a text of it the key would be escaped. */
export function idsIn(line: Buffer, key: Buffer): string[] {
  const ids: string[] = [];
  for (let at = line.indexOf(key); at !== -1; at = line.indexOf(key, at + 1)) {
    const from = at + key.length;
    const end = line.indexOf(quote, from);
    if (end !== -1 && end - from <= longestId) ids.push(line.toString("utf8", from, end));
  }
  return ids;
}
