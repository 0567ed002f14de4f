import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Agent } from "../../../server/agents/agent.ts";
import { agents } from "../../../server/agents/registry.ts";
import { droidSettings } from "./chatRecords.ts";
import { writeBubbleRows, type BubbleRow } from "./cursorRecords.ts";
import { debugLog } from "./copilotRecords.ts";
import { claudeAdvice, claudeProgresses } from "./logLines.ts";
import { sessionRows, writeSessionStore, type StoredRow } from "./copilotSessions.ts";
import { soundRecords } from "./soundRecords.ts";
import { makeOpenCode, openCodeMessage } from "./toolDatabases.ts";

/** Where each tool keeps a record, below the first of its folders. */
const places: Readonly<Record<string, string>> = {
  amp: "T-1.json",
  "claude-code": "-work/session-1.jsonl",
  "Claude Desktop":
    "Claude/local-agent-mode-sessions/app/work/local_1/.claude/projects/-work/session-1.jsonl",
  cline: "session-1/session-1.messages.json",
  codex: "2026/01/05/rollout-1.jsonl",
  continue: "sessions/session-1.json",
  "copilot-cli": "session-state/s1/events.jsonl",
  cursor: "work/agent-transcripts/session-1.jsonl",
  "Cursor's conversations": "state.vscdb",
  droid: "-work/droid-1.jsonl",
  "gemini-cli": "work/chats/session-1.json",
  "edits of GitHub Copilot in VS Code": "workspaceStorage/1/chatEditingSessions/chat-1/state.json",
  "github-copilot": "workspaceStorage/1/chatSessions/chat-1.jsonl",
  opencode: "opencode.db",
  windsurf: "session-1.jsonl",
};

const writers: Readonly<Record<string, SoundForm["write"]>> = {
  "Cursor's conversations": (file, records) => writeBubbleRows(file, records as readonly BubbleRow[]),
  OpenCode: (file, records) => writeRows(file, records as readonly Row[]),
};

/** One of the forms in which a tool keeps records. */
export interface SoundForm {
  readonly title: string;
  readonly agent: Agent;
  readonly place: string;
  readonly records: () => readonly unknown[];
  /** Where its file is no text. */
  readonly write?: (file: string, records: readonly unknown[]) => void;
}

const agentOf = (title: string) => agents.find((agent) => agent.title === title)!;
const at = Date.UTC(2026, 0, 5, 9);

/** The form of each tool that has the most in it. */
export const soundForms: readonly SoundForm[] = agents.map((agent) => {
  const place = places[agent.title] ?? places[agent.tool];
  if (place === undefined) throw new Error(`There is no place for records of ${agent.title}.`);
  const write = writers[agent.title];
  return {
    ...{ title: agent.title, agent, place, records: () => soundRecords(agent).records },
    ...(write && { write }),
  };
});

/** The others that tools have. */
export const furtherForms: readonly SoundForm[] = [
  {
    title: "what Claude Code asks other models",
    agent: agentOf("Claude Code"),
    place: "-work/session-1.jsonl",
    records: () => claudeAdvice(at).map((line) => JSON.parse(line) as unknown),
  },
  {
    title: "what Claude Code tells of its subagents",
    agent: agentOf("Claude Code"),
    place: "-work/session-1.jsonl",
    records: () => claudeProgresses(at).map((line) => JSON.parse(line) as unknown),
  },
  {
    title: "debug logs of GitHub Copilot in VS Code",
    agent: agentOf("GitHub Copilot in VS Code"),
    place: "workspaceStorage/1/GitHub.copilot-chat/debug-logs/chat-1/main.jsonl",
    records: () => debugLog(at),
  },
  {
    title: "requests of GitHub Copilot CLI",
    agent: agentOf("GitHub Copilot CLI"),
    place: "session-store.db",
    records: () => sessionRows(at),
    write: (file, records) => writeSessionStore(file, records as readonly StoredRow[]),
  },
  {
    title: "sums of Droid's sessions",
    agent: agentOf("Droid"),
    place: "-work/droid-1.settings.json",
    records: () => [droidSettings()],
  },
  {
    title: "older messages of OpenCode",
    agent: agentOf("OpenCode"),
    place: "storage/message/ses-1/msg_1.json",
    records: () => [openCodeMessage(at)],
  },
];

/** Writes records of a tool that are as they should be below a home directory, changed as asked. Gives back the file. */
export function writeSoundRecords(home: string, agent: Agent, change: (json: string) => string): string {
  return writeSoundForm(
    home,
    soundForms.find((form) => form.agent === agent)!,
    change,
  );
}

export function writeSoundForm(
  home: string,
  { title, agent, place, records: made, write }: SoundForm,
  change: (json: string) => string,
): string {
  const homes = agent.homes({ platform: "linux", userHome: home, environment: {} });
  if (!agent.isRecord(place)) throw new Error(`${place} is no place for ${title}.`);
  const file = path.join(homes[0]!, place);
  const records = JSON.parse(change(JSON.stringify(made()))) as unknown[];
  mkdirSync(path.dirname(file), { recursive: true });
  if (write) write(file, records);
  else if (agent.form(place) === "document") writeFileSync(file, JSON.stringify(records[0]));
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
