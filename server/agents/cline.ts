import { readingHook, type HookCall } from "./hookCall.ts";
import { homeFolder } from "../hooks/connectable.ts";
import { ownMark } from "../hooks/ownFiles.ts";
import { isShell } from "./shellCall.ts";
import path from "node:path";
import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import type { Tokens, ToolEdit } from "../../core/tools/toolRecords.ts";
import { writtenFiles } from "./writtenText.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToCall, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "cline";
const editing = new Set(["editor", "apply_patch", "write_to_file", "replace_in_file"]);
/** What its command line calls a call that is over, in the same scripts. */
const toolResult = "tool_result";

const readHook = readingHook(tool, (payload) => {
  if (payload["hookName"] === toolResult) return callOfCommandLine(payload);
  const use = fieldsOf(payload["postToolUse"] ?? payload["preToolUse"]);
  const name = nameOf(use["toolName"] ?? use["tool"]);
  if (name === undefined) return undefined;
  return {
    name,
    input: use["parameters"],
    session: nameOf(payload["taskId"]),
    id: undefined,
    model: nameOf(fieldsOf(payload["model"])["slug"]),
    // In which folder its shell was it does not say.
    cwd: isShell(name) ? undefined : listOf(payload["workspaceRoots"])[0],
    isFailed: use["success"] === false,
  };
});

function callOfCommandLine(payload: Fields): HookCall | undefined {
  const told = fieldsOf(payload["tool_result"]);
  const name = nameOf(told["name"]);
  if (name === undefined) return undefined;
  const session = nameOf(fieldsOf(payload["sessionContext"])["rootSessionId"]) ?? nameOf(payload["taskId"]);
  const id = nameOf(told["id"]);
  const { outcome, isCreated } = resultOf({ is_error: told["error"] !== undefined, content: told["output"] });
  return {
    name,
    input: isCreated ? { ...fieldsOf(told["input"]), old_text: "" } : told["input"],
    session,
    // As its records are named.
    id: session === undefined || id === undefined ? undefined : `${session} ${id}`,
    model: undefined,
    // In which folder its shell was it does not say.
    cwd: isShell(name) ? undefined : listOf(payload["workspaceRoots"])[0],
    isFailed: outcome === "failed",
  };
}

/** Cline's sessions, one document each, which is written anew with every message. */
export const cline: Agent = {
  tool,
  title: "Cline",
  homes: ({ userHome }) => [path.join(userHome, ".cline", "data", "sessions")],
  isRecord: (file) => file.endsWith(".messages.json"),
  form: () => "document",
  marks: [],
  tells: "requests",
  makeReader: (file) => new ClineReader(path.basename(file, ".messages.json")),
  readHook,
  hookEvents: { [toolResult]: "applied" },
  connections: [
    {
      tool,
      title: "Cline",
      folder: homeFolder("Documents/Cline"),
      keepsIn: homeFolder(".cline"),
      file: "Hooks/PostToolUse",
      holds: { file: hookScript },
      isProgram: true,
    },
  ],
};

class ClineReader implements RecordReader {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  read(record: unknown, sink: Sink): void {
    const whole = fieldsOf(record);
    if (!Array.isArray(whole["messages"])) {
      sink.problem("no messages");
      return;
    }
    const session = nameOf(whole["sessionId"]) ?? this.#name;
    const isSubagent = whole["agent"] !== undefined && whole["agent"] !== "lead";
    const messages = listOf(whole["messages"]).map(fieldsOf);
    const results = resultsOf(messages);
    for (const message of messages) {
      if (message["role"] !== "assistant") continue;
      const at = timeOf(message["ts"]);
      const id = nameOf(message["id"]);
      if (at === undefined || id === undefined) {
        sink.problem(at === undefined ? "no time" : "no message id");
        continue;
      }
      const model = nameOf(fieldsOf(message["modelInfo"])["id"]);
      if (message["content"] === undefined) sink.problem("an answer without content");
      const known = { tool, session, at, model };
      const metrics = fieldsOf(message["metrics"]);
      if (message["metrics"] !== undefined && areCounted(metrics, counts, sink)) {
        const tokens = tokensOf(metrics);
        sink.request({ ...known, id: `${session} ${id}`, tokens, isSubagent, mode: "agent" });
      }
      for (const part of listOf(message["content"]).map(fieldsOf)) {
        if (part["type"] !== "tool_use") {
          if (seemsToCall(part)) sink.problem("a call of an unknown form");
          continue;
        }
        const call = nameOf(part["id"]);
        const result = call === undefined ? undefined : results.get(call);
        const outcome = call === undefined ? "unknown" : (result?.outcome ?? "proposed");
        // Its own ids of calls are only unlike each other within a session.
        const named = call === undefined ? undefined : `${session} ${call}`;
        tellFiles(filesOf(part, result, sink), undefined, { ...known, call: named, outcome }, sink);
      }
    }
  }
}

const counts = {
  always: ["inputTokens", "outputTokens"],
  sometimes: ["cacheReadTokens", "cacheWriteTokens"],
};

const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };

function tokensOf(metrics: Fields): Tokens {
  const told = {
    input: countOf(metrics["inputTokens"]),
    output: countOf(metrics["outputTokens"]),
    cacheRead: countOf(metrics["cacheReadTokens"]),
    cacheWrite: countOf(metrics["cacheWriteTokens"]),
  };
  return normalised(told, convention);
}

interface Result {
  readonly outcome: ToolEdit["outcome"];
  readonly isCreated: boolean;
}

function resultsOf(messages: readonly Fields[]): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  for (const part of messages.flatMap((message) => listOf(message["content"]).map(fieldsOf))) {
    const call = nameOf(part["tool_use_id"]);
    if (part["type"] !== "tool_result" || call === undefined) continue;
    results.set(call, resultOf(part));
  }
  return results;
}

function resultOf(part: Fields): Result {
  const said = [part["content"], parsed(textOf(part["content"]) ?? "")].flat().map(fieldsOf);
  const isFailed = part["is_error"] === true || said.some((one) => one["success"] === false);
  const isDone = said.some((one) => one["success"] === true);
  return {
    outcome: isFailed ? "failed" : isDone ? "applied" : "unknown",
    isCreated: said.some((one) => textOf(one["result"])?.startsWith("File created") === true),
  };
}

function filesOf(part: Fields, result: Result | undefined, sink: Sink): readonly PatchedFile[] {
  const name = textOf(part["name"]) ?? "";
  const input = fieldsOf(part["input"]);
  if (name === "run_commands") {
    const commands = listOf(input["commands"]).flatMap((command) => shellWrites(textOf(command) ?? ""));
    // It does not say in which folder its shell was.
    return commands.filter(({ path: file }) => path.isAbsolute(file));
  }
  if (!editing.has(name)) {
    if (seemsToEdit(name, input)) sink.problem("an edit by a tool of an unknown name");
    return [];
  }
  const given = input["insert_line"] === null ? { ...input, insert_line: undefined } : input;
  const files = writtenFiles(name, result?.isCreated ? { ...given, old_text: "" } : given, {});
  if (files.length === 0) sink.problem("an edit of unknown form");
  return files;
}

/** It asks each script whether to go on. */
function hookScript(shim: string, tool: string): string {
  return `#!/bin/sh
# ${ownMark}
'${shim.replaceAll("'", "'\\''")}' ${tool} 2>/dev/null
echo '{"cancel":false}'
exit 0
`;
}
