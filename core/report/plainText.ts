const ruleOf = (text: string) => "─".repeat([...text].length);

/** Markdown of a report as it reads best in a terminal: columns in line, and none of the marks. */
export function plainText(markdown: string): string {
  const out: string[] = [];
  let rows: string[][] = [];
  const endTable = () => {
    out.push(...aligned(rows));
    rows = [];
  };
  for (const line of markdown.split("\n")) {
    if (line.startsWith("|")) {
      if (!/^[|:-]+$/.test(line)) rows.push(cellsOf(line));
      continue;
    }
    endTable();
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading === undefined) out.push(bare(line));
    else out.push(bare(heading), ruleOf(bare(heading)));
  }
  endTable();
  return out.join("\n");
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => bare(cell.trim()));
}

/** The first row is the head. */
function aligned([head, ...rows]: readonly string[][]): string[] {
  if (!head) return [];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  const written = (row: readonly string[]) =>
    widths
      .map((width, column) => (row[column] ?? "") + " ".repeat(width - [...(row[column] ?? "")].length))
      .join("  ")
      .trimEnd();
  return [written(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(written)];
}

function bare(text: string): string {
  return text.replace(/^\*\*(.*)\*\*$/, "$1").replace(/\\([|\\`*_<>[\]])/g, "$1");
}
