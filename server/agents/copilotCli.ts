import path from "node:path";
import { readApplyPatch } from "../../core/applyPatch.ts";
import type { ToolEdit, ToolText } from "../../core/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { fieldsOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";

const tool = "copilot-cli";
const mostCalls = 200;

export const copilotCli: Agent = {
  tool,
  title: "GitHub Copilot CLI",
  homes: ({ userHome }) => [path.join(userHome, ".copilot", "session-state")],
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  marks: ["session.start", "session.model_change", "session.resume", "tool.execution_"],
  makeReader: () => new CopilotCliReader(),
};

/** It records no tokens of single requests, so none are told. */
class CopilotCliReader implements RecordReader {
  #session: string | undefined;
  #cwd: string | undefined;
  #model: string | undefined;
  readonly #calls = new Map<string, Fields>();

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const data = fieldsOf(line["data"]);
    const call = nameOf(data["toolCallId"]);
    switch (line["type"]) {
      case "session.start":
        this.#session = nameOf(data["sessionId"]);
        this.#model = nameOf(data["selectedModel"]) ?? this.#model;
        this.#cwd = nameOf(fieldsOf(data["context"])["cwd"]);
        return;
      case "session.model_change":
        this.#model = nameOf(data["newModel"]) ?? this.#model;
        return;
      case "tool.execution_start":
        if (call === undefined) return;
        this.#calls.set(call, data);
        this.#tell(call, data, { at: timeOf(line["timestamp"]), outcome: "proposed" }, sink);
        if (this.#calls.size > mostCalls) this.#calls.delete(this.#calls.keys().next().value!);
        return;
      case "tool.execution_complete":
        if (call !== undefined) this.#completed(call, data, timeOf(line["timestamp"]), sink);
    }
  }

  #completed(call: string, data: Fields, at: number | undefined, sink: Sink): void {
    const started = this.#calls.get(call);
    this.#calls.delete(call);
    if (!started) return;
    const success = data["success"] ?? fieldsOf(data["result"])["result_type"] === "success";
    this.#tell(call, started, { at, outcome: success === true ? "applied" : "failed" }, sink);
  }

  #tell(
    call: string,
    started: Fields,
    { at, outcome }: { readonly at: number | undefined; readonly outcome: ToolEdit["outcome"] },
    sink: Sink,
  ): void {
    const files = filesOf(textOf(started["toolName"]) ?? "", started["arguments"]);
    const session = this.#session;
    if (files.length === 0) return;
    if (at === undefined || session === undefined) {
      sink.problem(at === undefined ? "no time" : "an edit without a session");
      return;
    }
    for (const { path: file, text } of files) {
      const place = path.resolve(this.#cwd ?? "/", file);
      sink.edit({ tool, mode: "agent", model: this.#model, session, call, at, path: place, text, outcome });
    }
  }
}

function filesOf(
  name: string,
  given: unknown,
): readonly { readonly path: string; readonly text: ToolText }[] {
  if (name === "apply_patch" || name === "git_apply_patch") {
    const fields = fieldsOf(given);
    return readApplyPatch(textOf(given) ?? textOf(fields["patch"] ?? fields["input"]) ?? "");
  }
  const fields = typeof given === "string" ? fieldsOf(parsed(given)) : fieldsOf(given);
  const file = textOf(fields["path"] ?? fields["file_path"]);
  if (file === undefined || file === "") return [];
  if (name === "create" || name === "Write") {
    const after = textOf(fields["file_text"] ?? fields["content"]);
    // The tool of this name makes a file that was not there.
    return after === undefined
      ? []
      : [{ path: file, text: { kind: "whole", after, ...(name === "create" && { before: "" }) } }];
  }
  if (name !== "edit" && name !== "str_replace" && name !== "str_replace_editor" && name !== "Edit")
    return [];
  const before = textOf(fields["old_str"] ?? fields["old_string"]);
  const after = textOf(fields["new_str"] ?? fields["new_string"]);
  if (before === undefined || after === undefined) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
}
