import { editsBatch } from "./rows.ts";
import { openTestStore } from "./temporaryStore.ts";

/** Writes until a write is not acknowledged, and says how many were. To be run with a limit on the size of files. */
const store = openTestStore({ folder: process.argv[2]! });
let stored = 0;
for (;;) {
  const { outcome } = store.write(editsBatch({ id: `edit-${stored}`, version: stored, evidence: [] }));
  if (outcome !== "written") {
    console.log(`${stored} ${outcome}`);
    process.kill(process.pid, "SIGKILL");
  }
  stored++;
}
