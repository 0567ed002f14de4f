import path from "node:path";
import { writtenFiles } from "../hooks/writtenText.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { seemsToCall, seemsToEdit } from "./drift.ts";
import { fieldsOf, listOf, nameOf } from "./fields.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "cursor";
const editing = new Set(["Write", "StrReplace", "Delete", "ApplyPatch", "MultiEdit"]);

/** Its agent's transcripts, which have neither times nor models, nor say what became of a call. */
export const cursor: Agent = {
  tool,
  title: "Cursor",
  homes: ({ userHome }) => [path.join(userHome, ".cursor", "projects")],
  within: ["*/agent-transcripts"],
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  marks: ['"tool_use"'],
  isUndated: true,
  makeReader: (file, writtenAt) => new CursorReader(path.basename(file, ".jsonl"), writtenAt),
};

class CursorReader implements RecordReader {
  readonly #session: string;
  readonly #writtenAt: () => number;

  constructor(session: string, writtenAt: () => number) {
    this.#session = session;
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const { content } = fieldsOf(fieldsOf(record)["message"]);
    if (content === undefined) sink.problem("an answer without content");
    for (const part of listOf(content).map(fieldsOf)) {
      const name = nameOf(part["name"]);
      if (part["type"] !== "tool_use" || name === undefined) {
        if (part["type"] === "tool_use" || seemsToCall(part)) sink.problem("a call of an unknown form");
        continue;
      }
      if (!editing.has(name)) {
        if (seemsToEdit(name, part["input"])) sink.problem("an edit by a tool of an unknown name");
        continue;
      }
      const files = writtenFiles(name, part["input"], {});
      if (files.length === 0) sink.problem("an edit of unknown form");
      const known = { tool, model: undefined, session: this.#session, call: undefined };
      tellFiles(files, undefined, { ...known, at: this.#writtenAt(), outcome: "unknown" }, sink);
    }
  }
}
