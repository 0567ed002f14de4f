/**
 * Where the focus goes in a group that is one stop for Tab and is walked with the arrow keys: a row of tabs, or the
 * numbers of a table with so many columns. Undefined for keys that mean nothing here.
 */
export function nextStop(key: string, from: number, count: number, columns: number): number | undefined {
  const row = Math.floor(from / columns);
  const column = from % columns;
  const rows = Math.ceil(count / columns);
  const oneRow = rows <= 1;
  switch (key) {
    case "ArrowRight":
      return oneRow ? (from + 1) % count : row * columns + Math.min(columns - 1, column + 1);
    case "ArrowLeft":
      return oneRow ? (from - 1 + count) % count : row * columns + Math.max(0, column - 1);
    case "ArrowDown":
      return oneRow ? undefined : Math.min(rows - 1, row + 1) * columns + column;
    case "ArrowUp":
      return oneRow ? undefined : Math.max(0, row - 1) * columns + column;
    case "Home":
      return oneRow ? 0 : row * columns;
    case "End":
      return oneRow ? count - 1 : row * columns + columns - 1;
    default:
      return undefined;
  }
}

/** Where an arrow key leads in a chart that is walked along its axis and ends at both sides. */
export function nextPlace(key: string, from: number, last: number): number | undefined {
  const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[key];
  return next === undefined ? undefined : Math.min(last, Math.max(0, next));
}
