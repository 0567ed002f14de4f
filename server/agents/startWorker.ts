import { Worker } from "node:worker_threads";

/** Has something done elsewhere; the answer stops it. */
export type StartWorker<Order, Told> = (
  order: Order,
  take: (told: Told) => void,
  failed: (reason: string) => void,
) => () => void;

/** Memory that reading may take, in megabytes: a longer line is passed over before it takes that. */
const mostMegabytes = 256;

/** Reads records in a thread of its own, from the bundle that is made for it. */
export function readingIn<Order, Told>(bundle: string): StartWorker<Order, Told> {
  return (order, take, failed) => {
    const worker = new Worker(bundle, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    worker.unref();
    worker.on("message", (told: Told) => take(told));
    worker.on("error", (error) => failed(error instanceof Error ? error.message : String(error)));
    return () => void worker.terminate();
  };
}
