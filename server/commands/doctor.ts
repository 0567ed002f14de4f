import { parseArgs } from "node:util";
import { describeProblem, reasonOf } from "../../protocol/errors.ts";
import type { ToolHealth } from "../../protocol/connections.ts";
import { toolHealth } from "../agents/toolHealth.ts";
import type { RecordsFound } from "../agents/reading/recordsFound.ts";
import type { RecordsTried } from "../agents/reading/triedRecords.ts";
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
  readonly spool: Pick<HookSpool, "lookedAt" | "noRoom" | "waiting">;
  /** Of each tool's own records: how many files there are, and when one was written last. */
  readonly findRecords: () => ReadonlyMap<string, RecordsFound>;
  /** Reads the newest of a tool's. */
  readonly tryRecords: (tool: string) => RecordsTried;
}

/** What is known of one tool. */
interface ToolState extends ToolHealth {
  /** Undefined for a tool that has no hooks that Kept can be put into. */
  readonly connection: Connection | undefined;
  readonly records: RecordsFound | undefined;
  /** Read just now; null where an editor has read all of them and understood it. */
  readonly tried: RecordsTried | null;
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
    hooksNoRoom: options.spool.noRoom,
  };
  store.close();
  return {
    exitCode: store.kind === "disk" ? 0 : 1,
    stdout: asJson ? `${JSON.stringify(found)}\n` : inWords(found),
    stderr: "",
  };
}

function toolStates({ tools, spool, findRecords, tryRecords }: DoctorOptions, store: Store): ToolState[] {
  const connections = tools.list();
  const records = findRecords();
  const facts = { connections, heard: store.figures.heard(), waiting: spool.waiting() };
  return toolHealth(facts).map((health) => {
    const { tool } = health;
    const found = records.get(tool);
    return {
      ...health,
      connection: connections.find((each) => each.tool === tool),
      records: found,
      tried: found && found.files > 0 && !isWellRead(health, found) ? tryRecords(tool) : null,
    };
  });
}

/** Whether an editor has read all that there is by now, and understood it. */
function isWellRead({ heard }: ToolHealth, { writtenAt = 0 }: RecordsFound): boolean {
  return heard.some(({ way, at, notUnderstood }) => way === "log" && at >= writtenAt && notUnderstood === 0);
}

const ways = {
  hook: "of its hooks' records",
  log: "of its own records",
  telemetry: "of its telemetry",
} as const;

function toolWords({
  tool,
  isInstalled,
  hooks,
  telemetry,
  heard,
  records,
  tried,
  waiting,
}: ToolState): string[] {
  const files = records?.files ?? 0;
  const isConnected = hooks?.isConnected === true || telemetry?.isConnected === true;
  if (files === 0 && !isInstalled && !isConnected) return [];
  const state = hooks?.isOutdated ? "connected by an older Kept (connect it again)" : "connected";
  const connected = hooks ? (hooks.isConnected ? state : "not connected") : "has no hooks";
  const last =
    records?.writtenAt === undefined ? "" : `, the last of ${new Date(records.writtenAt).toISOString()}`;
  const waits = waiting > 0 ? `, ${waiting} of its hooks' records wait to be read` : "";
  const sends = telemetry?.isConnected ? ", sends its telemetry" : "";
  const lines = [`- ${tool}: ${connected}${sends}, ${files} files of its own records${last}${waits}`];
  for (const { way, at, taken, notUnderstood } of heard)
    lines.push(
      `  - ${taken} ${ways[way]} taken in, ${notUnderstood} not understood, the last at ${new Date(at).toISOString()}`,
    );
  if (telemetry?.isConnected && !heard.some(({ way }) => way === "telemetry"))
    lines.push("  - of its telemetry nothing was received yet");
  if (tried) lines.push(...triedWords(tried, files));
  if (heard.some(({ notUnderstood }) => notUnderstood > 0) || (tried?.notUnderstood ?? 0) > 0)
    lines.push("  - What is not understood may be of a newer form: update Kept.");
  return lines;
}

function triedWords({ files, taken, notUnderstood, problems }: RecordsTried, all: number): string[] {
  if (files === 0)
    return [
      "  - its records are too long to be read here, and no editor has read all of them yet: open one with Kept in it",
    ];
  const which = files === all ? "all of them" : `the newest ${files} of them`;
  return [
    `  - read just now, ${which}: ${taken} requests and edits, ${notUnderstood} not understood`,
    ...problems.map(({ file, line, reason }) => `    - ${file}:${line}: ${reason}`),
  ];
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
  hooksNoRoom: number;
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
    ...(found.hooksNoRoom > 0
      ? [
          `${found.hooksNoRoom} of hooks' records found no room since an editor last looked: too many wait. Open the editor with Kept in it.`,
        ]
      : []),
    found.drops.length === 0
      ? found.hooksNoRoom > 0
        ? "Nothing else was dropped."
        : "Nothing was dropped."
      : "Dropped so far:",
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
