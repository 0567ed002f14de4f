import { mkdirSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";

/** Databases as tools keep them, made for the tests. Whoever makes one closes it. */
export function makeDatabase(file: string, schema: string): Database.Database {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.exec(schema);
  return database;
}

export function makeTraces(file: string): Database.Database {
  return makeDatabase(
    file,
    `CREATE TABLE IF NOT EXISTS spans (span_id TEXT PRIMARY KEY, name TEXT, start_time_ms INTEGER NOT NULL,
       end_time_ms INTEGER NOT NULL, status_code INTEGER NOT NULL DEFAULT 0, operation_name TEXT, conversation_id TEXT,
       request_model TEXT, response_model TEXT, input_tokens INTEGER, output_tokens INTEGER, cached_tokens INTEGER,
       reasoning_tokens INTEGER, tool_name TEXT, tool_call_id TEXT, chat_session_id TEXT);
     CREATE TABLE IF NOT EXISTS span_attributes (span_id TEXT, key TEXT, value TEXT, PRIMARY KEY (span_id, key));`,
  );
}

export function addSpan(
  database: Database.Database,
  span: Readonly<Record<string, string | number>>,
  attributes: Readonly<Record<string, string>> = {},
): void {
  const names = Object.keys(span);
  database
    .prepare(`INSERT INTO spans (${names.join(", ")}) VALUES (${names.map((name) => `@${name}`).join(", ")})`)
    .run(span);
  for (const [key, value] of Object.entries(attributes))
    database.prepare("INSERT INTO span_attributes VALUES (?, ?, ?)").run(span["span_id"], key, value);
}

export function makeOpenCode(file: string): Database.Database {
  return makeDatabase(
    file,
    `CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT NOT NULL);
     CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL,
       time_updated INTEGER NOT NULL, data TEXT NOT NULL);
     CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,
       time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
     INSERT INTO session VALUES ('ses-1', NULL, '/work'), ('ses-2', 'ses-1', '/work');`,
  );
}

export function addMessage(
  database: Database.Database,
  message: {
    readonly id: string;
    readonly session?: string;
    readonly at: number;
    readonly reasoning?: number;
  },
): void {
  const { id, session = "ses-1", at, reasoning = 0 } = message;
  const data = {
    role: "assistant",
    time: { created: at - 2000, completed: at },
    modelID: "gpt-5",
    providerID: "openai",
    cost: 0.25,
    tokens: { input: 10, output: 20, reasoning, cache: { read: 3, write: 0 } },
  };
  database
    .prepare("INSERT INTO message VALUES (?, ?, ?, ?, ?)")
    .run(id, session, at - 2000, at, JSON.stringify(data));
}

export function addPart(
  database: Database.Database,
  part: {
    readonly id: string;
    readonly message: string;
    readonly at: number;
    readonly data: object | string;
  },
): void {
  const { id, message, at, data } = part;
  database
    .prepare("INSERT OR REPLACE INTO part VALUES (?, ?, 'ses-1', ?, ?, ?)")
    .run(id, message, at, at, typeof data === "string" ? data : JSON.stringify(data));
}

export function editPart(tool: string, status: string, input: object, metadata: object = {}): object {
  return { type: "tool", tool, callID: `call-${tool}`, state: { status, input, metadata } };
}

/** A message of OpenCode as older versions wrote it, into a file of its own. */
export function openCodeMessage(at: number, more: object = {}): object {
  return {
    id: "msg_1",
    sessionID: "ses-1",
    role: "assistant",
    parentID: "msg_0",
    time: { created: at - 2000, completed: at },
    modelID: "gpt-5",
    providerID: "openai",
    mode: "build",
    path: { cwd: "/work", root: "/work" },
    system: ["a prompt"],
    summary: false,
    cost: 0.25,
    tokens: { input: 10, output: 20, reasoning: 5, cache: { read: 3, write: 4 } },
    ...more,
  };
}
