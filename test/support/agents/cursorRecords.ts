import type Database from "better-sqlite3";
import { parsed } from "../../../server/agents/fields.ts";
import { makeDatabase } from "./toolDatabases.ts";

/** The databases that Cursor keeps, in the form of its version 3. Whoever makes one closes it. */
export function makeCursorState(file: string): Database.Database {
  return makeDatabase(
    file,
    `CREATE TABLE IF NOT EXISTS ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
     CREATE TABLE IF NOT EXISTS cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);`,
  );
}

export function putCursor(database: Database.Database, key: string, value: unknown): void {
  const isPlain = typeof value === "string" || value === null || Buffer.isBuffer(value);
  const text = isPlain ? value : JSON.stringify(value);
  database.prepare("INSERT INTO cursorDiskKV VALUES (?, ?)").run(key, text);
}

export interface BubbleGiven {
  readonly at: number;
  readonly type?: number;
  readonly tokens?: readonly [input: number, output: number];
  readonly model?: string;
  readonly call?: object;
  readonly more?: object;
}

/** A message, with what was said in it. */
export function bubble({ at, type = 2, tokens = [0, 0], model, call, more }: BubbleGiven): object {
  return {
    _v: 3,
    type,
    bubbleId: "a bubble",
    text: type === 1 ? "a prompt" : "an answer",
    createdAt: new Date(at).toISOString(),
    tokenCount: { inputTokens: tokens[0], outputTokens: tokens[1] },
    isAgentic: true,
    workspaceUris: ["file:///work"],
    ...(model !== undefined && { modelInfo: { modelName: model } }),
    ...(call && { capabilityType: 15, toolFormerData: call }),
    ...more,
  };
}

/** What a message says of a call: what is given and what came of it are JSON within JSON. */
export function bubbleCall(
  id: string,
  name: string,
  given: {
    readonly params?: object;
    readonly args?: object;
    readonly result?: object;
    readonly status?: string;
  },
): object {
  const { params = {}, args = {}, result = {}, status = "completed" } = given;
  return {
    tool: 38,
    toolCallId: id,
    toolIndex: 0,
    modelCallId: `model-${id}`,
    status,
    name,
    rawArgs: JSON.stringify(args),
    params: JSON.stringify(params),
    result: JSON.stringify(result),
    additionalData: { reviewData: { selectedOption: "accept" } },
  };
}

/** A row as the query for it gives it. */
export interface BubbleRow {
  readonly row: number;
  readonly key: string;
  readonly isLong: 0 | 1;
  readonly parts: string;
  readonly before: string | null;
  readonly after: string | null;
}

const partsOfRow = [
  ...["type", "_v", "createdAt", "clientEndTime", "tokenCount", "modelName", "capabilityType"],
  ...["isAgentic", "workspaceUris", "toolFormerData"],
];

/** Two messages that edit, of which one was counted, as rows. */
export function bubbleRows(at: number): BubbleRow[] {
  const write = bubbleCall("c1", "write", {
    args: { file_path: "/work/a.ts", contents: "b", explanation: "a prompt" },
  });
  const edit = bubbleCall("c2", "edit_file_v2", {
    params: { relativeWorkspacePath: "a.ts", noCodeblock: true },
    result: { beforeContentId: "composer.content.1", afterContentId: "composer.content.2" },
  });
  const time = new Date(at).toISOString();
  const counted = { inputTokens: 100, outputTokens: 9 };
  const none = { inputTokens: 0, outputTokens: 0 };
  const row = { isLong: 0 as const, before: null, after: null };
  const folders = ["file:///work"];
  return [
    {
      ...row,
      row: 1,
      key: "bubbleId:chat-1:b1",
      parts: JSON.stringify([2, 3, time, null, counted, "claude-4.5-sonnet", 15, true, folders, write]),
    },
    {
      ...row,
      row: 2,
      key: "bubbleId:chat-1:b2",
      parts: JSON.stringify([2, 3, time, null, none, null, 15, true, folders, edit]),
      before: "a",
      after: "c",
    },
  ];
}

/** Makes of rows the database that they come from. */
export function writeBubbleRows(file: string, rows: readonly BubbleRow[]): void {
  const database = makeCursorState(file);
  for (const { key, parts, before, after } of rows) {
    const values = parsed(parts);
    if (!Array.isArray(values)) {
      putCursor(database, key, parts);
      continue;
    }
    const named = Object.fromEntries(partsOfRow.map((name, index) => [name, values[index] as unknown]));
    const { modelName, clientEndTime, ...said } = named;
    putCursor(database, key, { ...said, modelInfo: { modelName }, timingInfo: { clientEndTime } });
    if (before !== null) putCursor(database, "composer.content.1", before);
    if (after !== null) putCursor(database, "composer.content.2", after);
  }
  database.close();
}

/** The database of Cursor's own account, in the form of its version 3.15. */
export function makeCursorTracking(file: string): Database.Database {
  return makeDatabase(
    file,
    `CREATE TABLE IF NOT EXISTS ai_code_hashes (hash TEXT PRIMARY KEY, source TEXT NOT NULL, fileExtension TEXT,
       fileName TEXT, requestId TEXT, conversationId TEXT, timestamp INTEGER, model TEXT, createdAt INTEGER NOT NULL);
     CREATE TABLE IF NOT EXISTS scored_commits (commitHash TEXT NOT NULL, branchName TEXT NOT NULL,
       scoredAt INTEGER NOT NULL, linesAdded INTEGER, linesDeleted INTEGER, tabLinesAdded INTEGER,
       tabLinesDeleted INTEGER, composerLinesAdded INTEGER, composerLinesDeleted INTEGER, humanLinesAdded INTEGER,
       humanLinesDeleted INTEGER, blankLinesAdded INTEGER, blankLinesDeleted INTEGER, commitMessage TEXT,
       commitDate TEXT, v1AiPercentage TEXT, v2AiPercentage TEXT, PRIMARY KEY (commitHash, branchName));`,
  );
}

export interface ScoreGiven {
  readonly sha: string | null;
  readonly branch?: string;
  readonly scoredAt?: number;
  readonly added: Partial<Record<"all" | "agent" | "tab" | "people" | "blank", unknown>>;
}

export function addScore(
  database: Database.Database,
  { sha, branch = "a branch", scoredAt = 1, added }: ScoreGiven,
): void {
  const { all = 0, agent = 0, tab = 0, people = 0, blank = 0 } = added;
  database
    .prepare(
      `INSERT INTO scored_commits VALUES (?, ?, ?, ?, 0, ?, 0, ?, 0, ?, 0, ?, 0, 'a prompt', '2026-01-05', '10', '12')`,
    )
    .run(sha ?? "a name", branch, scoredAt, all, tab, agent, people, blank);
}
