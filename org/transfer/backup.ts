import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import * as z from "zod";
import {
  rowsAtOnce,
  storedTables,
  type StoredPart,
  type StoredRow,
  type StoredRows,
} from "./storedTables.ts";

/** What was written or read: how many rows, and a digest that is equal for equal contents, whatever the engine is. */
export interface Transferred {
  readonly rows: number;
  readonly sha256: string;
}

const format = "kept-org-backup-1";

const headSchema = z.strictObject({ format: z.literal(format), tables: z.int().positive() });
const rowSchema = z.tuple([z.string(), z.array(z.union([z.string(), z.number(), z.null()]))]);
const endSchema = z.strictObject({ rows: z.int().nonnegative(), sha256: z.string() });

/** A file that cannot be restored from; the message says why. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** Writes everything into one file, which is there whole or not at all. `tables` is the version of the tables. */
export async function writeBackup(stored: StoredRows, file: string, tables: number): Promise<Transferred> {
  const digest = createDigest();
  async function* lines(): AsyncGenerator<string> {
    yield `${JSON.stringify({ format, tables })}\n`;
    for await (const { table, rows } of stored.read()) {
      yield rows.map((row) => digest.line(table.name, row)).join("");
    }
    yield `${JSON.stringify(digest.end())}\n`;
  }
  // Of its own: two at once do not take each other away.
  const unfinished = `${file}.${process.pid}.new`;
  try {
    const target = createWriteStream(unfinished, { mode: 0o600, flags: "wx", flush: true });
    await pipeline(Readable.from(lines()), createGzip(), target);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  return digest.end();
}

/** Reads a backup into an empty store. Nothing is believed before its end was read and fits. */
export async function restoreBackup(stored: StoredRows, file: string, tables: number): Promise<Transferred> {
  await checkBackup(file, tables);
  await stored.write(partsOf(file));
  return await digestOf(stored);
}

async function* partsOf(file: string): AsyncGenerator<StoredPart> {
  const byName = new Map(storedTables.map((table) => [table.name, table]));
  let waiting: StoredRow[] = [];
  let current = storedTables[0];
  for await (const { name, row } of readRows(file)) {
    const table = byName.get(name);
    if (table === undefined) throw new BackupError(`The backup has a table that is not known: ${name}.`);
    if (current !== undefined && waiting.length > 0 && (table !== current || waiting.length === rowsAtOnce)) {
      yield { table: current, rows: waiting };
      waiting = [];
    }
    current = table;
    waiting.push(row);
  }
  if (current !== undefined && waiting.length > 0) yield { table: current, rows: waiting };
}

/** Copies one store into another that is empty. */
export async function copyRows(from: StoredRows, to: StoredRows): Promise<void> {
  await to.write(from.read());
}

export async function digestOf(stored: StoredRows): Promise<Transferred> {
  const digest = createDigest();
  for await (const { table, rows } of stored.read()) rows.forEach((row) => digest.line(table.name, row));
  return digest.end();
}

async function checkBackup(file: string, tables: number): Promise<void> {
  const digest = createDigest();
  let end: unknown;
  let head: unknown;
  for await (const line of linesOf(file)) {
    const value = parsed(line);
    if (head === undefined) head = value;
    else if (Array.isArray(value)) {
      const row = rowSchema.safeParse(value);
      if (!row.success) throw new BackupError("The backup has a line that is no row.");
      digest.line(...row.data);
    } else end = value;
  }
  const read = headSchema.safeParse(head);
  if (!read.success) throw new BackupError("The file is no backup of kept-org.");
  if (read.data.tables !== tables) {
    throw new BackupError(
      `The backup has version ${read.data.tables} of the tables, this kept-org knows ${tables}. ` +
        "Restore it with the kept-org that wrote it, then update.",
    );
  }
  const told = endSchema.safeParse(end);
  const { rows, sha256 } = digest.end();
  if (!told.success || told.data.rows !== rows || told.data.sha256 !== sha256) {
    throw new BackupError("The backup is damaged or not complete. Nothing was restored.");
  }
}

async function* readRows(file: string): AsyncGenerator<{ name: string; row: StoredRow }> {
  for await (const line of linesOf(file)) {
    const row = rowSchema.safeParse(parsed(line));
    if (row.success) yield { name: row.data[0], row: row.data[1] };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  // What breaks the source ends the reading, too.
  source.on("error", (error) => unpacked.destroy(error));
  try {
    let rest = "";
    for await (const chunk of source.pipe(unpacked).setEncoding("utf8")) {
      const lines = `${rest}${String(chunk)}`.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // What the system says of a file is said elsewhere; what the unpacking says is about this one.
    throw code.startsWith("Z_") ? new BackupError("The backup is damaged. Nothing was restored.") : error;
  } finally {
    source.destroy();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BackupError("The backup is damaged. Nothing was restored.");
  }
}

function createDigest(): {
  line(table: string, row: StoredRow): string;
  end(): Transferred;
} {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    line(table, row) {
      const line = `${JSON.stringify([table, row])}\n`;
      hash.update(line);
      rows += 1;
      return line;
    },
    end: () => ({ rows, sha256: hash.copy().digest("hex") }),
  };
}
