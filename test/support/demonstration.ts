import { randomUUID } from "node:crypto";
import { demoCommand } from "../../server/commands/demo.ts";
import { hashesWith } from "../../server/deviceKey.ts";
import { FatesReader } from "../../server/fate/fatesReader.ts";
import type { Host } from "../../server/host.ts";
import { hostAt } from "./hostAt.ts";
import type { Store } from "../../server/store/store.ts";
import { openTestStore, temporaryFolder } from "./store/temporaryStore.ts";

export interface Demonstration {
  readonly store: Store;
  readonly host: Host;
  readonly fates: FatesReader;
  readonly folder: string;
  /** Once more, beside the first. */
  readonly open: () => Store;
  readonly close: () => void;
}

/** A store with the made-up history that ends at a moment. */
export function openDemonstration(now: number): Demonstration {
  const host = { ...hostAt(now), uuid: randomUUID };
  const { folder, remove } = temporaryFolder();
  const open = () => openTestStore({ folder, now: () => now });
  demoCommand(["--workspace", "file:///projects/shop"], {
    ...{ host, openStore: open, folder },
    makeHashes: () => hashesWith(Buffer.alloc(32)),
  });
  const store = open();
  const close = () => {
    store.close();
    remove();
  };
  return { store, host, fates: new FatesReader(folder), folder, open, close };
}
