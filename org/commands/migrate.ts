import { openStore } from "../store/open.ts";
import type { Command } from "./command.ts";

export const migrateCommand: Command = {
  about: "Brings the tables to this version and ends.",
  options: {},
  async run(settings, { print }) {
    const { store, migrated } = await openStore(settings);
    await store.close();
    print(
      migrated.from === migrated.to
        ? `${store.engine}: the tables already have version ${migrated.to}.`
        : `${store.engine}: the tables went from version ${migrated.from} to version ${migrated.to}.`,
    );
    return 0;
  },
};
