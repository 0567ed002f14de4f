/** Rows of CSV as a spreadsheet reads them: quotes around what holds a comma, a quote or a line break, each quote in it twice. */
export function* csvRows(text: string): Generator<readonly string[]> {
  let cells: string[] = [];
  let [cell, isQuoted, at] = ["", false, text.startsWith("\uFEFF") ? 1 : 0];
  while (at < text.length) {
    if (isQuoted) {
      const end = text.indexOf('"', at);
      cell += text.slice(at, end === -1 ? text.length : end);
      isQuoted = end !== -1 && text[end + 1] === '"';
      if (isQuoted) cell += '"';
      at = end === -1 ? text.length : end + (isQuoted ? 2 : 1);
      continue;
    }
    const sign = text[at]!;
    if (sign === '"') isQuoted = true;
    else if (sign === "," || sign === "\n") {
      cells.push(cell);
      cell = "";
      if (sign === "\n") {
        yield cells;
        cells = [];
      }
    } else if (sign !== "\r") cell += sign;
    at++;
  }
  if (cell !== "" || cells.length > 0) yield [...cells, cell];
}
