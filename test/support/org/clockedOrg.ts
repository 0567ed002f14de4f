import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommandLine } from "../../../org/commandLine.ts";
import manifest from "../../../org/package.json" with { type: "json" };
import { findNativeBinding, readConsoleFiles } from "../../../org/programFiles.ts";

/** The service as it is, but for its clock, which stands so many days from this machine's. */
const { CLOCK_DAYS = "0", ...environment } = process.env;
const aheadMs = Number(CLOCK_DAYS) * 86_400_000;
const programFolder = path.resolve("org");
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());

void runCommandLine(process.argv.slice(2), {
  environment,
  place: { homeFolder: tmpdir(), platform: process.platform },
  version: manifest.version,
  host: {
    now: () => Date.now() + aheadMs,
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
