import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Agent } from "../../../server/agents/agent.ts";
import { soundRecords } from "./soundRecords.ts";
import { makeOpenCode } from "./toolDatabases.ts";

/** Where each tool keeps a record, below the first of its folders. */
const places: Readonly<Record<string, string>> = {
  amp: "T-1.json",
  "claude-code": "-work/session-1.jsonl",
  cline: "session-1/session-1.messages.json",
  codex: "2026/01/05/rollout-1.jsonl",
  continue: "sessions/session-1.json",
  "copilot-cli": "s1/events.jsonl",
  cursor: "work/agent-transcripts/session-1.jsonl",
  droid: "-work/droid-1.jsonl",
  "gemini-cli": "work/chats/session-1.json",
  "github-copilot": "workspaceStorage/1/chatSessions/chat-1.jsonl",
  opencode: "opencode.db",
  windsurf: "session-1.jsonl",
};

/** Writes records of a tool that are as they should be below a home directory, changed as asked. Gives back the file. */
export function writeSoundRecords(home: string, agent: Agent, change: (json: string) => string): string {
  const place = places[agent.tool];
  if (place === undefined || !agent.isRecord(place))
    throw new Error(`There is no place for records of ${agent.tool}.`);
  const [folder] = agent.homes({ platform: "linux", userHome: home, environment: {} });
  const file = path.join(folder!, place);
  const records = JSON.parse(change(JSON.stringify(soundRecords(agent.tool).records))) as unknown[];
  mkdirSync(path.dirname(file), { recursive: true });
  const form = agent.form(place);
  if (form === "database") writeRows(file, records as readonly Row[]);
  else if (form === "document") writeFileSync(file, JSON.stringify(records[0]));
  else writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return file;
}

interface Row {
  readonly kind: "message" | "part";
  readonly id: string;
  readonly folder: string;
  readonly changedAt: number;
  readonly data: string;
}

function writeRows(file: string, rows: readonly Row[]): void {
  const database = makeOpenCode(file);
  for (const { kind, id, folder, changedAt, data } of rows) {
    database.prepare("UPDATE session SET directory = ?").run(folder);
    if (kind === "message")
      database
        .prepare("INSERT INTO message VALUES (?, 'ses-1', ?, ?, ?)")
        .run(id, changedAt, changedAt, data);
    else
      database
        .prepare("INSERT INTO part VALUES (?, 'm1', 'ses-1', ?, ?, ?)")
        .run(id, changedAt, changedAt, data);
  }
  database.close();
}
