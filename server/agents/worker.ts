import { parentPort, workerData } from "node:worker_threads";
import type { RecordsOrder } from "./agentRecords.ts";
import { findNativeBinding } from "../nativeBinding.ts";
import { canLoadDatabase } from "../store/sqlite/open.ts";
import { readMonth, type MonthOrder, type MonthRead } from "../history/readMonth.ts";
import { RecordWatch, type RecordsRead } from "./reading/recordWatch.ts";
import { tellerOf, type Ordered } from "./startWorker.ts";

/** Reads records beside the language server, so that a gigabyte of them keeps nobody waiting. */
const order = workerData as RecordsOrder | MonthOrder;
const databases = canLoadDatabase(process.versions)
  ? { nativeBinding: findNativeBinding(process.argv[1]!) }
  : undefined;
const around = { ...order.around, ...(databases && { databases }) };

/** How often files that grow are looked at, and how often all of them. */
const lookMs = 1000;
const looksForAll = 5;

if ("month" in order) {
  const tell = tellerOf<MonthRead>(parentPort!, workerData as Ordered);
  for (const read of readMonth({ ...order, around }, () => performance.now())) tell(read);
} else {
  const watch = new RecordWatch({ ...order, around, now: () => Date.now() });
  const tell = tellerOf<RecordsRead>(parentPort!, workerData as Ordered);
  let looks = 0;
  const look = () => {
    watch.look(looks++ % looksForAll === 0, tell);
    setTimeout(look, lookMs);
  };
  look();
}
