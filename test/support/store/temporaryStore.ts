import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type StoreOptions } from "../../../server/store/openStore.ts";

/** A folder of its own for one test. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "kept-store-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function openTestStore(change: Partial<StoreOptions> & { folder: string }) {
  const store = openStore({
    now: () => Date.now(),
    uuid: randomUUID,
    nativeBinding: undefined,
    log: () => {},
    environmentVersions: process.versions,
    ...change,
  });
  store.sync.queueWhile(() => true);
  return store;
}
