import { hookCallOf, readingHook } from "./hookCall.ts";
import { dataFolder } from "../hooks/connectable.ts";
import { openCodePlugin } from "./openCodePlugin.ts";
import path from "node:path";
import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { StepTeller } from "./stepTeller.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "opencode";

const readHook = readingHook(tool, (payload) => {
  const { file, before, after } = fieldsOf(payload["filediff"]);
  const isNew = payload["exists"] === false;
  const response = isNew ? { type: "create" } : {};
  const call = hookCallOf(payload, { isFailed: (payload["exit"] ?? 0) !== 0, response });
  if (!call || textOf(file) === undefined || textOf(before) === undefined || textOf(after) === undefined)
    return call;
  return { ...call, input: { path: file, content: after }, response: { originalFile: before } };
});

export const openCode: Agent = {
  tool,
  title: "OpenCode",
  homes: ({ userHome, environment }) => [
    path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), "opencode"),
  ],
  within: ["storage/message/*"],
  isRecord: (file) => /^(opencode[^/]*\.db|storage\/message\/[^/]+\/msg_[^/]+\.json)$/.test(file),
  form: (file) => (file.endsWith(".json") ? "document" : "database"),
  marks: [],
  query: `
    WITH asked(since) AS (VALUES (?))
    SELECT 'message' AS kind, m.id AS id, m.session_id AS session, s.parent_id AS parent, s.directory AS folder,
      m.time_updated AS changedAt, m.data AS data, NULL AS answer
    FROM asked JOIN message m ON m.time_updated >= since LEFT JOIN session s ON s.id = m.session_id
    UNION ALL
    SELECT 'part', p.id, p.session_id, s.parent_id, s.directory, p.time_updated, p.data, m.data
    FROM asked JOIN part p ON p.time_updated >= since LEFT JOIN message m ON m.id = p.message_id
      LEFT JOIN session s ON s.id = p.session_id
    WHERE p.data LIKE '%"type":"tool"%'`,
  makeReader: (file, writtenAt) =>
    file.endsWith(".json") ? new OpenCodeFileReader(writtenAt) : new OpenCodeReader(),
  readHook,
  connections: [
    {
      tool,
      title: "OpenCode",
      folder: ({ userHome, environment }) =>
        path.join(environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config"), "opencode"),
      keepsIn: dataFolder("opencode"),
      file: "plugins/kept.js",
      variables: ["XDG_CONFIG_HOME"],
      holds: { file: openCodePlugin },
    },
  ],
};

/** One message, as older versions wrote each into a file. What a database took over from there has the same name in it. */
class OpenCodeFileReader implements RecordReader {
  readonly #writtenAt: () => number;

