import { parseArgs } from "node:util";
import { describeProblem, reasonOf } from "../../protocol/errors.ts";
import { isTelemetry } from "../hooks/connections.ts";
import { readReceived, type Received } from "../otel/received.ts";
import type { RecordsFound } from "../agents/reading/recordsFound.ts";
import type { Connection } from "../hooks/connections.ts";
import type { HookSpool } from "../hooks/spool.ts";
import type { ToolConnections } from "../hooks/toolConnections.ts";
import { ownPlaceOf } from "../ownFolder/ownFile.ts";
import type { Store } from "../store/store.ts";
import { badInput, type CommandResult } from "./usage.ts";

interface DoctorOptions {
  readonly folder: string;
  /** Whether what is here is thrown away some day. */
  readonly inContainer: boolean;
  readonly versions: { readonly kept: string; readonly node: string; readonly napi: string };
  readonly openStore: () => Store;
  readonly tools: Pick<ToolConnections, "list">;
  readonly spool: Pick<HookSpool, "lookedAt" | "waiting">;
  /** Of each tool's own records: how many files there are, and when one was written last. */
  readonly findRecords: () => ReadonlyMap<string, RecordsFound>;
}

/** What is known of one tool. */
interface ToolState {
  readonly tool: string;
  /** Undefined for a tool that has no hooks that Kept can be put into. */
  readonly connection: Connection | undefined;
  readonly records: RecordsFound | undefined;
  readonly waiting: number;
  /** What came of its telemetry, where it is one that sends some. */
  readonly received: Received | undefined;
}

/** `kept doctor`: what is found, what works and what to fix. Ends with 1 where something needs fixing. */
export function doctorCommand(args: readonly string[], options: DoctorOptions): CommandResult {
  let asJson: boolean | undefined;
  try {
    asJson = parseArgs({ args: [...args], options: { json: { type: "boolean" } } }).values.json;
  } catch (thrown) {
    return badInput("kept doctor", reasonOf(thrown));
  }
  const store = options.openStore();
  const found = {
    ...options.versions,
    folder: options.folder,
    store: store.kind,
    ownFolder: ownPlaceOf(store)?.folder ?? null,
    inContainer: options.inContainer,
    problems: store.problems.map((problem) => ({ code: problem.code, ...describeProblem(problem) })),
    drops: store.readDrops(),
    tools: toolStates(options, store),
    hooksReadAt: options.spool.lookedAt ?? null,
  };
  store.close();
  return {
    exitCode: store.kind === "disk" ? 0 : 1,
    stdout: asJson ? `${JSON.stringify(found)}\n` : inWords(found),
    stderr: "",
  };
}

function toolStates({ tools, spool, findRecords }: DoctorOptions, store: Store): ToolState[] {
  const connections = new Map(tools.list().map((connection) => [connection.tool, connection]));
  const records = findRecords();
  const waiting = spool.waiting();
  return [...new Set([...connections.keys(), ...records.keys()])].sort().map((tool) => ({
    tool,
    connection: connections.get(tool),
    records: records.get(tool),
    waiting: waiting[tool] ?? 0,
    received: isTelemetry(tool) ? readReceived(store, tool.replace(/-telemetry$/, "")) : undefined,
  }));
}

function toolWords(state: ToolState): string[] {
  const { tool, connection, records, waiting } = state;
  if (isTelemetry(tool)) return connection?.isConnected === true ? [telemetryWords(state)] : [];
  const files = records?.files ?? 0;
  if (files === 0 && connection?.isInstalled !== true && connection?.isConnected !== true) return [];
  const hooks =
    connection?.isConnected === true ? "connected" : connection ? "not connected" : "has no hooks";
  const last =
    records?.writtenAt === undefined ? "" : `, the last of ${new Date(records.writtenAt).toISOString()}`;
  const waits = waiting > 0 ? `, ${waiting} of its hooks' records wait to be read` : "";
  return [`- ${tool}: ${hooks}, ${files} files of its own records${last}${waits}`];
}

function telemetryWords({ tool, received }: ToolState): string {
  if (!received) return `- ${tool}: connected, and nothing was received yet`;
  const { at, requests, figures } = received;
  return `- ${tool}: connected, ${requests} requests and ${figures} figures received, the last at ${new Date(at).toISOString()}`;
}

function inWords(found: {
  kept: string;
  node: string;
  napi: string;
  folder: string;
  store: Store["kind"];
  ownFolder: string | null;
  inContainer: boolean;
  problems: readonly { message: string; whatToDo: string }[];
  drops: readonly { name: string; count: number }[];
  tools: readonly ToolState[];
}): string {
  const tools = found.tools.flatMap(toolWords);
  const stores = {
    disk: "is open and can be written",
    memory: "could not be opened",
    readOnly: "belongs to a newer Kept and is read only",
  };
  const lines = [
    `Kept ${found.kept} on Node ${found.node} (Node-API ${found.napi})`,
    `The database in ${found.folder} ${stores[found.store]}.`,
    ...found.problems.map(({ message, whatToDo }) => `- ${message} ${whatToDo}`),
    ...ownFolderWords(found),
    ...(tools.length === 0 ? ["No AI tool was found."] : ["Tools:", ...tools]),
    found.drops.length === 0 ? "Nothing was dropped." : "Dropped so far:",
    ...found.drops.map(({ name, count }) => `- ${name}: ${count}`),
  ];
  return `${lines.join("\n")}\n`;
}

function ownFolderWords(found: { ownFolder: string | null; inContainer: boolean }): string[] {
  if (found.ownFolder !== null)
    return [`Daily sums are written to ${found.ownFolder} for your other machines.`];
  if (!found.inContainer) return [];
  return [
    "This is a container: its numbers are gone when it is made anew. To keep them, set kept.ownFolder to",
    "${gitDirectory}, which is the folder kept in the repository's git directory, or to a folder that is mounted.",
  ];
}
