import { parentPort, workerData } from "node:worker_threads";
import type { RecordsOrder } from "./agentRecords.ts";
import { findNativeBinding } from "../nativeBinding.ts";
import { canLoadDatabase } from "../store/sqlite/open.ts";
import { RecordWatch } from "./reading/recordWatch.ts";

/** Reads records beside the language server, so that a gigabyte of them keeps nobody waiting. */
const order = workerData as RecordsOrder;
const databases = canLoadDatabase(process.versions)
  ? { nativeBinding: findNativeBinding(process.argv[1]!) }
  : undefined;
const around = { ...order.around, ...(databases && { databases }) };
const watch = new RecordWatch({ ...order, around, now: () => Date.now() });

/** How often files that grow are looked at, and how often all of them. */
const lookMs = 1000;
const looksForAll = 5;

let looks = 0;
function look(): void {
  const read = watch.look(looks++ % looksForAll === 0);
  parentPort!.postMessage(read);
  setTimeout(look, lookMs);
}
look();
