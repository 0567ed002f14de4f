import { readingHook } from "./hookCall.ts";
import { entriesFor, homeFolder } from "../hooks/connectable.ts";
import path from "node:path";
import type { ToolText } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { fieldsOf, nameOf, textOf, type Fields } from "./fields.ts";
import { namedFile } from "./namedFile.ts";

const tool = "windsurf";
const outcomes: ReadonlyMap<unknown, "applied" | "rejected"> = new Map([
  ["ACKNOWLEDGEMENT_TYPE_ACCEPT", "applied"],
  ["ACKNOWLEDGEMENT_TYPE_REJECT", "rejected"],
]);

const readHook = readingHook(tool, (payload) => {
  const action = nameOf(payload["agent_action_name"]);
  if (action === undefined) return undefined;
  const info = fieldsOf(payload["tool_info"]);
  const model = nameOf(payload["model_name"]);
  return {
    name: action.endsWith("_write_code") ? "edit" : action.endsWith("_run_command") ? "shell" : action,
    input: info,
    session: nameOf(payload["trajectory_id"]),
    id: nameOf(payload["execution_id"]),
    model: model === "Unknown" ? undefined : model,
    cwd: info["cwd"] ?? payload["cwd"],
  };
});

/** The transcripts of Cascade, which have neither times nor models. */
export const windsurf: Agent = {
  tool,
  title: "Windsurf",
  homes: ({ userHome }) => [path.join(userHome, ".windsurf", "transcripts")],
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  marks: ['"code_action"'],
  isUndated: true,
  makeReader: (file, writtenAt) => new WindsurfReader(path.basename(file, ".jsonl"), writtenAt),
  readHook,
  hookEvents: {
    pre_write_code: "proposed",
    post_write_code: "applied",
    // How a command ended it does not say.
    post_run_command: "unknown",
  },
  connections: [
    {
      tool,
      title: "Windsurf",
      folder: homeFolder(".codeium/windsurf"),
      keepsIn: homeFolder(".windsurf"),
      file: "hooks.json",
      holds: entriesFor(["post_write_code", "post_run_command"], (command) => ({
        command,
        show_output: false,
      })),
      fresh: "{}\n",
    },
  ],
};

class WindsurfReader implements RecordReader {
  readonly #session: string;
  readonly #writtenAt: () => number;

  constructor(session: string, writtenAt: () => number) {
    this.#session = session;
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    if (line["type"] !== "code_action") {
      if (line["code_action"] !== undefined) sink.problem("an edit of an unknown form");
      return;
    }
    const action = fieldsOf(line["code_action"]);
    const file = namedFile(textOf(action["path"]) ?? textOf(action["file_path"]));
    const text = textIn(action);
    if (file === undefined || !text) {
      sink.problem("an edit of unknown form");
      return;
    }
    const isDone = line["status"] === "done";
    const outcome = outcomes.get(action["acknowledgement_type"]) ?? (isDone ? "unknown" : "proposed");
    const known = { tool, mode: "agent", model: undefined, session: this.#session, call: undefined } as const;
    sink.edit({ ...known, at: this.#writtenAt(), path: file, text, outcome });
  }
}

/** What it was is told beside what it became, be it the whole file or a part of it. */
function textIn(action: Fields): ToolText | undefined {
  const before = textOf(action["original_content"]);
  const after = textOf(action["new_content"]);
  if (after === undefined) return undefined;
  if (before === undefined) return { kind: "unsaid" };
  return before === "" ? { kind: "whole", before, after } : { kind: "pieces", pieces: [{ before, after }] };
}
