import path from "node:path";
import { parseMovement, parseMovements, type Movement } from "../../core/spans/gitMovement.ts";
import { readPart, statOf } from "./gitFiles.ts";

/** How far a log was read. Can be stored as JSON. */
export interface LogMark {
  readonly size: number;
  readonly writtenAt: number;
  /** The last entry that was read, by which the place is found again in a log that was rewritten. */
  readonly last: { readonly at: number; readonly to: string | null } | null;
}

export interface LogNews {
  readonly mark: LogMark;
  readonly movements: readonly Movement[];
  /** Whether there was more than is read at once, or the place could not be found again. */
  readonly missed: boolean;
}

/** Some thousand steps. */
const mostBytes = 1024 * 1024;
const mostLineBytes = 64 * 1024;

/** The end of a log as it is now. */
export function endOfLog(file: string): LogMark {
  const { size, writtenAt } = stateOf(file);
  const tail = readPart(file, Math.max(0, size - mostLineBytes), mostLineBytes) ?? "";
  return { size: endOfLines(tail, size), writtenAt, last: lastOf(tail) };
}

/** What was written since. Costs one stat where nothing was. */
export function readLogSince(file: string, mark: LogMark, log: "head" | "stash"): LogNews {
  const { size, writtenAt } = stateOf(file);
  if (size === mark.size && writtenAt === mark.writtenAt) return { mark, movements: [], missed: false };
  if (size <= mark.size || size - mark.size > mostBytes) return readRewritten(file, mark, log);
  const part = readPart(file, mark.size, mostBytes) ?? "";
  const { movements, unreadable } = parseMovements(part.slice(0, part.lastIndexOf("\n") + 1), log);
  const goesOn = mark.last === null || movements.length === 0 || movements[0]!.from === mark.last.to;
  if (!goesOn || unreadable > 0) return readRewritten(file, mark, log);
  const end = endOfLines(part, mark.size + Buffer.byteLength(part));
  return { mark: { size: end, writtenAt, last: lastOf(part) ?? mark.last }, movements, missed: false };
}

/** Old entries expire, and a stash that is dropped is taken out: the place is found by its last entry. */
function readRewritten(file: string, mark: LogMark, log: "head" | "stash"): LogNews {
  const end = endOfLog(file);
  const part = readPart(file, Math.max(0, end.size - mostBytes), mostBytes) ?? "";
  const { movements } = parseMovements(part, log);
  const place = movements.findLastIndex(({ at, to }) => at === mark.last?.at && to === mark.last.to);
  if (log === "head" || place !== -1 || mark.last === null) {
    return { mark: end, movements: movements.slice(place + 1), missed: place === -1 && mark.last !== null };
  }
  // What was on top was taken out, and git notes nowhere when: that is when the log was written anew.
  const taken: Movement = { at: end.writtenAt, kind: "stash", from: mark.last.to, to: null };
  const { at } = mark.last;
  const since = movements.filter((movement) => movement.at > at);
  return { mark: end, movements: [...since, taken], missed: false };
}

function stateOf(file: string): { readonly size: number; readonly writtenAt: number } {
  const found = statOf(file);
  // The last stash takes the file with it.
  const writtenAt = found?.mtimeMs ?? statOf(path.dirname(file))?.mtimeMs ?? 0;
  return { size: found?.size ?? 0, writtenAt: Math.floor(writtenAt) };
}

function lastOf(lines: string): LogMark["last"] {
  const line =
    lines
      .slice(0, Math.max(0, lines.lastIndexOf("\n")))
      .split("\n")
      .at(-1) ?? "";
  const movement = parseMovement(line);
  return movement ? { at: movement.at, to: movement.to } : null;
}

/** Where the last whole line ends, in a part of a file that ends there: git may be writing the next. */
function endOfLines(part: string, end: number): number {
  return end - Buffer.byteLength(part.slice(part.lastIndexOf("\n") + 1));
}
