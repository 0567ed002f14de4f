import { writeSync } from "node:fs";
import { batchOfSequence } from "./sequence.ts";
import { openTestStore } from "./temporaryStore.ts";

/**
 * Writes the batches of one window, one after the other and as fast as it can, and prints the number of each that was
 * acknowledged. Goes on where the window's receipt says, as an editor does after a restart. Ends when it is killed.
 */
const [folder, window] = process.argv.slice(2) as [string, string];
const store = openTestStore({ folder, log: (message) => print(`log ${message}`) });
if (store.kind !== "disk") {
  print(`failed ${JSON.stringify(store.problems)}`);
  process.exit(1);
}
print("open");
for (let sequence = store.readReceipt(window) + 1; ; sequence++) {
  for (;;) {
    const written = store.write(batchOfSequence(window, sequence));
    if (written.outcome === "written") break;
    print(`${written.outcome} ${JSON.stringify(written)}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  print(`ack ${sequence}`);
  if (sequence % 20 === 0) store.maintain();
}

/** At once: what is printed later than it happened would be lost with the process. */
function print(line: string): void {
  writeSync(1, `${line}\n`);
}
