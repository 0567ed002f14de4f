import { MemoryStore } from "./memoryStore.ts";
import { canLoadDatabase, type RuntimeVersions } from "./sqlite/open.ts";
import { SqliteStore } from "./sqlite/sqliteStore.ts";
import { reasonOf, type Problem } from "../../protocol/errors.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** Kept's own folder: see home.ts. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly uuid: () => string;
  /** Path of the database's binary; undefined lets the package find its own. */
  readonly nativeBinding: string | undefined;
  readonly log: (message: string) => void;
  /** `process.versions`. */
  readonly environmentVersions: RuntimeVersions;
}

/** Opens the store of this user. Never throws: what cannot be opened is a store in memory that says why. */
export function openStore(options: StoreOptions): Store {
  const { folder, now, uuid, nativeBinding, log, environmentVersions } = options;
  const inMemory = (problem: Problem) => new MemoryStore({ now, problems: [problem] });
  if (!canLoadDatabase(environmentVersions)) {
    return inMemory({ code: "runtime.tooOld", details: { napi: environmentVersions["napi"] ?? "none" } });
  }
  try {
    return new SqliteStore({ folder, now, uuid, owner: uuid(), nativeBinding, log });
  } catch (thrown) {
    log(`The database could not be opened: ${reasonOf(thrown)}`);
    return inMemory({ code: "store.cannotOpen", details: { folder, reason: reasonOf(thrown) } });
  }
}
