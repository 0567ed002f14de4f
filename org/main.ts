import { randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { runProgram } from "./program.ts";

/** Milliseconds for requests under way to end after the process was asked to. */
const stopMs = 10_000;

const stopping = new AbortController();

function stop(): void {
  if (stopping.signal.aborted) {
    process.exit(1);
  }
  stopping.abort();
  setTimeout(() => process.exit(1), stopMs).unref();
}
// Whoever reads what is printed may have seen enough.
process.stdout.on("error", () => process.exit());
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

void runProgram({
  environment: process.env,
  place: { homeFolder: homedir(), platform: process.platform },
  folder: path.dirname(realpathSync(process.argv[1] ?? ".")),
  now: () => Date.now(),
  id: () => randomUUID(),
  fraction: () => Math.random(),
  stop: stopping.signal,
});
