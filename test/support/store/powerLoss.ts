import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { problemsOfDatabase } from "./checkDatabase.ts";
import { differencesOf } from "./sequence.ts";
import { openTestStore, temporaryFolder } from "./temporaryStore.ts";

/** What a process asked the system to do with the database's files, in order, and what it said. */
type Step =
  | { readonly kind: "write"; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: string; readonly size: number }
  | { readonly kind: "sync"; readonly file: string }
  | { readonly kind: "unlink"; readonly file: string }
  | { readonly kind: "said"; readonly text: string };

export interface PowerLossResult {
  readonly images: number;
  readonly syncs: number;
  /** The most acknowledged batches that one image had lost. */
  readonly mostLost: number;
  readonly wrong: string[];
}

const sector = 512;
const script = join(import.meta.dirname, "powerLossProcess.ts");

/**
 * Records every write and sync of a real run, and makes what a disk may hold when the power fails at some moment of it:
 * all that was synced, and of the rest any sectors, in any order. Making and deleting files is taken to be kept in order,
 * as journaling file systems do. What the shared memory beside the log holds is made again at the next opening.
 */
export function losePower(
  random: () => number,
  { images, batches }: { images: number; batches: number },
): PowerLossResult {
  const { folder, remove } = temporaryFolder();
  try {
    const steps = recordRun(folder, batches);
    const wrong: string[] = [];
    let mostLost = 0;
    for (let number = 0; number < images; number++) {
      const cut = Math.floor(random() * (steps.length + 1));
      const image = join(folder, `image-${number}`);
      mkdirSync(image);
      const { acknowledged, durable, hasForgotten } = makeImage(steps.slice(0, cut), image, random);
      const found = checkImage(image, durable, hasForgotten);
      mostLost = Math.max(mostLost, hasForgotten ? 0 : acknowledged - found.receipt);
      wrong.push(...found.wrong.map((problem) => `cut at ${cut} of ${steps.length}: ${problem}`));
    }
    return { images, syncs: steps.filter(({ kind }) => kind === "sync").length, mostLost, wrong };
  } finally {
    remove();
  }
}

export function canRecord(): boolean {
  return spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
}

function recordRun(folder: string, batches: number): Step[] {
  const live = join(folder, "live");
  const trace = join(folder, "trace");
  mkdirSync(live);
  const calls = "trace=write,pwrite64,fsync,fdatasync,ftruncate,unlink";
  // The database is called in the main thread alone, which is the one that is followed without -f.
  const options = ["-y", "-xx", "-s", "1000000", "-e", calls, "-o", trace];
  const { status, stderr } = spawnSync(
    "strace",
    [...options, process.execPath, script, live, String(batches)],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return readFileSync(trace, "latin1").split("\n").flatMap(stepOf);
}

function stepOf(line: string): Step[] {
  const call = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(line);
  if (!call || Number(call[3]) < 0) return [];
  const [, name, given] = call as unknown as [string, string, string];
  if (name === "unlink") {
    const file = basename(bytesOf(given).toString());
    return isOfDatabase(file) ? [{ kind: "unlink", file }] : [];
  }
  const on = /^(\d+)<([^>]*)>(?:, )?(.*)$/.exec(given);
  if (!on) return [];
  const [, descriptor, encodedPath, rest] = on as unknown as [string, string, string, string];
  if (name === "write" && descriptor === "1")
    return [{ kind: "said", text: bytesOf(rest).toString().trim() }];
  const file = basename(encodedPath.includes("\\x") ? bytesOf(`"${encodedPath}"`).toString() : encodedPath);
  if (!isOfDatabase(file)) return [];
  const numbers = rest
    .replace(/^"[^"]*"(\.\.\.)?,? ?/, "")
    .split(", ")
    .map(Number);
  if (name === "pwrite64") return [{ kind: "write", file, at: numbers[1]!, bytes: bytesOf(rest) }];
  if (name === "ftruncate") return [{ kind: "truncate", file, size: numbers[0]! }];
  if (name === "fsync" || name === "fdatasync") return [{ kind: "sync", file }];
  throw new Error(`Did not expect ${name} on ${file}`);
}

function isOfDatabase(file: string): boolean {
  return ["kept.db", "kept.db-wal", "kept.db-journal"].includes(file);
}

function bytesOf(quoted: string): Buffer {
  const text = /"([^"]*)"/.exec(quoted)?.[1] ?? "";
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

interface DiskFile {
  content: Buffer;
  pending: Extract<Step, { kind: "write" | "truncate" }>[];
}

function makeImage(steps: readonly Step[], folder: string, random: () => number) {
  const files = new Map<string, DiskFile>([["kept.db", { content: Buffer.alloc(0), pending: [] }]]);
  let acknowledged = 0;
  let durable = 0;
  let hasForgotten = false;
  for (const step of steps) {
    if (step.kind === "said") {
      if (step.text === "forgot") hasForgotten = true;
      else acknowledged = Number(step.text.slice("ack ".length));
      continue;
    }
    if (step.kind === "unlink") {
      files.delete(step.file);
      continue;
    }
    const file = files.get(step.file) ?? { content: Buffer.alloc(0), pending: [] };
    files.set(step.file, file);
    if (step.kind !== "sync") file.pending.push(step);
    else {
      for (const each of file.pending.splice(0)) apply(file, each);
      // The log is synced before any of it is moved into the database.
      if (step.file === "kept.db-wal") durable = acknowledged;
    }
  }
  for (const [name, file] of files) {
    const keeps = [0, 0.5, 0.95, 1][Math.floor(random() * 4)]!;
    for (const each of file.pending) loseSome(file, each, () => random() < keeps);
    writeFileSync(join(folder, name), file.content, { mode: 0o600 });
  }
  return { acknowledged, durable, hasForgotten };
}

function apply(file: DiskFile, step: DiskFile["pending"][number]): void {
  if (step.kind === "truncate") {
    const content = Buffer.alloc(step.size);
    file.content.copy(content);
    file.content = content;
    return;
  }
  const end = step.at + step.bytes.length;
  if (file.content.length < end)
    file.content = Buffer.concat([file.content, Buffer.alloc(end - file.content.length)]);
  step.bytes.copy(file.content, step.at);
}

/** A disk writes sectors, each whole or not at all, and in whatever order it likes. */
function loseSome(file: DiskFile, step: DiskFile["pending"][number], isKept: () => boolean): void {
  if (step.kind === "truncate") {
    if (isKept()) apply(file, step);
    return;
  }
  for (let from = 0; from < step.bytes.length;) {
    const to = Math.min(step.bytes.length, from + sector - ((step.at + from) % sector));
    if (isKept()) apply(file, { ...step, at: step.at + from, bytes: step.bytes.subarray(from, to) });
    from = to;
  }
}

function checkImage(
  folder: string,
  durable: number,
  hasForgotten: boolean,
): { receipt: number; wrong: string[] } {
  const store = openTestStore({ folder, now: () => Date.UTC(2026, 0, 31, 13) });
  const receipt = store.readReceipt("a");
  const wrong = store.problems.map((problem) => JSON.stringify(problem));
  const edits = store.readSums({ from: "0000", to: "9999", workspaces: undefined }).length;
  if (hasForgotten && edits > 0) wrong.push("what was deleted came back");
  if (!hasForgotten && receipt < durable) wrong.push(`${receipt} batches are there, ${durable} were durable`);
  // Between being deleted and being said to be, both are right.
  if (edits > 0) wrong.push(...differencesOf(store, new Map([["a", 0]])));
  store.close();
  return { receipt, wrong: [...wrong, ...problemsOfDatabase(folder)] };
}
