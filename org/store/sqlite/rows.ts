import {
  rowsAtOnce,
  storedTables,
  type ColumnKind,
  type StoredRow,
  type StoredRows,
  type StoredTable,
} from "../../transfer/storedTables.ts";
import type { SqliteDatabase } from "./open.ts";

/** Reads on a connection that nothing else uses, in one transaction, so that all of it is of one moment. */
export function rowsOfSqlite(database: SqliteDatabase, openAnother: () => SqliteDatabase): StoredRows {
  return {
    async *read() {
      const reader = openAnother();
      try {
        reader.exec("BEGIN");
        for (const table of storedTables) {
          let rows: StoredRow[] = [];
          for (const row of reader.prepare<[], StoredRow>(selectionOf(table)).raw().iterate()) {
            rows.push(row);
            if (rows.length === rowsAtOnce) {
              yield await Promise.resolve({ table, rows });
              rows = [];
            }
          }
          if (rows.length > 0) yield { table, rows };
        }
      } finally {
        reader.close();
      }
    },

    isEmpty: () =>
      Promise.resolve(
        storedTables.every(
          ({ name }) => database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() === undefined,
        ),
      ),

    async write(parts) {
      database.exec("BEGIN IMMEDIATE");
      try {
        for await (const { table, rows } of parts) {
          const insert = database.prepare(insertionOf(table));
          for (const row of rows) insert.run(...row);
        }
        database.exec("COMMIT");
      } finally {
        if (database.inTransaction) database.exec("ROLLBACK");
      }
    },
  };
}

function selectionOf({ name, columns, key }: StoredTable): string {
  const read = (column: string, kind: ColumnKind) => (isHex(kind) ? `lower(hex(${column}))` : column);
  const list = Object.entries(columns).map(([column, kind]) => read(column, kind));
  return `SELECT ${list.join(", ")} FROM ${name} ORDER BY ${key.join(", ")}`;
}

function insertionOf({ name, columns }: StoredTable): string {
  const values = Object.values(columns).map((kind) => (isHex(kind) ? "unhex(?)" : "?"));
  return `INSERT INTO ${name} (${Object.keys(columns).join(", ")}) VALUES (${values.join(", ")})`;
}

function isHex(kind: ColumnKind): boolean {
  return kind === "uuid" || kind === "bytes";
}
