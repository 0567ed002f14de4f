/**
 * A gigabyte of logs of Claude Code and Codex, taken into an empty store and again when nothing changed, beside what
 * ccusage, which stores nothing, takes to add up the same. `KEPT_BENCH_MB` makes it more or less.
 */
import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { writeGrownLogs } from "./histories/grownLogs.ts";

const megabytes = Number(process.env["KEPT_BENCH_MB"] ?? 1024);
const dayMs = 24 * 60 * 60_000;
const rounds = 3;
const root = path.resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(path.join(tmpdir(), "kept-bench-"));

interface Ran {
  readonly ms: number;
  readonly peakBytes: number;
  readonly output: string;
}

/** Runs a program and watches how much memory it takes, where the system tells. */
function run(program: string, args: readonly string[], home: string): Promise<Ran> {
  const began = performance.now();
  const environment = { PATH: process.env["PATH"], HOME: home, USERPROFILE: home };
  const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  let [output, peakBytes] = ["", 0];
  const look = setInterval(() => (peakBytes = Math.max(peakBytes, peakOf(child.pid!))), 20);
  child.stdout.setEncoding("utf8").on("data", (part: string) => (output += part));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      clearInterval(look);
      if (code === 0) resolve({ ms: performance.now() - began, peakBytes, output });
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The reader itself, without the script around it. */
function peer(): string {
  const found = path.join(
    path.dirname(createRequire(import.meta.url).resolve("@ccusage/ccusage-linux-x64/package.json")),
    "bin/ccusage",
  );
  const program = path.join(scratch, "ccusage");
  copyFileSync(found, program);
  chmodSync(program, 0o700);
  return program;
}

/** The reading as a package has it, in two bundles. The database package stays outside. */
async function bundled(): Promise<string> {
  const entryPoints = ["bench/logs/storeLogs.ts", "server/agents/worker.ts"].map((file) =>
    path.join(root, file),
  );
  const folder = mkdtempSync(path.join(root, "out", "bench-"));
  await build({
    ...{ entryPoints, bundle: true, minify: true, platform: "node", format: "esm", target: "node22" },
    ...{
      outdir: folder,
      external: ["better-sqlite3"],
      entryNames: "[name]",
      outExtension: { ".js": ".mjs" },
    },
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  });
  return folder;
}

interface Totals {
  readonly [name: string]: number;
}

mkdirSync(path.join(root, "out"), { recursive: true });
const reading = await bundled();
try {
  const home = path.join(scratch, "home");
  writeGrownLogs(home, megabytes * 1024 * 1024, Date.now() - 30 * dayMs);
  const program = peer();
  const theirs: Ran[] = [];
  const cold: Ran[] = [];
  const warm: Ran[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await run(program, ["daily", "--json", "--offline"], home));
    const folder = path.join(scratch, `kept-${round}`);
    mkdirSync(folder);
    const store = [path.join(reading, "storeLogs.mjs"), home, folder];
    cold.push(await run(process.execPath, store, home));
    warm.push(await run(process.execPath, store, home));
  }
  const said = JSON.parse(theirs[0]!.output) as { totals: Totals };
  const stored = JSON.parse(cold[0]!.output) as { totals: Totals; dropped: number };
  const pairs = [
    ["input", "inputTokens"],
    ["output", "outputTokens"],
    ["cacheRead", "cacheReadTokens"],
    ["cacheWrite", "cacheCreationTokens"],
  ] as const;
  const differing = pairs.filter(([own, other]) => stored.totals[own] !== said.totals[other]);
  console.log(
    `logs: ${megabytes} MB, ${stored.totals["requests"]} requests, ${stored.totals["edits"]} edits`,
  );
  console.log(`  ccusage, storing nothing: ${words(theirs)}`);
  console.log(`  cold, stored: ${words(cold)}: ${ratio(cold, theirs)} times`);
  console.log(`  again, nothing changed: ${words(warm)}: ${ratio(warm, theirs)} times`);
  if (stored.dropped > 0) console.log(`  dropped: ${stored.dropped}`);
  console.log(differing.length === 0 ? "  the same tokens" : `  DIFFERENT: ${differing.join(" ")}`);
  if (differing.length > 0) process.exitCode = 1;
} finally {
  for (const made of [scratch, reading]) rmSync(made, { recursive: true });
}

/** The middle time and the largest memory. */
function words(ran: readonly Ran[]): string {
  const peak = Math.max(...ran.map(({ peakBytes }) => peakBytes)) / 1024 / 1024;
  return `${(median(ran) / 1000).toFixed(2)} s, ${peak.toFixed(0)} MB`;
}

function ratio(one: readonly Ran[], other: readonly Ran[]): string {
  return (median(one) / median(other)).toFixed(2);
}

function median(ran: readonly Ran[]): number {
  return ran.map(({ ms }) => ms).toSorted((one, other) => one - other)[ran.length >> 1]!;
}
