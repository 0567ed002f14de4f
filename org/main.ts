import { randomBytes, randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { runCommandLine } from "./commandLine.ts";
import manifest from "./package.json" with { type: "json" };
import { findNativeBinding, readConsoleFiles } from "./programFiles.ts";

/** Milliseconds for requests under way to end after the process was asked to. */
const stopMs = 10_000;

const programFolder = path.dirname(realpathSync(process.argv[1] ?? "."));
const stopping = new AbortController();

function stop(): void {
  if (stopping.signal.aborted) {
    process.exit(1);
  }
  stopping.abort();
  setTimeout(() => process.exit(1), stopMs).unref();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

void runCommandLine(process.argv.slice(2), {
  environment: process.env,
  place: { homeFolder: homedir(), platform: process.platform },
  version: manifest.version,
  host: {
    now: () => Date.now(),
    secret: (prefix) => `${prefix}${randomBytes(32).toString("base64url")}`,
    id: () => randomUUID(),
    fraction: () => Math.random(),
  },
  consoleFiles: () => readConsoleFiles(programFolder),
  nativeBinding: findNativeBinding(programFolder),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stop: stopping.signal,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
