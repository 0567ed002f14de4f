import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { makeFile, removeDatabase } from "./databaseFiles.ts";
import { migrations, type Migration } from "./migrations.ts";
import type { SchemaCopy } from "./schemaCopy.ts";
import { migrate } from "./migrate.ts";
import { connect } from "./open.ts";

const pageSize = 4096;
/** Places in the first page: which journal is in use, and the size of the database in pages. */
const journalAt = 18;
const pageCountAt = 28;

/**
 * Copies a database whose tables cannot be found, and puts the definition of the tables in its place, so that one
 * destroyed page does not cost all the others. It was written down beside the database; where it was not, it is taken
 * from an empty database of the same format, where it lies in the same pages if both were made by the same statements.
 */
export function graftSchema(
  nativeBinding: string | undefined,
  { from, to, copy }: { readonly from: string; readonly to: string; readonly copy: SchemaCopy | undefined },
): void {
  removeDatabase(to);
  const graft = makeGraft(nativeBinding, to, copy ? [] : migrations);
  removeDatabase(to);
  const content = readFileSync(from);
  const padded = Buffer.concat([content, Buffer.alloc((pageSize - (content.length % pageSize)) % pageSize)]);
  for (const { number, page } of graft) page.copy(padded, (number - 1) * pageSize);
  padded.writeUInt32BE(padded.length / pageSize, pageCountAt);
  const hasLog = existsSync(`${from}-wal`);
  padded.fill(hasLog ? 2 : 1, journalAt, journalAt + 2);
  writeFileSync(to, padded, { mode: 0o600 });
  if (hasLog) copyFileSync(`${from}-wal`, `${to}-wal`);
  if (copy) insertSchema(nativeBinding, to, copy);
}

/** Into an empty first page. What does not fit there goes to new pages at the end. */
function insertSchema(nativeBinding: string | undefined, path: string, { format, rows }: SchemaCopy): void {
  const connection = connect(path, { nativeBinding, readonly: false, busyTimeoutMs: 0 });
  try {
    connection.unsafeMode(true);
    connection.pragma("writable_schema = ON");
    const insert = connection.prepare(
      "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (@type, @name, @tbl_name, @rootpage, @sql)",
    );
    connection.transaction(() => rows.forEach((row) => insert.run(row))).immediate();
    connection.pragma(`user_version = ${format}`);
  } finally {
    connection.close();
  }
}

/** The pages that define the tables of an empty database. */
function makeGraft(
  nativeBinding: string | undefined,
  path: string,
  steps: readonly Migration[],
): { number: number; page: Buffer }[] {
  makeFile(path);
  const connection = connect(path, { nativeBinding, readonly: false, busyTimeoutMs: 0 });
  try {
    if (steps.length === 0) connection.pragma("user_version = 1");
    else migrate(connection, steps);
    const numbers = connection
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
      .pluck()
      .all();
    const content = readFileSync(path);
    return numbers.map((number) => ({
      number,
      page: content.subarray((number - 1) * pageSize, number * pageSize),
    }));
  } finally {
    connection.close();
  }
}
