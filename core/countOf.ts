/** So many of them: "1 edit", "1,204 edits". */
export function countOf(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}
