import { entriesFor, homeFolder, hookSeconds } from "../hooks/connectable.ts";
import { geminiTelemetry } from "../otel/geminiTelemetry.ts";
import path from "node:path";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { Tokens, ToolEdit, ToolText } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { placedEdits } from "./placedEdits.ts";
import { filesOfShell, folderOfShell } from "./shellCall.ts";
import { StepTeller } from "./stepTeller.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, textOf, timeOf, type Fields } from "./fields.ts";

const tool = "gemini-cli";

export const geminiCli: Agent = {
  tool,
  title: "Gemini CLI",
  homes: ({ userHome }) => [path.join(userHome, ".gemini", "tmp")],
  isRecord: (file) => /(^|\/)chats\/session-[^/]+\.jsonl?$/.test(file),
  form: (file) => (file.endsWith(".jsonl") ? "lines" : "document"),
  marks: [],
  tells: "requests",
  makeReader: (file) => new GeminiReader(path.basename(file).replace(/\.jsonl?$/, "")),
  readHook: (payload, { at, outcome }) => {
    const session = nameOf(payload["session_id"]);
    if (session === undefined || nameOf(payload["tool_name"]) === undefined) return undefined;
    const [name, input] = [payload["tool_name"], payload["tool_input"]];
    const response = fieldsOf(payload["tool_response"]);
    const isFailed =
      response["error"] !== undefined || /^Exit Code: [^0]/m.test(textOf(response["llmContent"]) ?? "");
    const ended = isFailed ? "failed" : outcome;
    const known = { tool, mode: "agent", model: undefined, session, call: undefined, at } as const;
    if (name === "run_shell_command") {
      const folder = folderOfShell(input, nameOf(payload["cwd"]));
      return placedEdits(filesOfShell(input), folder, { ...known, outcome: ended });
    }
    const edit = editOf({ name, args: input, resultDisplay: response["returnDisplay"] });
    if (edit) return [{ ...known, ...edit, outcome: ended }];
    // It says that it edits, and not where.
    return name === "write_file" || name === "replace" ? undefined : [];
  },
  hookEvents: { BeforeTool: "proposed", AfterTool: "applied" },
  telemetry: geminiTelemetry,
  connections: [
    {
      tool,
      title: "Gemini CLI",
      folder: homeFolder(".gemini"),
      file: "settings.json",
      holds: entriesFor(["BeforeTool", "AfterTool"], (command) => ({
        matcher: "write_file|replace|run_shell_command",
        hooks: [{ name: "kept", type: "command", command, timeout: hookSeconds * 1000 }],
      })),
    },
    {
      tool: `${tool}-telemetry`,
      telemetryOf: tool,
      title: "Gemini CLI, its telemetry",
      folder: homeFolder(".gemini"),
      file: "settings.json",
      holds: {
        settings: (endpoint) => [
          { path: ["telemetry", "otlpEndpoint"], value: endpoint },
          { path: ["telemetry", "otlpProtocol"], value: "http" },
          { path: ["telemetry", "target"], value: "local" },
          { path: ["telemetry", "logPrompts"], value: false },
          { path: ["telemetry", "enabled"], value: true },
        ],
      },
    },
  ],
};

class GeminiReader implements RecordReader {
  #session: string;
  readonly #steps = new StepTeller(tool);

  constructor(session: string) {
    this.#session = session;
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    this.#session = nameOf(line["sessionId"]) ?? this.#session;
    // A session that is gone on with sets all of its messages anew.
    const all = line["messages"] ?? fieldsOf(line["$set"])["messages"];
    const messages = all === undefined ? [line] : listOf(all).map(fieldsOf);
    for (const message of messages) {
      if (message["type"] === "gemini") this.#readAnswer(message, sink);
      else if (message["type"] === "user") this.#readQuestion(message, sink);
    }
  }

