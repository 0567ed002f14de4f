import { existsSync } from "node:fs";
import type { Hashes } from "./deviceKey.ts";
import { version } from "../protocol/version.ts";
import { reasonOf, type Problem } from "../protocol/errors.ts";
import { blameCommand } from "./commands/blame.ts";
import { connectCommand, disconnectCommand } from "./commands/connect.ts";
import { demoCommand } from "./commands/demo.ts";
import { describeCommand } from "./commands/describe.ts";
import { digestCommand } from "./commands/digest.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand, type Output } from "./commands/export.ts";
import { fateCommand } from "./commands/fate.ts";
import { forgetCommand } from "./commands/forget.ts";
import { hookCommand } from "./commands/hook.ts";
import { importCommand } from "./commands/import.ts";
import { notesCommand } from "./commands/notes.ts";
import { replayCommand } from "./commands/replay.ts";
import { reportCommand } from "./commands/report.ts";
import { syncCommand } from "./commands/sync.ts";
import { tasksCommand, type TasksOptions } from "./commands/tasks.ts";
import { uninstallCommand } from "./commands/uninstall.ts";
import { badInput, done, failed, usage, usageOf, type CommandResult } from "./commands/usage.ts";
import { readCursorScores } from "./agents/cursorScores.ts";
import { withConfiguredHomes } from "./agents/configuredHomes.ts";
import { recordsFound } from "./agents/reading/recordsFound.ts";
import { triedRecords } from "./agents/reading/triedRecords.ts";
import { openPassMemory } from "./fate/passMemory.ts";
import { ToolConnections } from "./hooks/toolConnections.ts";
import { HookSpool } from "./hooks/spool.ts";
import type { Git } from "./git/git.ts";
import type { Host } from "./host.ts";
import { databaseFiles } from "./store/sqlite/databaseFiles.ts";
import type { Store } from "./store/store.ts";

export interface CommandLineOptions {
  readonly host: Host;
  readonly folder: string;
  readonly inContainer: boolean;
  readonly openStore: () => Store;
  /** Called once the store is open: the key lies beside the database. */
  readonly makeHashes: () => Hashes;
  /** Throws where the bytes are no UTF-8. */
  readonly readUtf8: (path: string) => string;
  /** All of the standard input. */
  readonly readInput: () => Uint8Array;
  /** Undefined for the standard output. */
  readonly openOutput: (file: string | undefined) => Output;
  readonly versions: Readonly<Partial<Record<string, string>>>;
  /** Asked of repositories that the user names. */
  readonly git: Git;
  /** Where tools keep their own records. */
  readonly records: Omit<TasksOptions, "now" | "openStore">;
}

/** A hook has no time for it, and uninstalling takes all. */
const leavesSpool: ReadonlySet<string> = new Set(["hook", "uninstall"]);

/** Runs one command. Whatever goes wrong becomes its exit code and one sentence. */
export async function runCommand(args: readonly string[], given: CommandLineOptions): Promise<CommandResult> {
  const [name, ...rest] = args;
  const options = { ...given, openStore: () => onDisk(given.openStore()) };
  // A hook ends with 0 whatever it is called with.
  const help = name === undefined || name === "hook" || !rest.includes("--help") ? "" : usageOf(name);
  if (help !== "") return done(`${help}\n`);
  try {
    // What a hook left must not wait for an editor that is never opened again.
    if (name !== undefined && !leavesSpool.has(name)) new HookSpool(given.folder).dropOld(given.host.now());
    switch (name) {
      case "report":
        return await reportCommand(rest, options);
      case "digest":
        return await digestCommand(rest, options);
      case "replay":
        return replay(rest, options.readUtf8);
      case "blame":
        return blameCommand(rest, options);
      case "doctor":
        return doctorCommand(rest, {
          ...given,
          tools: new ToolConnections({
            ...given,
            around: given.records.around,
            uuid: () => given.host.uuid(),
          }),
          spool: new HookSpool(given.folder),
          findRecords: () => recordsFound(withConfiguredHomes(given.records.around)),
          tryRecords: (tool) =>
            triedRecords(withConfiguredHomes(given.records.around), tool, given.host.now()),
          versions: {
            kept: version,
            node: options.versions["node"] ?? "",
            napi: options.versions["napi"] ?? "",
          },
        });
      case "export":
        return await exportCommand(rest, { ...options, resolve: options.records.resolve });
      case "import":
        return await importCommand(rest, { ...options, ...options.records });
      case "forget":
        return await forgetCommand(rest, options);
      case "connect":
      case "disconnect":
      case "uninstall": {
        const { folder, records, host } = options;
        const connecting = { folder, around: records.around, uuid: () => host.uuid() };
        return connectingCommands[name](rest, connecting);
      }
      case "hook": {
        const { host, readInput } = options;
        const spool = new HookSpool(options.folder);
        return hookCommand(rest, { spool, now: () => host.now(), uuid: () => host.uuid(), readInput });
      }
      case "tasks":
        return tasksCommand(rest, {
          ...options.records,
          now: () => options.host.now(),
          openStore: () =>
            existsSync(databaseFiles(options.folder).database) ? options.openStore() : undefined,
        });
      case "notes":
        return await notesCommand(rest, {
          ...options,
          resolve: options.records.resolve,
          readScores: () => readCursorScores(options.records.around),
        });
      case "describe":
      case "fate": {
        const { host, records } = options;
        const looking = {
          resolve: records.resolve,
          now: () => host.now(),
          openMemory: () => openPassMemory(given),
        };
        return await (name === "fate" ? fateCommand : describeCommand)(rest, { ...options, ...looking });
      }
      case "sync":
        return syncCommand(rest, options);
      case "demo":
        return demoCommand(rest, options);
      case "--version":
        return done(`${version}\n`);
      case "--help":
      case "-h":
      case "help":
        return done(usage);
      case undefined:
        return { exitCode: 2, stdout: "", stderr: usage };
      default:
        return badInput(`kept ${name}`, "there is no such command; kept --help lists them");
    }
  } catch (thrown) {
    if (thrown instanceof NoDatabase) return failed(1, thrown.problem.code, thrown.problem.details);
    return failed(1, "request.failed", { reason: reasonOf(thrown) });
  }
}

const connectingCommands = {
  connect: connectCommand,
  disconnect: disconnectCommand,
  uninstall: uninstallCommand,
};

/** The database could not be opened, so there is nothing to answer from. */
class NoDatabase extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

function onDisk(store: Store): Store {
  const [problem] = store.problems;
  if (store.kind !== "memory" || !problem) return store;
  store.close();
  throw new NoDatabase(problem);
}

function replay(args: readonly string[], readFile: (path: string) => string): CommandResult {
  const [file, ...more] = args.filter((arg) => arg !== "--json");
  if (file === undefined || file.startsWith("--") || more.length > 0)
    return badInput("kept replay", "expected one file");
  let text: string;
  try {
    text = readFile(file);
  } catch (thrown) {
    return badInput(file, reasonOf(thrown));
  }
  return replayCommand(text);
}
