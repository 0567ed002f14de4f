import path from "node:path";
import { openStore } from "../store/open.ts";
import { BackupError, restoreBackup } from "../transfer/backup.ts";
import type { Command } from "./command.ts";
import { entryOf } from "./entry.ts";

export const restoreCommand: Command = {
  about: "Reads a backup, of whatever engine, into an empty store.",
  options: {},
  words: ["FILE"],
  async run(settings, { host, print, complain }, { words }) {
    const { store, migrated } = await openStore(settings);
    try {
      if (!(await store.rows.isEmpty())) {
        complain(
          "The store is not empty: kept-org serve and migrate write into it, too. Restore into a new data folder or " +
            "database, and nothing is lost.",
        );
        return 1;
      }
      const { rows, sha256 } = await restoreBackup(store.rows, path.resolve(words[0] ?? ""), migrated.to);
      await store.note(entryOf("kept-org restore", "storeRestored", host)(`${rows} rows, sha256 ${sha256}`));
      print(`${rows} rows, sha256 ${sha256}, as in the backup.`);
      return 0;
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      complain(error.message);
      return 1;
    } finally {
      await store.close();
    }
  },
};
