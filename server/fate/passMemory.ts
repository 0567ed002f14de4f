import { rmSync } from "node:fs";
import path from "node:path";
import { hashesWith, type Hashes } from "../deviceKey.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { readRangesOf, type ReadRange } from "./readRanges.ts";
import { addOwnOrigins } from "./ownOrigins.ts";
import type { LookOptions } from "./lookAtHistory.ts";

/** What passes over histories leave for the next, and know of edits. */
export interface PassMemory {
  readonly of: (root: string) => Pick<LookOptions, "file" | "record" | "nameOf" | "uuid" | "addOwn">;
  /** Of a commit the lines that edits of here brought, and how much of each was on screen. */
  readonly reading?: (root: string, commit: string) => readonly ReadRange[];
  readonly close: () => void;
}

export interface PassMemoryOptions {
  readonly host: Pick<Host, "uuid">;
  /** The folder of the database. */
  readonly folder: string;
  readonly store: Pick<Store, "kind" | "readCommit" | "readCommitNames" | "readOrigins" | "readSeen">;
  readonly hashes: Hashes;
}

/** Beside the database, and made anew from git whenever it is not there. */
export function fateFolder(folder: string): string {
  return path.join(folder, "fate");
}

export const recordEnding = "json";

/** The file that belongs to a repository; its name says nothing. */
function fateFile({ folder, hashes }: PassMemoryOptions, root: string, ending: string): string {
  return path.join(fateFolder(folder), `${hashes.text(root)}.${ending}`);
}

/** Where there is no database on disk, nothing is left behind. */
export function passMemory(options: PassMemoryOptions): PassMemory {
  const { host, store, hashes } = options;
  const keeps = store.kind !== "memory";
  return {
    of: (root) => ({
      file: keeps ? fateFile(options, root, "history") : undefined,
      record: keeps ? fateFile(options, root, recordEnding) : undefined,
      nameOf: (address) => hashes.text(address),
      uuid: () => host.uuid(),
      addOwn: (origins, _, pace) => addOwnOrigins(store, root, origins, pace),
    }),
    reading: (root, commit) => readRangesOf(store, root, commit),
    close: () => undefined,
  };
}

/** The same for a single command, with a store of its own. */
export function openPassMemory(given: {
  readonly host: Pick<Host, "uuid">;
  readonly folder: string;
  readonly openStore: () => Store;
  readonly makeHashes: () => Hashes;
}): PassMemory {
  const store = given.openStore();
  const hashes = store.kind === "memory" ? hashesWith(Buffer.from(given.host.uuid())) : given.makeHashes();
  return { ...passMemory({ ...given, store, hashes }), close: () => store.close() };
}

/** What was computed goes with the data it may be of: it is made anew from what is left. */
export function forgetPasses(folder: string): void {
  rmSync(fateFolder(folder), { recursive: true, force: true });
}
