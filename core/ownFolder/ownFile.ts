import {
  ownFileDaySchema,
  ownFileFormat,
  ownFileHeadSchema,
  type OwnFileDay,
  type OwnFileRow,
  type Skipped,
} from "../../protocol/ownFolder.ts";
import { writtenRequests } from "./ownFileRequests.ts";
import type { SummaryRequests } from "../requests/requestSummary.ts";
import type { SummaryRow } from "../summary/summary.ts";

export interface CountedRow extends SummaryRow {
  readonly hour: number;
  readonly languageId: string;
}

export interface OwnFile {
  readonly store: string;
  readonly days: ReadonlyMap<string, OwnFileDay>;
  /** Lines that could not be read. */
  readonly damagedLines: number;
  /** Lines that a later one of their day replaces. */
  readonly replacedLines: number;
}

export function ownFileHead(store: string): string {
  return `${JSON.stringify({ kept: "sums", format: ownFileFormat, store })}\n`;
}

/** A day's line. Rows of several workspaces become one: where something was made stays at home. */
export function ownFileLine(
  day: string,
  revision: number,
  { rows, requests }: { readonly rows: readonly CountedRow[]; readonly requests: readonly SummaryRequests[] },
): string {
  const merged = new Map<string, OwnFileRow>();
  for (const row of rows) {
    const made = toOwnRow(row);
    const key = JSON.stringify(made.slice(0, 6));
    const found = merged.get(key);
    merged.set(key, found ? addRows(found, made) : made);
  }
  const sorted = [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  const asked = requests.length === 0 ? {} : { requests: writtenRequests(requests) };
  return `${JSON.stringify({ day, revision, rows: sorted, ...asked } satisfies OwnFileDay)}\n`;
}

/** Reads a file of a store, or says why it is none. Never throws, whatever it is given. */
export function readOwnFile(text: string, name: string): OwnFile | Skipped {
  const [first, ...lines] = text.split("\n");
  const head = ownFileHeadSchema.safeParse(parsed(first!));
  if (!head.success || name !== ownFileName(head.data.store)) return "foreign";
  if (head.data.format > ownFileFormat) return "newer";
  const days = new Map<string, OwnFileDay>();
  let damagedLines = 0;
  let replacedLines = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const day = ownFileDaySchema.safeParse(parsed(line));
    if (!day.success) {
      damagedLines++;
      continue;
    }
    const before = days.get(day.data.day);
    if (before) replacedLines++;
    if (!before || day.data.revision >= before.revision) days.set(day.data.day, day.data);
  }
  return { store: head.data.store, days, damagedLines, replacedLines };
}

export function ownFileName(store: string): string {
  return `${store}.jsonl`;
}

export function rowsOfDay({ day, rows }: OwnFileDay): CountedRow[] {
  return rows.map(
    ([
      hour,
      languageId,
      kind,
      tool,
      model,
      mode,
      edits,
      insertingEdits,
      insertedChars,
      deletedChars,
      ...more
    ]) => {
      const [keptChars, insertedSquared, keptSquared, insertedTimesKept] = more;
      return {
        day,
        hour,
        languageId,
        kind,
        tool,
        model,
        mode,
        edits,
        insertingEdits,
        insertedChars,
        deletedChars,
        keptChars,
        insertedSquared,
        keptSquared,
        insertedTimesKept,
      };
    },
  );
}

function toOwnRow(row: CountedRow): OwnFileRow {
  return [
    row.hour,
    row.languageId,
    row.kind,
    row.tool,
    row.model,
    row.mode,
    row.edits,
    row.insertingEdits,
    row.insertedChars,
    row.deletedChars,
    row.keptChars,
    row.insertedSquared,
    row.keptSquared,
    row.insertedTimesKept,
  ];
}

function addRows(one: OwnFileRow, other: OwnFileRow): OwnFileRow {
  const [hour, languageId, kind, tool, model, mode, ...numbers] = one;
  const others = other.slice(6) as number[];
  const [a, b, c, d, e, f, g, h] = numbers.map((number, index) => number + others[index]!);
  return [hour, languageId, kind, tool, model, mode, a!, b!, c!, d!, e!, f!, g!, h!];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
