/**
 * The tokens of a made-up home directory, by tool, as Kept counts them and as independent readers do: ccusage, which is
 * installed with the project on Linux. `KEPT_TOTALS_HOME` compares a home directory of yours instead, then also with codeburn
 * where `KEPT_CODEBURN` names its program: it passes over made-up sessions in which nobody asks anything.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { readAllRecords } from "../server/agents/reading/readAll.ts";
import { ampThread, droidSettings } from "../test/support/agents/chatRecords.ts";
import { writeCopilotHome } from "../test/support/agents/copilotSessions.ts";
import { writeGeminiSession, writeMadeHome } from "../test/support/agents/madeHome.ts";
import { addMessage, makeOpenCode } from "../test/support/agents/toolDatabases.ts";

const at = Date.UTC(2026, 0, 5, 9);
const kinds = ["input", "output", "cacheRead", "cacheWrite"] as const;
type Counts = readonly number[];

function writeHome(home: string): void {
  writeMadeHome(home, 1);
  writeGeminiSession(home, at);
  writeCopilotHome(home, at);
  const share = path.join(home, ".local", "share");
  mkdirSync(path.join(share, "amp", "threads"), { recursive: true });
  writeFileSync(path.join(share, "amp", "threads", "T-1.json"), JSON.stringify(ampThread(at, "done")));
  const database = makeOpenCode(path.join(share, "opencode", "opencode.db"));
  for (const reasoning of [0, 5]) addMessage(database, { id: `m${reasoning}`, at, reasoning });
  database.close();
  const droid = path.join(home, ".factory", "sessions", "-work");
  mkdirSync(droid, { recursive: true });
  writeFileSync(path.join(droid, "droid-1.settings.json"), JSON.stringify(droidSettings()));
}

function ofKept(home: string): ReadonlyMap<string, Counts> {
  const around = { platform: process.platform, userHome: home, environment: {} };
  const { tasks } = readAllRecords({ ...around, databases: { nativeBinding: undefined } });
  const counts = new Map<string, Counts>();
  for (const { tool, tokens } of tasks.since(0))
    counts.set(
      tool,
      kinds.map((kind, index) => tokens[kind] + (counts.get(tool)?.[index] ?? 0)),
    );
  return counts;
}

const environmentOf = (home: string) => ({ PATH: process.env["PATH"], HOME: home, USERPROFILE: home });

function ofCcusage(home: string, scratch: string, command: string): Counts | undefined {
  const found = createRequire(import.meta.url).resolve("@ccusage/ccusage-linux-x64/package.json");
  const program = path.join(scratch, "ccusage");
  copyFileSync(path.join(path.dirname(found), "bin/ccusage"), program);
  chmodSync(program, 0o700);
  const printed = execFileSync(program, [command, "daily", "--json", "--offline"], {
    env: environmentOf(home),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { totals } = JSON.parse(printed) as { totals?: Readonly<Record<string, number>> | null };
  if (!totals) return undefined;
  const named = ["inputTokens", "outputTokens", "cacheReadTokens", "cacheCreationTokens"];
  return named.map((name) => totals[name] ?? 0);
}

function ofCodeburn(home: string, scratch: string, provider: string): Counts | undefined {
  const program = process.env["KEPT_CODEBURN"];
  if (program === undefined) return undefined;
  const file = path.join(scratch, `${provider}.json`);
  const period = ["--from", "2020-01-01", "--to", new Date().toISOString().slice(0, 10)];
  const args = [program, "export", "-f", "json", "-o", file, "--provider", provider, ...period];
  execFileSync(process.execPath, args, { env: environmentOf(home), stdio: "ignore" });
  // It writes none where it finds nothing.
  if (!existsSync(file)) return undefined;
  const { periods } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly periods: readonly { readonly daily: readonly Readonly<Record<string, number>>[] }[];
  };
  const days = periods.flatMap(({ daily }) => daily);
  const named = ["Input Tokens", "Output Tokens", "Cache Read Tokens", "Cache Write Tokens"];
  return named.map((name) => days.reduce((sum, day) => sum + (day[name] ?? 0), 0));
}

const peers: readonly (readonly [tool: string, ccusage: string, codeburn?: string])[] = [
  ["claude-code", "claude", "claude"],
  ["codex", "codex", "codex"],
  ["gemini-cli", "gemini", "gemini"],
  ["copilot-cli", "copilot", "copilot"],
  ["amp", "amp"],
  ["opencode", "opencode", "opencode"],
  ["droid", "droid", "droid"],
];

const scratch = mkdtempSync(path.join(tmpdir(), "kept-totals-"));
try {
  const named = process.env["KEPT_TOTALS_HOME"];
  const home = named ?? path.join(scratch, "home");
  if (named === undefined) writeHome(home);
  const own = ofKept(home);
  const words = (counts: Counts | undefined) => counts?.join(" ") ?? "nothing";
  console.log(`totals: ${kinds.join(" ")}`);
  for (const [tool, ccusage, codeburn] of peers) {
    console.log(`  ${tool}: ${words(own.get(tool))}`);
    console.log(`    ccusage: ${words(ofCcusage(home, scratch, ccusage))}`);
    if (named !== undefined && codeburn !== undefined && process.env["KEPT_CODEBURN"] !== undefined)
      console.log(`    codeburn: ${words(ofCodeburn(home, scratch, codeburn))}`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
