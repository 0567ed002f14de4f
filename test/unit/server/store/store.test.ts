import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { coachingSuite } from "../../../support/store/coachingSuite.ts";
import { exportSuite } from "../../../support/store/exportSuite.ts";
import { figureSuite } from "../../../support/store/figureSuite.ts";
import { stepSuite } from "../../../support/store/stepSuite.ts";
import { forgetSuite } from "../../../support/store/forgetSuite.ts";
import { noon } from "../../../support/store/rows.ts";
import { sampleSuite } from "../../../support/store/sampleSuite.ts";
import { requestSuite } from "../../../support/store/requestSuite.ts";
import { taskRequestSuite } from "../../../support/store/taskRequestSuite.ts";
import { toldRequestSuite } from "../../../support/store/toldRequestSuite.ts";
import { restSuite } from "../../../support/store/restSuite.ts";
import { behindSuite } from "../../../support/store/behindSuite.ts";
import { overwriteSuite } from "../../../support/store/overwriteSuite.ts";
import { retentionSuite } from "../../../support/store/retentionSuite.ts";
import { stageSuite } from "../../../support/store/stageSuite.ts";
import { syncSuite } from "../../../support/store/syncSuite.ts";
import { tallySuite } from "../../../support/store/tallySuite.ts";
import { storeSuite, type StoreUnderTest } from "../../../support/store/storeSuite.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

for (const eachSuite of [
  storeSuite,
  sampleSuite,
  restSuite,
  forgetSuite,
  exportSuite,
  stageSuite,
  syncSuite,
  tallySuite,
  retentionSuite,
  coachingSuite,
  requestSuite,
  taskRequestSuite,
  toldRequestSuite,
  figureSuite,
  stepSuite,
  behindSuite,
  overwriteSuite,
]) {
  eachSuite("The store in memory", openInMemory);
  eachSuite("The store on disk", () => openOnDisk(false));
  eachSuite("The store on disk, opened again", () => openOnDisk(true));
}

function openInMemory(): StoreUnderTest {
  let at = noon;
  const store = new MemoryStore({ now: () => at });
  store.sync.queueWhile(() => true);
  return { store, restart: () => store, setNow: (to) => (at = to), close: () => {} };
}

function openOnDisk(restarts: boolean): StoreUnderTest {
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
}
