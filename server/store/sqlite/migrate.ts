import type { Connection } from "./open.ts";
import type { Migration } from "./migrations.ts";

/**
 * Brings a database to the newest format, each step in one transaction. The format is read again inside it, because
 * another process may have taken the step meanwhile. A database of a newer format is left as it is.
 */
export function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  afterStatement: () => void = () => {},
): void {
  migrations.forEach((migration, index) => {
    if (readFormat(connection) > index) return;
    connection
      .transaction(() => {
        if (readFormat(connection) > index) return;
        for (const statement of [...migration.statements, `PRAGMA user_version = ${index + 1}`]) {
          connection.exec(statement);
          afterStatement();
        }
      })
      .immediate();
  });
}

export function readFormat(connection: Connection): number {
  return connection.pragma("user_version", { simple: true }) as number;
}
