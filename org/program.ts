import { randomBytes } from "node:crypto";
import { runCommandLine } from "./commandLine.ts";
import type { Place } from "./env.ts";
import type { Host } from "./host.ts";
import manifest from "./package.json" with { type: "json" };
import { findNativeBinding, readConsoleFiles } from "./programFiles.ts";

interface Start extends Omit<Host, "secret"> {
  readonly environment: NodeJS.ProcessEnv;
  readonly place: Place;
  /** Where the program lies. */
  readonly folder: string;
  readonly stop: AbortSignal;
}

/** The service's command line as a process: whoever starts it brings the clock, chance and when to end. */
export async function runProgram({ environment, place, folder, stop, ...host }: Start): Promise<void> {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    ...{ environment, place, stop },
    version: manifest.version,
    host: { ...host, secret: (prefix) => `${prefix}${randomBytes(32).toString("base64url")}` },
    consoleFiles: () => readConsoleFiles(folder),
    nativeBinding: findNativeBinding(folder),
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  });
}
