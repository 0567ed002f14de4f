import { Worker, type MessagePort } from "node:worker_threads";

/** Has something done elsewhere; the answer stops it. */
export type StartWorker<Order extends object, Told> = (
  order: Order,
  take: (told: Told) => void,
  failed: (reason: string) => void,
) => () => void;

/** What a worker is given beside its order. */
export interface Ordered {
  /** How much of what it told was taken. */
  readonly taken: Int32Array;
}

/** What was told and not taken yet lies in memory. Where it is less, a thread waits for the other whenever that one is slow. */
const mostUntaken = 24;

/** Tells whoever started the worker, and waits where that one is behind. */
export function tellerOf<Told>(port: MessagePort, { taken }: Ordered): (told: Told) => void {
  let told = 0;
  return (part) => {
    port.postMessage(JSON.stringify(part));
    told++;
    for (let known = Atomics.load(taken, 0); told - known > mostUntaken; known = Atomics.load(taken, 0))
      Atomics.wait(taken, 0, known);
  };
}

/** Memory that reading may take, in megabytes: a longer line is passed over before it takes that. */
const mostMegabytes = 256;
/** What is read and thrown away at once needs no more to be quick. */
const youngMegabytes = 24;

/** Reads records in a thread of its own, from the bundle that is made for it. */
export function readingIn<Order extends object, Told>(bundle: string): StartWorker<Order, Told> {
  return (order, take, failed) => {
    const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const worker = new Worker(bundle, {
      workerData: { ...order, taken } satisfies Order & Ordered,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.unref();
    worker.on("message", (told: string) => {
      take(JSON.parse(told) as Told);
      Atomics.add(taken, 0, 1);
      Atomics.notify(taken, 0);
    });
    worker.on("error", (error) => failed(error instanceof Error ? error.message : String(error)));
    return () => void worker.terminate();
  };
}
