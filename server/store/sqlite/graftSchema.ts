import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { makeFile, removeDatabase } from "./databaseFiles.ts";
import { migrations } from "./migrations.ts";
import { migrate } from "./migrate.ts";
import { connect } from "./open.ts";

const pageSize = 4096;
/** Places in the first page: which journal is in use, and the size of the database in pages. */
const journalAt = 18;
const pageCountAt = 28;

/**
 * Copies a database whose tables cannot be found, and puts the definition of the tables from an empty database of the
 * same format in its place. That lies in the same pages with the same content, because both were made by the same
 * statements; so one destroyed page does not cost all the others.
 */
export function graftSchema(
  nativeBinding: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  removeDatabase(to);
  const graft = makeGraft(nativeBinding, to);
  removeDatabase(to);
  const content = readFileSync(from);
  const padded = Buffer.concat([content, Buffer.alloc((pageSize - (content.length % pageSize)) % pageSize)]);
  for (const { number, page } of graft) page.copy(padded, (number - 1) * pageSize);
  padded.writeUInt32BE(padded.length / pageSize, pageCountAt);
  const hasLog = existsSync(`${from}-wal`);
  padded.fill(hasLog ? 2 : 1, journalAt, journalAt + 2);
  writeFileSync(to, padded, { mode: 0o600 });
  if (hasLog) copyFileSync(`${from}-wal`, `${to}-wal`);
}

/** The pages that define the tables of an empty database. */
function makeGraft(nativeBinding: string | undefined, path: string): { number: number; page: Buffer }[] {
  makeFile(path);
  const connection = connect(path, { nativeBinding, readonly: false, busyTimeoutMs: 0 });
  try {
    migrate(connection, migrations);
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
