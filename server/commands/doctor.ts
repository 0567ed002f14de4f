import { parseArgs } from "node:util";
import { describeProblem, reasonOf } from "../../protocol/errors.ts";
import { ownPlaceOf } from "../ownFolder/ownFile.ts";
import type { Store } from "../store/store.ts";
import { badInput, type CommandResult } from "./usage.ts";

interface DoctorOptions {
  readonly folder: string;
  /** Whether what is here is thrown away some day. */
  readonly inContainer: boolean;
  readonly versions: { readonly kept: string; readonly node: string; readonly napi: string };
  readonly openStore: () => Store;
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
  };
  store.close();
  return {
    exitCode: store.kind === "disk" ? 0 : 1,
    stdout: asJson ? `${JSON.stringify(found)}\n` : inWords(found),
    stderr: "",
  };
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
}): string {
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
