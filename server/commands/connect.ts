import { parseArgs } from "node:util";
import { reasonOf } from "../../protocol/errors.ts";
import { connectableTools, type ConnectionChange } from "../hooks/connections.ts";
import { shownChange } from "../hooks/shownChange.ts";
import { ToolConnections, type ToolConnectionsOptions } from "../hooks/toolConnections.ts";
import { badInput, type CommandResult } from "./usage.ts";

/** `kept connect`: puts Kept into a tool's own configuration; without a tool it says which there are. */
export function connectCommand(args: readonly string[], options: ToolConnectionsOptions): CommandResult {
  const given = readArguments("kept connect", args);
  if ("exitCode" in given) return given;
  const connections = new ToolConnections(options);
  const [tool] = given.tools;
  if (tool === undefined) return { exitCode: 0, stdout: listed(connections), stderr: "" };
  const change = connections.connect(tool, given.dryRun);
  if (!change) return badInput(tool, `expected one of ${connectableTools.join(", ")}`);
  if ("reason" in change) return badInput(change.file, change.reason);
  return { exitCode: 0, stdout: said(change, given.dryRun), stderr: "" };
}

/** `kept disconnect`: takes exactly that out again. */
export function disconnectCommand(args: readonly string[], options: ToolConnectionsOptions): CommandResult {
  const given = readArguments("kept disconnect", args);
  if ("exitCode" in given) return given;
  if (given.tools.length === 0 && !given.all) return badInput("kept disconnect", "expected a tool, or --all");
  const tools = given.all ? connectableTools : given.tools;
  const unknown = tools.find((tool) => !connectableTools.includes(tool));
  if (unknown !== undefined) return badInput(unknown, `expected one of ${connectableTools.join(", ")}`);
  const connections = new ToolConnections(options);
  const changes = tools.flatMap((tool) => connections.disconnect(tool, given.dryRun));
  const written = changes.filter((change) => "before" in change && change.before !== change.after);
  const refused = changes.filter((change) => "reason" in change);
  const stdout =
    written.length + refused.length === 0
      ? "Nothing was connected.\n"
      : [...new Set(written.map((change) => said(change, given.dryRun)))].join("");
  // Hooks and telemetry of a tool may be in the same file.
  const sentences = new Set(refused.map(whyLeft));
  const stderr = [...sentences].join("");
  return { exitCode: refused.length > 0 ? 1 : 0, stdout, stderr };
}

function whyLeft({ file, reason }: { file: string; reason: string }): string {
  return `kept: ${file} was left as it is: ${reason}. Put that right and do this again, or take what names kept-hook or 127.0.0.1 out of it by hand.\n`;
}

interface Arguments {
  readonly tools: readonly string[];
  readonly dryRun: boolean;
  readonly all: boolean;
}

function readArguments(command: string, args: readonly string[]): Arguments | CommandResult {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "dry-run": { type: "boolean" }, all: { type: "boolean" } },
    });
    if (positionals.length > 1) return badInput(command, "expected one tool");
    return { tools: positionals, dryRun: values["dry-run"] ?? false, all: values.all ?? false };
  } catch (thrown) {
    return badInput(command, reasonOf(thrown));
  }
}

function listed(connections: ToolConnections): string {
  const lines = connections.list().map((connection) => {
    const { tool, title, file, isInstalled, isConnected, isOutdated, isAnyTool } = connection;
    const state = isConnected
      ? `connected${isOutdated ? " by an older Kept" : ""}, in ${file}${isOutdated ? ": connect it again" : ""}`
      : isAnyTool
        ? "not connected"
        : isInstalled
          ? "installed, not connected"
          : "not found";
    return `${tool} (${title}): ${state}`;
  });
  return `${lines.join("\n")}\n`;
}

function said(change: ConnectionChange, dryRun: boolean): string {
  if (!("before" in change)) return "";
  const { tool, file, before, after, note } = change;
  if (before === after) return `${tool}: ${file} is right already\n`;
  if (after === undefined) return `${tool}: ${file} ${dryRun ? "would be deleted" : "is deleted"}\n`;
  const verb = dryRun ? "would be written" : "is written";
  const text = before === undefined ? after : shownChange(before, after);
  return `${tool}: ${file} ${verb}:\n${text}\n${note === undefined ? "" : `${note}\n`}`;
}
