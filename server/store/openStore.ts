import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { prepareHome } from "../home.ts";
import { MemoryStore } from "./memoryStore.ts";
import { migrations } from "./sqlite/migrations.ts";
import { migrate } from "./sqlite/migrate.ts";
import { canLoadDatabase, configure, connect, type RuntimeVersions } from "./sqlite/open.ts";
import { SqliteStore } from "./sqlite/sqliteStore.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** Kept's own folder: see home.ts. */
  readonly folder: string;
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
  const { folder, now, nativeBinding, environmentVersions } = options;
  if (!canLoadDatabase(environmentVersions)) {
    const napi = environmentVersions["napi"] ?? "none";
    return new MemoryStore({ now, problems: [{ code: "runtime.tooOld", details: { napi } }] });
  }
  try {
    prepareHome(folder);
    const path = join(folder, "kept.db");
    closeSync(openSync(path, "a", 0o600));
    const connection = connect(path, { nativeBinding, readonly: false, busyTimeoutMs: 5000 });
    configure(connection, "wal");
    migrate(connection, migrations);
    return new SqliteStore(connection, now);
  } catch (thrown) {
    const details = { folder, reason: reasonOf(thrown) };
    return new MemoryStore({ now, problems: [{ code: "store.cannotOpen", details }] });
  }
}
