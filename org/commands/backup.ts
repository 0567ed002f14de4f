import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { openStore } from "../store/open.ts";
import { writeBackup } from "../transfer/backup.ts";
import type { Command } from "./command.ts";
import { entryOf } from "./entry.ts";

export const backupCommand: Command = {
  about: "Writes everything but the keys that sign into FILE. The service may run meanwhile.",
  options: {},
  words: ["FILE"],
  async run(settings, { host, print, complain }, { words }) {
    const file = path.resolve(words[0] ?? "");
    if (!existsSync(path.dirname(file))) {
      complain(`There is no folder ${path.dirname(file)} to write a backup into.`);
      return 1;
    }
    if (isSomethingElse(file)) {
      complain(`There is something at ${file} that is no backup. Nothing was written; name another file.`);
      return 1;
    }
    const { store, migrated } = await openStore(settings);
    try {
      const { rows, sha256 } = await writeBackup(store.rows, file, migrated.to);
      await store.note(entryOf("kept-org backup", "backupMade", host)(`${rows} rows, sha256 ${sha256}`));
      print(`${rows} rows, sha256 ${sha256}: ${file}`);
      complain("The keys that sign are not in it: back up bundle-keys in the data folder apart from it.");
      return 0;
    } finally {
      await store.close();
    }
  },
};

/** An earlier backup is written over, and nothing else: a slip of the hand must not cost a database, a key or a device. */
function isSomethingElse(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || (found.isFile() && found.size === 0)) return false;
  if (!found.isFile()) return true;
  const opened = openSync(file, "r");
  try {
    const start = Buffer.alloc(packed.length);
    readSync(opened, start, 0, start.length, 0);
    return !start.equals(packed);
  } finally {
    closeSync(opened);
  }
}

/** How gzip begins. */
const packed = Buffer.from([0x1f, 0x8b]);
