import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ToolText } from "../../core/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { fieldsOf, textOf, type Fields } from "./fields.ts";

const tool = "windsurf";
const outcomes: ReadonlyMap<unknown, "applied" | "rejected"> = new Map([
  ["ACKNOWLEDGEMENT_TYPE_ACCEPT", "applied"],
  ["ACKNOWLEDGEMENT_TYPE_REJECT", "rejected"],
]);

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
    if (line["type"] !== "code_action") return;
    const action = fieldsOf(line["code_action"]);
    const file = fileOf(textOf(action["path"]) ?? textOf(action["file_path"]));
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

function fileOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (!given.startsWith("file:")) return path.isAbsolute(given) ? path.resolve(given) : undefined;
  const address = URL.canParse(given) ? new URL(given) : undefined;
  // One of another machine, or with what no path has.
  if (!address || address.host !== "" || /%2f|%5c|%00/i.test(address.pathname)) return undefined;
  return /%(?![0-9a-f]{2})/i.test(address.pathname) ? undefined : fileURLToPath(address);
}