  constructor(writtenAt: () => number) {
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const message = fieldsOf(record);
    const [id, session] = [nameOf(message["id"]), nameOf(message["sessionID"])];
    if (id === undefined || session === undefined) {
      sink.problem(id === undefined ? "no message id" : "no session");
      return;
    }
    if (message["role"] === undefined) sink.problem("a message of nobody");
    if (message["role"] !== "assistant") return;
    if (message["tokens"] === undefined) sink.problem("an answer without its tokens");
    const folder = nameOf(fieldsOf(message["path"])["cwd"]);
    readMessage({ id, folder }, message, { session, at: this.#writtenAt() }, sink);
  }
}

class OpenCodeReader implements RecordReader {
  readonly #steps = new StepTeller(tool);

  read(record: unknown, sink: Sink): void {
    const row = fieldsOf(record);
    const session = nameOf(row["session"]);
    const at = timeOf(row["changedAt"]);
    const data = parsed(textOf(row["data"]) ?? "");
    if (session === undefined || at === undefined || data === undefined) {
      sink.problem(data === undefined ? "not JSON" : session === undefined ? "no session" : "no time");
      return;
    }
    if (row["kind"] === "message") readMessage(row, fieldsOf(data), { session, at }, sink);
    else {
      readPart(row, fieldsOf(data), { session, at }, sink);
      this.#readCall(row, fieldsOf(data), { session, at }, sink);
    }
  }

  #readCall(row: Fields, part: Fields, { session, at }: Place, sink: Sink): void {
    const state = fieldsOf(part["state"]);
    const outcome = outcomes[textOf(state["status"]) ?? ""];
    const call = nameOf(part["callID"]);
    if (call === undefined || (outcome !== "applied" && outcome !== "failed")) return;
    const place = {
      session,
      at: timeOf(fieldsOf(state["time"])["end"]) ?? at,
      folder: nameOf(row["folder"]),
    };
    this.#steps.called(call, textOf(part["tool"]) ?? "", fieldsOf(state["input"]), place, sink);
    // A command that ended with a status of its own is no failure of the tool.
    const status = fieldsOf(state["metadata"])["exit"];
    const isFailed = outcome === "failed" || (typeof status === "number" && status !== 0);
    const output = textOf(state["output"]);
    this.#steps.answered(call, { outcome: isFailed ? "failed" : "applied", output }, place, sink);
  }
}

interface Place {
  readonly session: string;
  readonly at: number;
}

const convention: TokenConvention = { inputHas: "noCache", reasoning: "besideOutput" };

function readMessage(row: Fields, message: Fields, { session, at }: Place, sink: Sink): void {
  const id = nameOf(row["id"]);
  if (message["role"] !== "assistant" || message["tokens"] === undefined || id === undefined) return;
  const tokens = fieldsOf(message["tokens"]);
  const cache = fieldsOf(tokens["cache"]);
  if (!areCounted(tokens, { always: ["input", "output", "reasoning"] }, sink)) return;
  if (!areCounted(cache, { always: ["read", "write"] }, sink)) return;
  const time = fieldsOf(message["time"]);
  const [startedAt, endedAt] = [timeOf(time["created"]), timeOf(time["completed"])];
  const cost = message["cost"];
  const told = {
    input: countOf(tokens["input"]),
    output: countOf(tokens["output"]),
    cacheRead: countOf(cache["read"]),
    cacheWrite: countOf(cache["write"]),
    reasoning: countOf(tokens["reasoning"]),
  };
  sink.request({
    tool,
    session,
    id,
    at: endedAt ?? startedAt ?? at,
    model: nameOf(message["modelID"]),
    tokens: normalised(told, convention),
    ...(typeof cost === "number" && cost > 0 && { billed: { amount: cost, currency: "USD" } }),
    ...(startedAt !== undefined && endedAt !== undefined && { latencyMs: Math.max(0, endedAt - startedAt) }),
    isSubagent: nameOf(row["parent"]) !== undefined,
    mode: "agent",
    folder: nameOf(row["folder"]),
  });
}

const outcomes: Readonly<Record<string, ToolEdit["outcome"]>> = {
  completed: "applied",
  error: "failed",
  pending: "proposed",
  running: "proposed",
};

function readPart(row: Fields, part: Fields, { session, at }: Place, sink: Sink): void {
  const state = fieldsOf(part["state"]);
  const files = filesOf(textOf(part["tool"]) ?? "", fieldsOf(state["input"]), fieldsOf(state["metadata"]));
  if (files.length === 0 && seemsToEdit(textOf(part["tool"]) ?? "", state["input"]))
    sink.problem("an edit by a tool of an unknown name");
  const answer = fieldsOf(parsed(textOf(row["answer"]) ?? ""));
  const time = fieldsOf(state["time"]);
  const known = {
    tool,
    model: nameOf(answer["modelID"]),
    session,
    call: nameOf(part["callID"]),
    at: timeOf(time["end"]) ?? timeOf(time["start"]) ?? at,
    outcome: outcomes[textOf(state["status"]) ?? ""] ?? "unknown",
  };
  tellFiles(files, nameOf(row["folder"]), known, sink);
}

function filesOf(name: string, input: Fields, metadata: Fields): readonly PatchedFile[] {
  if (name === "patch" || name === "apply_patch") return readApplyPatch(textOf(input["patchText"]) ?? "");
  const file = textOf(input["filePath"]);
  if (file === undefined || file === "") return [];
  if (name !== "edit" && name !== "multiedit" && name !== "write") return [];
  const shown = fieldsOf(metadata["filediff"]);
  const [before, after] = [textOf(shown["before"]), textOf(shown["after"])];
  if (before !== undefined && after !== undefined)
    return [{ path: file, text: { kind: "whole", before, after } }];
  const content = textOf(input["content"]);
  const isNew = metadata["exists"] === false;
  if (content !== undefined)
    return [{ path: file, text: { kind: "whole", after: content, ...(isNew && { before: "" }) } }];
  const edits = listOf(input["edits"]).map(fieldsOf);
  const pieces = (edits.length > 0 ? edits : [input]).flatMap((edit) => {
    const [old, made] = [textOf(edit["oldString"]), textOf(edit["newString"])];
    return old === undefined || made === undefined ? [] : [{ before: old, after: made }];
  });
  if (pieces.length === 0 || pieces.length < edits.length) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces } }];
}
