import { existsSync, renameSync } from "node:fs";
import { movedFile, openSqliteStore, openStore, sqliteFile } from "../store/open.ts";
import { BackupError, copyRows, digestOf } from "../transfer/backup.ts";
import { isAnswering } from "./answering.ts";
import type { Command } from "./command.ts";
import { entryOf } from "./entry.ts";

export const moveCommand: Command = {
  about:
    "Copies the SQLite store into the empty PostgreSQL of KEPT_ORG_DATABASE_URL, with the service stopped.",
  options: {},
  async run(settings, { host, print, complain }) {
    const file = sqliteFile(settings.dataFolder);
    if (!existsSync(file)) {
      complain(`There is no SQLite database at ${file} to move. Check KEPT_ORG_DATA.`);
      return 1;
    }
    if (settings.databaseUrl === undefined) {
      complain(`Set KEPT_ORG_DATABASE_URL to the PostgreSQL to move to; what is moved is ${file}.`);
      return 1;
    }
    if (await isAnswering(settings)) {
      complain(
        "The service still runs. Stop it first: what it takes in during the move would be left behind.",
      );
      return 1;
    }
    const from = openSqliteStore(settings).store;
    const { store: to } = await openStore(settings);
    try {
      if (!(await to.rows.isEmpty())) {
        complain(
          "The PostgreSQL database is not empty: kept-org serve and migrate write into it, too. Nothing was moved. " +
            "Name a new one.",
        );
        return 1;
      }
      await copyRows(from.rows, to.rows);
      const [before, after] = [await digestOf(from.rows), await digestOf(to.rows)];
      if (before.rows !== after.rows || before.sha256 !== after.sha256) {
        complain(
          `PostgreSQL holds ${after.rows} rows and SQLite ${before.rows}, or they differ. Go on with SQLite: unset ` +
            "KEPT_ORG_DATABASE_URL, and drop the PostgreSQL database before trying again.",
        );
        return 1;
      }
      await to.note(
        entryOf("kept-org move", "storeMoved", host)(`${after.rows} rows, sha256 ${after.sha256}`),
      );
      print(`${after.rows} rows, sha256 ${after.sha256}, the same in both.`);
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      complain(error.message);
      return 1;
    } finally {
      await from.close();
      await to.close();
    }
    // A service that is started without the address must not go on where this ended.
    renameSync(file, movedFile(settings.dataFolder));
    complain(
      `The SQLite database is now ${movedFile(settings.dataFolder)}. Delete it when you have a backup of PostgreSQL.`,
    );
    return 0;
  },
};
