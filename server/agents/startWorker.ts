import { Worker } from "node:worker_threads";
import type { StartReading } from "./agentRecords.ts";
import type { RecordsRead } from "./reading/recordWatch.ts";

/** Memory that reading may take, in megabytes: a longer line is passed over before it takes that. */
const mostMegabytes = 256;

/** Reads records in a thread of its own, from the bundle that is made for it. */
export function readingIn(bundle: string): StartReading {
  return (order, take, failed) => {
    const worker = new Worker(bundle, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    worker.unref();
    worker.on("message", (read: RecordsRead) => take(read));
    worker.on("error", (error) => failed(error instanceof Error ? error.message : String(error)));
    return () => void worker.terminate();
  };
}
