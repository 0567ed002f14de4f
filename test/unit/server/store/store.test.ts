import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { noon } from "../../../support/store/rows.ts";
import { storeSuite } from "../../../support/store/storeSuite.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

storeSuite("The store in memory", () => {
  let at = noon;
  const store = new MemoryStore({ now: () => at });
  return { store, restart: () => store, setNow: (to) => (at = to), close: () => {} };
});

for (const restarts of [false, true]) {
  storeSuite(restarts ? "The store on disk, opened again" : "The store on disk", () => {
    let at = noon;
    const home = temporaryFolder();
    const open = () => openTestStore({ folder: home.folder, now: () => at });
    let store = open();
    if (store.kind !== "disk") throw new Error(JSON.stringify(store.problems));
    return {
      get store() {
        return store;
      },
      restart: () => {
        if (!restarts) return store;
        store.close();
        return (store = open());
      },
      setNow: (to) => (at = to),
      close: () => {
        store.close();
        home.remove();
      },
    };
  });
}
