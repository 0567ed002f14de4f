import path from "node:path";
import { readApplyPatch, type PatchedFile } from "../../core/applyPatch.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { fieldsOf, listOf, nameOf, parsed, placeOf, textOf, timeOf, type Fields } from "./fields.ts";

const tool = "droid";
const mostCalls = 200;

/** Of tokens it keeps the sum of a session in a file of its own, and of single requests nothing: none are told. */
export const droid: Agent = {
  tool,
  title: "Droid",
  homes: ({ userHome }) => [path.join(userHome, ".factory", "sessions")],
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  marks: ['"session_start"', '"tool_use"', '"tool_result"'],
  makeReader: (file) => new DroidReader(path.basename(file, ".jsonl")),
};

class DroidReader implements RecordReader {
  #session: string;
  #cwd: string | undefined;
  readonly #calls = new Map<string, readonly PatchedFile[]>();

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
    const files = filesOf(textOf(part["name"]) ?? "", part["input"]);
    if (call === undefined || files.length === 0) return;
    this.#calls.set(call, files);
    if (this.#calls.size > mostCalls) this.#calls.delete(this.#calls.keys().next().value!);
    this.#tell({ call, files, at, outcome: "proposed" }, sink);
  }

  #answered(part: Fields, at: number, sink: Sink): void {
    const call = nameOf(part["tool_use_id"]);
    const files = call === undefined ? undefined : this.#calls.get(call);
    if (call === undefined || !files) return;
    this.#calls.delete(call);
    const said = fieldsOf(parsed(textOf(part["content"]) ?? ""))["success"];
    const isFailed = part["is_error"] === true || said === false;
    this.#tell({ call, files, at, outcome: isFailed ? "failed" : "applied" }, sink);
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
    for (const { path: file, text } of files) {
      const place = placeOf(this.#cwd, file);
      if (place === undefined) {
        sink.problem("a relative path without its folder");
        continue;
      }
      const session = this.#session;
      sink.edit({ tool, mode: "agent", model: undefined, session, call, at, path: place, text, outcome });
    }
  }
}

function filesOf(name: string, given: unknown): readonly PatchedFile[] {
  const input = fieldsOf(given);
  if (name === "ApplyPatch") return readApplyPatch(textOf(given) ?? textOf(input["input"]) ?? "");
  const file = textOf(input["file_path"]);
  if (file === undefined || file === "") return [];
  if (name === "Create" || name === "Write") {
    const after = textOf(input["content"]);
    const isNew = name === "Create";
    return after === undefined
      ? []
      : [{ path: file, text: { kind: "whole", after, ...(isNew && { before: "" }) } }];
  }
  if (name !== "Edit") return [];
  const before = textOf(input["old_str"] ?? input["old_string"]);
  const after = textOf(input["new_str"] ?? input["new_string"]);
  if (before === undefined || after === undefined) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
}
