import { readdirSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { reasonOf } from "../../protocol/errors.ts";
import type { ToolConnectionsOptions } from "../hooks/toolConnections.ts";
import { disconnectCommand } from "./connect.ts";
import { badInput, type CommandResult } from "./usage.ts";

/** What Kept makes in its folder. What else is there stays. */
const ownNames = /^(kept\.|device\.key|bin$|fate$|hooks$|telemetry\.json$)/;

/**
 * `kept uninstall`: takes Kept out of every tool, and with `--data` deletes what was recorded. Without it the shim stays:
 * a tool that runs at the moment may still call it.
 */
export function uninstallCommand(args: readonly string[], options: ToolConnectionsOptions): CommandResult {
  let isData: boolean;
  try {
    isData = parseArgs({ args: [...args], options: { data: { type: "boolean" } } }).values.data ?? false;
  } catch (thrown) {
    return badInput("kept uninstall", reasonOf(thrown));
  }
  const result = disconnectCommand(["--all"], options);
  if (!isData) return result;
  const { folder } = options;
  // What a tool's file may still call stays: without a spool it does nothing, and without it the tool would complain.
  const isCalled = result.exitCode !== 0;
  const gone = namesIn(folder).filter((name) => ownNames.test(name) && !(isCalled && name === "bin"));
  for (const name of gone) rmSync(path.join(folder, name), { recursive: true, force: true });
  if (gone.length > 0 && namesIn(folder).length === 0) rmdirSync(folder);
  const said =
    gone.length > 0 ? `What was recorded in ${folder} is deleted.` : `There was nothing in ${folder}.`;
  return { ...result, stdout: `${result.stdout}${said}\n` };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
