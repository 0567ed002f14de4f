import {
  rowsAtOnce,
  storedTables,
  type ColumnKind,
  type StoredRow,
  type StoredRows,
  type StoredTable,
} from "../../transfer/storedTables.ts";
import { inLongTransaction, type PostgresPool } from "./open.ts";
import { BackupError } from "../../transfer/backup.ts";
import { addPartitions } from "./partitions.ts";

export function rowsOfPostgres(pool: PostgresPool): StoredRows {
  return {
    async *read() {
      const client = await pool.connect();
      try {
        await client.query(
          "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0",
        );
        for (const table of storedTables) {
          await client.query(`DECLARE reading NO SCROLL CURSOR FOR ${selectionOf(table)}`);
          for (;;) {
            const { rows } = await client.query<StoredRow[]>({
              text: `FETCH ${rowsAtOnce} FROM reading`,
              rowMode: "array",
            });
            if (rows.length === 0) break;
            yield { table, rows: rows.map((row) => numbersIn(table, row as unknown as StoredRow)) };
          }
          await client.query("CLOSE reading");
        }
      } finally {
        // Whoever stopped reading in the middle left a transaction behind.
        client.release(true);
      }
    },

    async isEmpty() {
      for (const { name } of storedTables) {
        const { rows } = await pool.query<object>(`SELECT 1 FROM ${name} LIMIT 1`);
        if (rows.length > 0) return false;
      }
      return true;
    },

    write: (parts) =>
      inLongTransaction(pool, async (client) => {
        for await (const { table, rows } of parts) {
          if (rows.flat().some((value) => typeof value === "string" && value.includes("\0"))) {
            throw new BackupError(
              `The table ${table.name} has a text with the character U+0000, which PostgreSQL cannot hold. ` +
                "Change that text where it was written. Nothing was written here.",
            );
          }
          if (table.name === "event") {
            await addPartitions(client, [...new Set(rows.map(([week]) => String(week)))]);
          }
          await client.query(
            insertionOf(table),
            Object.keys(table.columns).map((_, index) => rows.map((row) => row[index]?.toString() ?? null)),
          );
        }
      }),
  };
}

const reading: Readonly<Record<ColumnKind, (column: string) => string>> = {
  text: (column) => column,
  integer: (column) => column,
  bytes: (column) => `encode(${column}, 'hex')`,
  uuid: (column) => `replace(${column}::text, '-', '')`,
  day: (column) => `${column}::text`,
  truth: (column) => `${column}::integer`,
};

const writing: Readonly<Record<ColumnKind, (column: string) => string>> = {
  text: (column) => column,
  integer: (column) => `${column}::bigint`,
  bytes: (column) => `decode(${column}, 'hex')`,
  uuid: (column) => `${column}::uuid`,
  day: (column) => `${column}::date`,
  truth: (column) => `${column}::integer::boolean`,
};

function selectionOf({ name, columns, key }: StoredTable): string {
  const list = Object.entries(columns).map(([column, kind]) => `${reading[kind](column)} AS ${column}_read`);
  const order = key.map((column) => (columns[column] === "text" ? `${column} COLLATE "C"` : column));
  return `SELECT ${list.join(", ")} FROM ${name} ORDER BY ${order.join(", ")}`;
}

function insertionOf({ name, columns }: StoredTable): string {
  const names = Object.keys(columns);
  const list = Object.entries(columns).map(([column, kind]) => writing[kind](`given.${column}`));
  const arrays = names.map((_, index) => `$${index + 1}::text[]`);
  return (
    `INSERT INTO ${name} (${names.join(", ")}) SELECT ${list.join(", ")} ` +
    `FROM unnest(${arrays.join(", ")}) AS given (${names.join(", ")})`
  );
}

/** The driver gives 64-bit numbers as text. */
function numbersIn({ columns }: StoredTable, row: StoredRow): StoredRow {
  return Object.values(columns).map((kind, index) => {
    const value = row[index] ?? null;
    return kind === "integer" && value !== null ? Number(value) : value;
  });
}
