import { rmSync } from "node:fs";
import path from "node:path";
import { hashesWith, type Hashes } from "../deviceKey.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { addOwnOrigins } from "./ownOrigins.ts";
import type { PassOptions } from "./passOver.ts";

/** What passes over histories leave for the next, and know of edits. */
export interface PassMemory {
  readonly of: (root: string) => Pick<PassOptions, "file" | "nameOf" | "uuid" | "addOwn">;
  readonly close: () => void;
}

export interface PassMemoryOptions {
  readonly host: Pick<Host, "uuid">;
  /** The folder of the database. */
  readonly folder: string;
  readonly store: Pick<Store, "readCommit" | "readCommitNames">;
  readonly hashes: Hashes;
}

/** Beside the database, and made anew from git whenever it is not there. */
function fateFolder(folder: string): string {
  return path.join(folder, "fate");
}

/** The file that belongs to a repository; its name says nothing. */
export function fateFile({ folder, hashes }: PassMemoryOptions, root: string, ending: string): string {
  return path.join(fateFolder(folder), `${hashes.text(root)}.${ending}`);
}

export function passMemory(options: PassMemoryOptions): PassMemory {
  const { host, store, hashes } = options;
  return {
    of: (root) => ({
      file: fateFile(options, root, "history"),
      nameOf: (address) => hashes.text(address),
      uuid: () => host.uuid(),
      addOwn: (origins) => addOwnOrigins(store, root, origins),
    }),
    close: () => undefined,
  };
}

/** The same for a single command. Where there is no database on disk, it goes without. */
export function openPassMemory(given: {
  readonly host: Pick<Host, "uuid">;
  readonly folder: string;
  readonly openStore: () => Store;
  readonly makeHashes: () => Hashes;
}): PassMemory {
  const store = given.openStore();
  if (store.kind !== "memory") {
    const memory = passMemory({ ...given, store, hashes: given.makeHashes() });
    return { ...memory, close: () => store.close() };
  }
  store.close();
  const hashes = hashesWith(Buffer.from(given.host.uuid()));
  return {
    of: () => ({ file: undefined, nameOf: (address) => hashes.text(address), uuid: () => given.host.uuid() }),
    close: () => undefined,
  };
}

/** What was computed goes with the data it may be of: it is made anew from what is left. */
export function forgetPasses(folder: string): void {
  rmSync(fateFolder(folder), { recursive: true, force: true });
}
