import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { claudeCode } from "../../../server/agents/claudeCode.ts";
import { copilotEditing } from "../../../server/agents/copilotEditing.ts";
import { cursorState } from "../../../server/agents/cursorState.ts";
import type { Agent } from "../../../server/agents/agent.ts";
import { mayRecordIn } from "../../../server/agents/recordableFolder.ts";
import { RecordFile } from "../../../server/agents/reading/recordFile.ts";
import { contextFilesIn } from "../../../server/coaching/contextFilesIn.ts";
import { readRuleFiles } from "../../../server/coaching/ruleFiles.ts";
import { readHead } from "../../../server/git/head.ts";
import { Connections } from "../../../server/hooks/connections.ts";
import { MadePlaces } from "../../../server/hooks/madePlaces.ts";
import { readTraces } from "../../../server/notes/readTraces.ts";
import { OthersReader } from "../../../server/ownFolder/otherMachines.ts";
import { findConversation } from "../../../server/records/conversation.ts";
import { readAdministratorPolicy } from "../../../server/sync/administratorPolicy.ts";
import { readTextFile } from "../../../server/unseen/textFile.ts";
import { Found } from "../agents/found.ts";

/**
 * Puts a pipe, or a device that never ends, where Kept reads something, and says what came of reading it. It is a process
 * of its own, because whoever opens one of these has to be ended from outside.
 */
const what = process.argv[2];
let folder = "";
const at = (name: string) => path.join(folder, name);

function put(name: string): string {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  if (what === "pipe") execFileSync("mkfifo", [at(name)]);
  else symlinkSync("/dev/zero", at(name));
  return at(name);
}

function problemsOf(agent: Agent, name: string): readonly string[] {
  const found = new Found();
  new RecordFile(put(name), agent, { databases: { nativeBinding: undefined } }).read(found);
  return found.problems;
}

const readers: Readonly<Record<string, () => unknown>> = {
  rules: () => {
    put(".kept/rules/a.json");
    return readRuleFiles([folder], new Set()).problems.map(({ reason }) => reason);
  },
  contextFile: () => {
    put("AGENTS.md");
    return contextFilesIn(pathToFileURL(folder).href);
  },
  policy: () => {
    put(".kept/policy.json");
    return mayRecordIn(folder);
  },
  text: () => readTextFile(pathToFileURL(put("a.ts")).href),
  traces: async () => {
    put(".agent-trace/traces.jsonl");
    let records = 0;
    await readTraces(folder, () => records++);
    return records;
  },
  repository: () => {
    put(".git/HEAD");
    const git = at(".git");
    return readHead({ root: folder, own: git, shared: git }) ?? null;
  },
  log: () => problemsOf(claudeCode, "session.jsonl"),
  document: () => problemsOf(copilotEditing, "state.json"),
  database: () => problemsOf(cursorState, "state.vscdb"),
  toolSettings: () => {
    put(".claude/settings.json");
    const around = { platform: "linux", environment: {}, userHome: folder, otherHomes: [] };
    const made = new MadePlaces(at("kept"));
    const connections = new Connections(around, { shim: "/shim", endpointOf: () => "", made });
    const listed = connections.list().find(({ tool }) => tool === "claude-code");
    return [listed?.isConnected, connections.connecting("claude-code")];
  },
  administratorPolicy: () => readAdministratorPolicy(put("policy.json"), process.getuid?.()),
  otherMachine: async () => {
    put("machine.jsonl");
    const question = { folder, ownStore: "own", from: "2026-01-01", to: "2026-12-31" };
    return (await new OthersReader().read(question)).others.skipped;
  },
  conversation: async () => {
    const session = "0d5c1f2e-9a1b-4c3d-8e7f-0123456789ab";
    put(`.codex/sessions/2026/02/03/rollout-x-${session}.jsonl`);
    const places = { platform: "linux", environment: {}, userHome: folder };
    return (await findConversation({ tool: "codex", session, request: "request_1" }, places)) ?? null;
  },
};

for (const [name, read] of Object.entries(readers)) {
  folder = mkdtempSync(path.join(tmpdir(), "kept-others-"));
  process.stdout.write(`${name} `);
  process.stdout.write(`${JSON.stringify(await read())}\n`);
  rmSync(folder, { recursive: true });
}
