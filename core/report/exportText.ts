import { exportColumns, exportThings, type ExportFormat, type ExportThing } from "../../protocol/export.ts";

export type ExportValue = string | number | boolean | null;
export type ExportRow = Readonly<Record<string, ExportValue>>;

/** In CSV every row says what it is; a column that several things have is one. */
const csvColumns = ["thing", ...new Set<string>(Object.values(exportColumns).flat())];

/** What stands before the first row. */
export function exportHead(format: ExportFormat, about: ExportRow): string {
  if (format === "csv") return `${csvColumns.join(",")}\r\n`;
  return `{"about":${JSON.stringify(about)}`;
}

/** What stands before the first row of a thing. */
export function exportThingHead(format: ExportFormat, thing: ExportThing): string {
  return format === "csv" ? "" : `,\n${JSON.stringify(thing)}:[`;
}

/** Rows of one thing; `before` is how many of it were there already. */
export function exportRows(
  format: ExportFormat,
  thing: ExportThing,
  rows: readonly ExportRow[],
  before: number,
): string {
  if (format === "csv") return rows.map((row) => csvLine(thing, row)).join("");
  const columns: readonly string[] = exportColumns[thing];
  return rows
    .map((row, index) => {
      const ordered = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
      return `${before + index === 0 ? "\n" : ",\n"}${JSON.stringify(ordered)}`;
    })
    .join("");
}

export function exportThingTail(format: ExportFormat): string {
  return format === "csv" ? "" : "]";
}

export function exportTail(format: ExportFormat): string {
  return format === "csv" ? "" : "}\n";
}

export function nextThing(thing: ExportThing): ExportThing | undefined {
  return exportThings[exportThings.indexOf(thing) + 1];
}

function csvLine(thing: ExportThing, row: ExportRow): string {
  const columns: readonly string[] = exportColumns[thing];
  const cells = csvColumns.map((column, index) => {
    if (index === 0) return thing;
    return columns.includes(column) ? csvCell(row[column] ?? null) : "";
  });
  return `${cells.join(",")}\r\n`;
}

/** A spreadsheet takes a text that begins so for a formula. */
const formula = /^[=+\-@\t\r]/;

function csvCell(value: ExportValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
