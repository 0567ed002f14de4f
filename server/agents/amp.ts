import { hookCallOf, readingHook } from "./hookCall.ts";
import { dataFolder, homeFolder } from "../hooks/connectable.ts";
import { ampPlugin } from "./ampPlugin.ts";
import path from "node:path";
import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToCall, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, textOf, timeOf, type Fields } from "./fields.ts";

const tool = "amp";

export const amp: Agent = {
  tool,
  title: "Amp",
  homes: ({ userHome, environment }) => [
    path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), "amp", "threads"),
  ],
  isRecord: (file) => /^T-[^/]+\.json$/.test(file),
  form: () => "document",
  marks: [],
  tells: "requests",
  makeReader: () => new AmpReader(),
  readHook: readingHook(tool, (payload) => hookCallOf(payload, { session: nameOf(payload["thread_id"]) })),
  connections: [
    {
      tool,
      title: "Amp",
      folder: homeFolder(".config/amp"),
      keepsIn: dataFolder("amp"),
      file: "plugins/kept.ts",
      holds: { file: ampPlugin },
      note: "Amp loads its plugins when it starts, and when it is told to reload them.",
    },
  ],
};

const outcomes: Readonly<Record<string, ToolEdit["outcome"]>> = {
  done: "applied",
  error: "failed",
  cancelled: "rejected",
  "rejected-by-user": "rejected",
};

class AmpReader implements RecordReader {
  read(record: unknown, sink: Sink): void {
    const thread = fieldsOf(record);
    const session = nameOf(thread["id"]);
    const messages = listOf(thread["messages"]).map(fieldsOf);
    if (session === undefined || thread["messages"] === undefined) {
      sink.problem("no thread");
      return;
    }
    const results = resultsOf(messages);
    for (const [index, message] of messages.entries()) {
      if (message["role"] !== "assistant") continue;
      const usage = fieldsOf(message["usage"]);
      if (message["content"] === undefined) sink.problem("an answer without content");
      const at = timeOf(usage["timestamp"]);
      const model = nameOf(usage["model"]);
      if (at === undefined) {
        if (message["usage"] !== undefined) sink.problem("no time");
        continue;
      }
      const id = `${session} ${countOf(message["messageId"]) || index}`;
      if (areCounted(usage, counts, sink)) {
        const tokens = tokensOf(usage);
        sink.request({ tool, session, id, at, model, tokens, isSubagent: false, mode: "agent" });
      }
      for (const call of listOf(message["content"]).map(fieldsOf)) {
        if (call["type"] !== "tool_use") {
          if (seemsToCall(call)) sink.problem("a call of an unknown form");
          continue;
        }
        const known = nameOf(call["id"]);
        const outcome = known === undefined ? "unknown" : (results.get(known) ?? "proposed");
        const files = filesOf(textOf(call["name"]) ?? "", fieldsOf(call["input"]));
        const name = textOf(call["name"]) ?? "";
        if (files.length === 0 && (editing.has(name) || seemsToEdit(name, call["input"])))
          sink.problem("an edit of an unknown form");
        for (const { path: file, text } of files) {
          if (!path.isAbsolute(file)) continue;
          const place = path.resolve(file);
          sink.edit({ tool, mode: "agent", model, session, call: known, at, path: place, text, outcome });
        }
      }
    }
  }
}

function resultsOf(messages: readonly Fields[]): ReadonlyMap<string, ToolEdit["outcome"]> {
  const results = new Map<string, ToolEdit["outcome"]>();
  for (const part of messages.flatMap((message) => listOf(message["content"]).map(fieldsOf))) {
    const call = nameOf(part["toolUseID"]);
    if (part["type"] !== "tool_result" || call === undefined) continue;
    results.set(call, outcomes[textOf(fieldsOf(part["run"])["status"]) ?? ""] ?? "unknown");
  }
  return results;
}

const counts = {
  always: ["inputTokens", "outputTokens"],
  sometimes: ["cacheReadInputTokens", "cacheCreationInputTokens", "totalInputTokens", "maxInputTokens"],
};

const convention: TokenConvention = { inputHas: "noCache", reasoning: "inOutput" };

function tokensOf(usage: Fields) {
  const told = {
    input: countOf(usage["inputTokens"]),
    output: countOf(usage["outputTokens"]),
    cacheRead: countOf(usage["cacheReadInputTokens"]),
    cacheWrite: countOf(usage["cacheCreationInputTokens"]),
  };
  return normalised(told, convention);
}

const editing = new Set(["apply_patch", "create_file", "Write", "edit_file", "Edit"]);

function filesOf(name: string, input: Fields): readonly PatchedFile[] {
  if (name === "apply_patch") return readApplyPatch(textOf(input["patchText"] ?? input["input"]) ?? "");
  const file = textOf(input["path"]);
  if (file === undefined) return [];
  if (name === "create_file" || name === "Write") {
    const after = textOf(input["content"]);
    return after === undefined ? [] : [{ path: file, text: { kind: "whole", after } }];
  }
  if (name !== "edit_file" && name !== "Edit") return [];
  const before = textOf(input["old_str"]);
  const after = textOf(input["new_str"]);
  if (before === undefined || after === undefined) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
}
