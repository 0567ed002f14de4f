import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type Database from "better-sqlite3";
import { copilotEvent } from "./chatRecords.ts";
import { makeDatabase } from "./toolDatabases.ts";

/** As 1.0.102 made it, without the tables that are of no session. Whoever makes one closes it. */
export function makeSessionStore(file: string): Database.Database {
  const database = makeDatabase(
    file,
    `CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);
     CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, cwd TEXT, repository TEXT, host_type TEXT, branch TEXT, summary TEXT,
       created_at TEXT DEFAULT (datetime('now')), updated_at TEXT DEFAULT (datetime('now')));
     CREATE TABLE IF NOT EXISTS turns (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL REFERENCES sessions(id),
       turn_index INTEGER NOT NULL, user_message TEXT, assistant_response TEXT,
       timestamp TEXT DEFAULT (datetime('now')), UNIQUE(session_id, turn_index));
     CREATE TABLE IF NOT EXISTS assistant_usage_events (id INTEGER PRIMARY KEY AUTOINCREMENT,
       session_id TEXT NOT NULL REFERENCES sessions(id), turn_index INTEGER, agent_id TEXT, parent_tool_call_id TEXT,
       model TEXT NOT NULL, copilot_usage_model TEXT, input_tokens INTEGER, output_tokens INTEGER,
       cache_read_tokens INTEGER, cache_write_tokens INTEGER, reasoning_tokens INTEGER, total_nano_aiu INTEGER,
       request_multiplier REAL, duration_ms INTEGER, time_to_first_token_ms INTEGER, output_ttft_ms REAL,
       inter_token_latency_ms INTEGER, initiator TEXT, api_endpoint TEXT, reasoning_effort TEXT, finish_reason TEXT,
       content_filter_triggered INTEGER, token_details_json TEXT, created_at TEXT DEFAULT (datetime('now')));
     DELETE FROM schema_version;
     INSERT INTO schema_version VALUES (8);`,
  );
  // Most tests have no use for a session.
  database.pragma("foreign_keys = OFF");
  return database;
}

/** A row of one of its tables. */
export interface StoredRow {
  readonly table: "sessions" | "turns" | "assistant_usage_events";
  readonly values: Readonly<Record<string, unknown>>;
}

export function addStored(database: Database.Database, rows: readonly StoredRow[]): void {
  for (const { table, values } of rows) {
    const names = Object.keys(values);
    const places = names.map(() => "?").join(", ");
    database
      .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${places})`)
      .run(...Object.values(values));
  }
}

/** A request as it was written, of a model that counts what it reads from a cache as input. */
export function usageRow(at: number, change: Readonly<Record<string, unknown>> = {}): StoredRow {
  const timing = { duration_ms: 200, time_to_first_token_ms: 197.897845, output_ttft_ms: 197.897914 };
  const tokens = { input_tokens: 1111, output_tokens: 41, cache_read_tokens: 710, cache_write_tokens: 0 };
  const values = {
    ...{ session_id: "s1", turn_index: 0, agent_id: null, parent_tool_call_id: null, model: "gpt-5" },
    ...{ ...tokens, reasoning_tokens: 6, total_nano_aiu: null, request_multiplier: 0, ...timing },
    ...{ inter_token_latency_ms: 0.759856, initiator: "user", api_endpoint: "/chat/completions" },
    ...{ finish_reason: "tool_calls", content_filter_triggered: 0, created_at: new Date(at).toISOString() },
    ...change,
  };
  return { table: "assistant_usage_events", values };
}

/** What it asks after another took over a part of the work, and that part, as they were written. */
export const delegated = {
  agent_id: "2e49f807-f2d0-4a45-ae22-7312922d3a51",
  parent_tool_call_id: "call_3",
  ...{ input_tokens: 1444, output_tokens: 44, cache_read_tokens: 740, reasoning_tokens: 9 },
  ...{ duration_ms: 156, initiator: "sub-agent", finish_reason: "stop" },
};

/** Of a model that counts what it reads from a cache and writes to it beside its input: that was 301. */
export const ofAnthropic = {
  model: "claude-sonnet-4",
  ...{ input_tokens: 1353, output_tokens: 78, cache_read_tokens: 1001, cache_write_tokens: 51 },
  ...{ reasoning_tokens: null, duration_ms: 34, api_endpoint: "/v1/messages", finish_reason: "stop" },
};

/** A session, what was said in it, and its requests. */
export function sessionRows(at: number): readonly StoredRow[] {
  const session = { id: "s1", cwd: "/work", summary: "a prompt" };
  const turn = {
    ...{ session_id: "s1", turn_index: 0 },
    ...{ user_message: "a prompt", assistant_response: "an answer" },
  };
  return [
    { table: "sessions", values: session },
    { table: "turns", values: turn },
    usageRow(at),
    usageRow(at + 1000, delegated),
    usageRow(at + 2000, ofAnthropic),
  ];
}

export function writeSessionStore(file: string, rows: readonly StoredRow[]): void {
  const database = makeSessionStore(file);
  addStored(database, rows);
  database.close();
}

/** A home directory with that session in both places: in the database, and as a sum where the session ended. */
export function writeCopilotHome(home: string, at: number): void {
  const folder = path.join(home, ".copilot");
  writeSessionStore(path.join(folder, "session-store.db"), sessionRows(at));
  const usage = (input: number, output: number, cache: readonly [read: number, written: number]) => ({
    ...{ inputTokens: input, outputTokens: output, cacheReadTokens: cache[0], cacheWriteTokens: cache[1] },
  });
  const modelMetrics = {
    "gpt-5": { requests: { count: 2, cost: 0 }, usage: usage(2555, 85, [1450, 0]) },
    "claude-sonnet-4": { requests: { count: 1, cost: 0 }, usage: usage(1353, 78, [1001, 51]) },
  };
  const lines = [
    copilotEvent(at - 1000, "session.start", { sessionId: "s1", context: { cwd: "/work" } }),
    copilotEvent(at + 3000, "session.shutdown", { shutdownType: "routine", modelMetrics }),
  ];
  const events = path.join(folder, "session-state", "s1", "events.jsonl");
  mkdirSync(path.dirname(events), { recursive: true });
  writeFileSync(events, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
