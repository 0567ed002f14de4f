import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { readFormat } from "./migrate.ts";
import type { Connection } from "./open.ts";

const schemaCopySchema = z.strictObject({
  format: z.int().positive(),
  /** Rows of `sqlite_schema`. */
  rows: z.array(
    z.strictObject({
      type: z.string(),
      name: z.string(),
      tbl_name: z.string(),
      rootpage: z.int().nullable(),
      sql: z.string().nullable(),
    }),
  ),
});
export type SchemaCopy = z.infer<typeof schemaCopySchema>;

/**
 * Writes down beside the database in which page each table begins. That stands in the first page alone, and differs with
 * the format a database was made in and with every cleaning; without it one destroyed page costs all the others.
 */
export function writeSchemaCopy(connection: Connection, file: string): void {
  const rows = connection
    .prepare<[], SchemaCopy["rows"][number]>("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema")
    .all();
  const text = JSON.stringify({ format: readFormat(connection), rows } satisfies SchemaCopy);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** Undefined where there is none, or none that makes sense. */
export function readSchemaCopy(file: string): SchemaCopy | undefined {
  try {
    return schemaCopySchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
