import path from "node:path";
import { runCommandLine } from "../../../org/commandLine.ts";
import type { Surroundings } from "../../../org/commands/command.ts";
import { testHost } from "./app.ts";

/** Runs a command over the data in a folder, and says what it printed. */
export async function runIn(
  folder: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings: Surroundings = {
    environment: { KEPT_ORG_DATA: path.join(folder, "data"), KEPT_ORG_PORT: "1", ...environment },
    place: { homeFolder: folder, platform: "linux" },
    version: "1.2.3",
    host: { ...testHost, now: () => Date.parse("2026-11-21T12:00:00Z") },
    consoleFiles: () => ({ stylesheet: "", icon: "", script: undefined }),
    nativeBinding: undefined,
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    stop: AbortSignal.abort(),
  };
  return { code: await runCommandLine(words, surroundings), out, err };
}
