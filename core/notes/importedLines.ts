import { csvRows } from "../report/csvRows.ts";
import { readAgentTrace } from "./agentTrace.ts";
import {
  authorOfTool,
  Claims,
  fieldsOf,
  listOf,
  nobodyKnown,
  parseJson,
  type AttributedFile,
} from "./attribution.ts";
import { rangeOf } from "./lineRanges.ts";

/** What somebody else says of the lines of commits, by commit. */
export class ImportedLines {
  readonly #byCommit = new Map<string, AttributedFile[]>();
  readonly #problems = new Map<string, number>();
  /** Records that say something of lines, understood or not. */
  records = 0;

  get commits(): ReadonlyMap<string, readonly AttributedFile[]> {
    return this.#byCommit;
  }

  /** Sentences, and how often each is true. */
  get problems(): ReadonlyMap<string, number> {
    return this.#problems;
  }

  add(commit: string, files: readonly AttributedFile[]): void {
    this.records++;
    const known = this.#byCommit.get(commit);
    if (known) known.push(...files);
    else this.#byCommit.set(commit, [...files]);
  }

  problem(sentence: string): void {
    this.#problems.set(sentence, (this.#problems.get(sentence) ?? 0) + 1);
  }
}

const commitName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** An export of Kept's, as JSON or CSV, or records of Agent Trace, one in a line. What is none of these gives no records. */
export function readImport(text: string): ImportedLines {
  const lines = new ImportedLines();
  const sound = text.replace(/^\uFEFF/, "");
  if (sound.startsWith("thing,")) readTable(sound, lines);
  else {
    const whole = sound.startsWith('{"about":') ? parseJson(sound) : undefined;
    if (whole !== undefined) readRows(listOf(fieldsOf(whole).get("commit")).map(fieldsOf), lines);
    else readTraces(sound, lines);
  }
  return lines;
}

function readTraces(text: string, lines: ImportedLines): void {
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const { revision, files, problems } = readAgentTrace(line);
    for (const problem of problems) lines.problem(problem);
    if (revision !== undefined) lines.add(revision, files);
    else if (problems.length === 0) lines.problem("the record names no commit");
  }
}

function readTable(text: string, lines: ImportedLines): void {
  let columns: readonly string[] | undefined;
  const rows: ReadonlyMap<string, unknown>[] = [];
  for (const cells of csvRows(text)) {
    if (!columns) columns = cells;
    else if (cells[0] === "commit")
      rows.push(new Map(columns.map((name, index) => [name, plain(cells[index])])));
  }
  readRows(rows, lines);
}

/** What would be taken for a formula has a sign before it, and a number is one again. */
function plain(cell: string | undefined): unknown {
  if (cell === undefined || cell === "") return null;
  if (/^\d{1,9}$/.test(cell)) return Number(cell);
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Each row tells of some lines of one commit; those of one file may be said again by a later row, which wins. */
function readRows(rows: readonly ReadonlyMap<string, unknown>[], lines: ImportedLines): void {
  const byCommit = new Map<string, Claims>();
  for (const row of rows) {
    const [commit, path] = [row.get("name"), row.get("path")];
    const range = rangeOf(row.get("firstLine"), row.get("lastLine"));
    if (
      typeof commit !== "string" ||
      !commitName.test(commit) ||
      typeof path !== "string" ||
      path === "" ||
      !range
    ) {
      lines.problem("a row names no commit, no file or no lines");
      continue;
    }
    const claims = byCommit.get(commit) ?? new Claims();
    byCommit.set(commit, claims);
    const isAi = row.get("kind") === "ai";
    claims.add(path, {
      ranges: [range],
      value: isAi ? authorOfTool(row.get("tool"), row.get("model")) : nobodyKnown,
    });
  }
  for (const [commit, claims] of byCommit) lines.add(commit, claims.settle().files);
}
