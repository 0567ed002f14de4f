import { parseArgs } from "node:util";
import type { Task } from "../../core/requests/tasks.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { Surroundings } from "../agents/agent.ts";
import { withConfiguredHomes } from "../agents/configuredHomes.ts";
import { readAllRecords, type AllRead } from "../agents/reading/readAll.ts";
import type { Store } from "../store/store.ts";
import { counted, toolInWords } from "./taskWords.ts";
import { storedTasks } from "./storedTasks.ts";
import { badInput, type CommandResult } from "./usage.ts";

export interface TasksOptions {
  readonly around: Surroundings;
  readonly now: () => number;
  /** A folder as the command line names it. */
  readonly resolve: (folder: string) => string;
  readonly isFolder: (folder: string) => boolean;
  /** Undefined where there is no database yet. */
  readonly openStore: () => Store | undefined;
}

const dayMs = 24 * 60 * 60_000;

/**
 * `kept tasks`: what tools' own records say, as it was recorded. Of another home, and where nothing was recorded yet,
 * they are read anew and nothing is stored.
 */
export function tasksCommand(args: readonly string[], options: TasksOptions): CommandResult {
  let given: { home?: string | undefined; since?: string | undefined; json?: boolean | undefined };
  try {
    given = parseArgs({
      args: [...args],
      options: { home: { type: "string" }, since: { type: "string" }, json: { type: "boolean" } },
    }).values;
  } catch (thrown) {
    return badInput("kept tasks", reasonOf(thrown));
  }
  const since = given.since === undefined ? 0 : momentOf(given.since, options.now());
  if (since === undefined)
    return badInput("--since", "expected a date such as 2026-01-31, or days such as 30d");
  const stored = given.home === undefined ? readStored(options, since) : undefined;
  if (stored) {
    const read = { problems: [], problemsBeyond: 0 };
    return { exitCode: 0, stdout: given.json ? asJson(stored, read) : inWords(stored, read), stderr: "" };
  }
  const home = given.home === undefined ? undefined : options.resolve(given.home);
  if (home !== undefined && !options.isFolder(home)) return badInput(given.home!, "there is no such folder");
  const around =
    home === undefined
      ? withConfiguredHomes(options.around)
      : { ...options.around, userHome: home, environment: {}, otherHomes: [home] };
  const read = readAllRecords(around);
  const tasks = read.tasks.since(since);
  return { exitCode: 0, stdout: given.json ? asJson(tasks, read) : inWords(tasks, read), stderr: "" };
}

function readStored({ openStore }: TasksOptions, since: number): Task[] | undefined {
  const store = openStore();
  try {
    return store && storedTasks(store, since);
  } finally {
    store?.close();
  }
}

/** Undefined for what is neither a date nor a number of days. */
function momentOf(since: string, now: number): number | undefined {
  const days = /^(\d{1,5})d$/.exec(since)?.[1];
  if (days !== undefined) return now - Number(days) * dayMs;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(since)?.[0];
  // Days that a month does not have would be taken for those after it.
  const [midnight, at] = [Date.parse(`${day}T00:00:00Z`), Date.parse(since)];
  if (day === undefined || Number.isNaN(midnight) || Number.isNaN(at)) return undefined;
  return new Date(midnight).toISOString().startsWith(day) ? at : undefined;
}

type Read = Pick<AllRead, "problems" | "problemsBeyond"> & Partial<Pick<AllRead, "files">>;

function asJson(tasks: readonly Task[], { problems, problemsBeyond }: Read): string {
  const rows = tasks.map((task) => ({
    ...task,
    // Nothing told is not nothing taken.
    tokens:
      task.requests === 0 && Object.values(task.tokens).every((count) => count === 0) ? null : task.tokens,
    startedAt: dateOf(task.startedAt),
    endedAt: dateOf(task.endedAt),
    edits: task.edits.map((edit) => ({ ...edit, at: dateOf(edit.at) })),
  }));
  return `${JSON.stringify({ tasks: rows, problems, problemsBeyond })}\n`;
}

function inWords(tasks: readonly Task[], { problems, problemsBeyond, files }: Read): string {
  if (tasks.length === 0 && problems.length === 0)
    return files ? "No tool's records were found.\n" : "Nothing was recorded in that time.\n";
  const tools = [...new Set(tasks.map(({ tool }) => tool))].sort();
  const lines = tools.flatMap((tool) => {
    const own = tasks.filter((task) => task.tool === tool);
    return toolInWords(tool, own, files && (files.get(tool) ?? 0));
  });
  const all = problems.length + problemsBeyond;
  const bad = problems
    .slice(0, 10)
    .map(({ tool, file, line, reason }) => `  ${tool}: ${file}:${line}: ${reason}`);
  if (all > 0) lines.push(`Not understood: ${counted(all, "record")}`, ...bad);
  return `${lines.join("\n")}\n`;
}

function dateOf(at: number): string {
  return new Date(at).toISOString();
}