  #readQuestion(message: Fields, sink: Sink): void {
    const at = timeOf(message["timestamp"]);
    const text = textOf(message["content"]);
    if (at !== undefined && text !== undefined) this.#steps.asked(text, { session: this.#session, at }, sink);
  }

  #readAnswer(message: Fields, sink: Sink): void {
    const at = timeOf(message["timestamp"]);
    const id = nameOf(message["id"]);
    if (at === undefined || id === undefined) {
      sink.problem(at === undefined ? "no time" : "no message id");
      return;
    }
    const model = nameOf(message["model"]);
    const session = this.#session;
    const counted = message["tokens"] ?? undefined;
    if (counted !== undefined && areCounted(fieldsOf(counted), { always: ["input", "output"] }, sink)) {
      const tokens = tokensOf(fieldsOf(counted));
      // Its total has kinds in it that are told under no name that is known.
      if (countOf(fieldsOf(counted)["total"]) > tokens.input + tokens.output + tokens.cacheRead)
        sink.problem("a kind of tokens that is not known");
      sink.request({ tool, session, id, at, model, tokens, isSubagent: false, mode: "agent" });
    }
    for (const call of listOf(message["toolCalls"]).map(fieldsOf)) {
      const [called, name] = [nameOf(call["id"]), nameOf(call["name"])];
      if (called !== undefined && name !== undefined) {
        const place = { session, at: timeOf(call["timestamp"]) ?? at };
        this.#steps.called(called, name, fieldsOf(call["args"]), place, sink);
        const outcome = outcomes[textOf(call["status"]) ?? ""];
        if (outcome !== undefined && outcome !== "unknown" && outcome !== "proposed")
          this.#steps.answered(called, { outcome }, place, sink);
      }
      const edits = editsOf(call);
      const isEdit = name === "replace" || name === "write_file" || seemsToEdit(name ?? "", call["args"]);
      if (edits.length === 0 && isEdit) sink.problem("an edit of an unknown form");
      for (const edit of edits)
        sink.edit({
          tool,
          mode: "agent",
          model,
          session,
          call: nameOf(call["id"]),
          at: timeOf(call["timestamp"]) ?? at,
          ...edit,
        });
    }
  }
}

const convention: TokenConvention = { inputHas: "cacheRead", reasoning: "besideOutput" };

function tokensOf(tokens: Fields): Tokens {
  const told = {
    input: countOf(tokens["input"]),
    output: countOf(tokens["output"]),
    cacheRead: countOf(tokens["cached"]),
    reasoning: countOf(tokens["thoughts"]),
  };
  const counted = normalised(told, convention);
  // What its tools took is told beside all else, and was in no cache.
  return { ...counted, input: counted.input + countOf(tokens["tool"]) };
}

const outcomes: Readonly<Record<string, ToolEdit["outcome"]>> = {
  success: "applied",
  error: "failed",
  cancelled: "rejected",
};

type Edit = Pick<ToolEdit, "path" | "text" | "outcome">;

function editsOf(call: Fields): readonly Edit[] {
  if (call["name"] !== "run_shell_command") return [editOf(call) ?? []].flat();
  const outcome = outcomes[textOf(call["status"]) ?? ""] ?? "unknown";
  const files = shellWrites(textOf(fieldsOf(call["args"])["command"]) ?? "");
  // It does not say in which folder its shell was.
  return files
    .filter(({ path: file }) => path.isAbsolute(file))
    .map(({ path: file, text }) => ({ path: path.resolve(file), text, outcome }));
}

function editOf(call: Fields): Edit | undefined {
  const name = call["name"];
  const args = fieldsOf(call["args"]);
  const file = textOf(args["file_path"]);
  if ((name !== "replace" && name !== "write_file") || file === undefined || !path.isAbsolute(file))
    return undefined;
  const outcome = outcomes[textOf(call["status"]) ?? ""] ?? "unknown";
  return { path: path.resolve(file), text: writtenBy(name, args, fieldsOf(call["resultDisplay"])), outcome };
}

function writtenBy(name: "replace" | "write_file", args: Fields, shown: Fields): ToolText {
  const original = textOf(shown["originalContent"]);
  if (name === "write_file") {
    const after = textOf(shown["newContent"]) ?? textOf(args["content"]);
    const before = original ?? (shown["originalContent"] === null ? "" : undefined);
    return after === undefined
      ? { kind: "unsaid" }
      : { kind: "whole", after, ...(before !== undefined && { before }) };
  }
  const before = textOf(args["old_string"]);
  const after = textOf(args["new_string"]);
  if (before === undefined || after === undefined) return { kind: "unsaid" };
  return before === "" ? { kind: "whole", before, after } : { kind: "pieces", pieces: [{ before, after }] };
}
