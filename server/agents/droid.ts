import { hookCallOf, readingHook } from "./hookCall.ts";
import { entriesWith, homeFolder } from "../hooks/connectable.ts";
import path from "node:path";
import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { Tokens } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { OpenCalls } from "./openCalls.ts";
import { StepTeller, type StepPlace } from "./stepTeller.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "droid";
const settingsEnd = ".settings.json";

/** Of tokens it keeps the sum of a session, in a file of its own, and of single requests nothing. */
export const droid: Agent = {
  tool,
  title: "Droid",
  homes: ({ userHome }) => [path.join(userHome, ".factory", "sessions")],
  isRecord: (file) => file.endsWith(".jsonl") || file.endsWith(settingsEnd),
  form: (file) => (file.endsWith(settingsEnd) ? "document" : "lines"),
  marks: ['"session_start"', '"tool_use"', '"tool_result"'],
  tells: "anything",
  makeReader: (file, writtenAt) =>
    file.endsWith(settingsEnd)
      ? new DroidSettingsReader(path.basename(file, settingsEnd), writtenAt)
      : new DroidReader(path.basename(file, ".jsonl")),
  readHook: readingHook(tool, (payload) => hookCallOf(payload, {})),
  connections: [
    {
      tool,
      title: "Droid",
      folder: homeFolder(".factory"),
      file: "settings.json",
      holds: entriesWith("ApplyPatch|Edit|MultiEdit|Write|Create|Execute"),
    },
  ],
};

/** What a session is set to, and what it took so far. */
class DroidSettingsReader implements RecordReader {
  readonly #session: string;
  readonly #writtenAt: () => number;

  constructor(session: string, writtenAt: () => number) {
    this.#session = session;
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const settings = fieldsOf(record);
    const usage = fieldsOf(settings["tokenUsage"]);
    if (settings["tokenUsage"] === undefined) {
      // One that began and asked nothing yet has no time of work either.
      if (settings["assistantActiveTimeMs"] !== undefined) sink.problem("a session without its tokens");
      return;
    }
    const known = { tool, session: this.#session, id: `sum ${this.#session}`, at: this.#writtenAt() };
    if (!areCounted(usage, counts, sink)) return;
    const tokens = tokensOf(usage);
    if (Object.values(tokens).every((count) => count === 0)) return;
    const model = nameOf(settings["model"]);
    sink.request({ ...known, model, tokens, isSum: true, isSubagent: false, mode: "agent" });
  }
}

const counts = {
  always: ["inputTokens", "outputTokens"],
  sometimes: ["cacheCreationTokens", "cacheReadTokens", "thinkingTokens"],
};

const convention: TokenConvention = { inputHas: "noCache", reasoning: "besideOutput" };

function tokensOf(usage: Fields): Tokens {
  const told = {
    input: countOf(usage["inputTokens"]),
    output: countOf(usage["outputTokens"]),
    cacheRead: countOf(usage["cacheReadTokens"]),
    cacheWrite: countOf(usage["cacheCreationTokens"]),
    reasoning: countOf(usage["thinkingTokens"]),
  };
  return normalised(told, convention);
}

class DroidReader implements RecordReader {
  #session: string;
  #cwd: string | undefined;
  readonly #calls = new OpenCalls<readonly PatchedFile[]>();
  readonly #steps = new StepTeller(tool);

  constructor(session: string) {
    this.#session = session;
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    if (line["type"] === "session_start") {
      this.#session = nameOf(line["id"]) ?? this.#session;
      this.#cwd = nameOf(line["cwd"]) ?? this.#cwd;
    }
    if (line["type"] !== "message") return;
    const at = timeOf(line["timestamp"]);
    for (const part of listOf(fieldsOf(line["message"])["content"]).map(fieldsOf)) {
      if (at === undefined) {
        sink.problem("no time");
        return;
      }
      if (part["type"] === "tool_use") this.#called(part, at, sink);
      else if (part["type"] === "tool_result") this.#answered(part, at, sink);
    }
  }

  #called(part: Fields, at: number, sink: Sink): void {
    const call = nameOf(part["id"]);
    const name = textOf(part["name"]) ?? "";
    const files = filesOf(name, part["input"]);
    if (call !== undefined) this.#steps.called(call, name, fieldsOf(part["input"]), this.#placeAt(at), sink);
    if (files.length === 0 && (editing.has(name) || seemsToEdit(name, part["input"])))
      sink.problem("an edit of an unknown form");
    if (call === undefined || files.length === 0) return;
    this.#calls.add(call, files);
    this.#tell({ call, files, at, outcome: "proposed" }, sink);
  }

  #answered(part: Fields, at: number, sink: Sink): void {
    const call = nameOf(part["tool_use_id"]);
    const output = textOf(part["content"]);
    const outcome = part["is_error"] === true ? "failed" : "ended";
    if (call !== undefined) this.#steps.answered(call, { outcome, output }, this.#placeAt(at), sink);
    const files = call === undefined ? undefined : this.#calls.take(call);
    if (call === undefined || !files) return;
    const said = fieldsOf(parsed(textOf(part["content"]) ?? ""))["success"];
    const isFailed = part["is_error"] === true || said === false;
    this.#tell({ call, files, at, outcome: isFailed ? "failed" : "applied" }, sink);
  }

  #placeAt(at: number): StepPlace {
    return { session: this.#session, at, folder: this.#cwd };
  }

  #tell(
    told: {
      readonly call: string;
      readonly files: readonly PatchedFile[];
      readonly at: number;
      readonly outcome: "proposed" | "applied" | "failed";
    },
    sink: Sink,
  ): void {
    const { call, files, at, outcome } = told;
    const known = { tool, model: undefined, session: this.#session, call, at, outcome };
    tellFiles(files, this.#cwd, known, sink);
  }
}

const editing = new Set(["ApplyPatch", "Create", "Write", "Edit"]);

function filesOf(name: string, given: unknown): readonly PatchedFile[] {
  const input = fieldsOf(given);
  if (name === "ApplyPatch") return readApplyPatch(textOf(given) ?? textOf(input["input"]) ?? "");
  const file = textOf(input["file_path"]);
  if (file === undefined || file === "") return [];
  if (name === "Create" || name === "Write") {
    // Both write over what was there, and say nothing of it.
    const after = textOf(input["content"]);
    return after === undefined ? [] : [{ path: file, text: { kind: "whole", after } }];
  }
  if (name !== "Edit") return [];
  const before = textOf(input["old_str"] ?? input["old_string"]);
  const after = textOf(input["new_str"] ?? input["new_string"]);
  if (before === undefined || after === undefined) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
}
