import { claudeCodeTelemetry } from "../otel/claudeCodeTelemetry.ts";
import { claudeCodeConnections } from "./claudeCodeConnections.ts";
import { adviceIn, tokensOf } from "./claudeTokens.ts";
import path from "node:path";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import type { ToolEdit, ToolText } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { seemsToCall, seemsToEdit } from "./drift.ts";
import { countedMoney, fieldsOf, listOf, nameOf, placeOf, textOf, timeOf, type Fields } from "./fields.ts";
import { idsIn, wantedKey } from "./lineBytes.ts";
import { MessageNames } from "./messageNames.ts";
import { OpenCalls } from "./openCalls.ts";
import { placedEdits } from "./placedEdits.ts";
import { RepeatedAnswer } from "./repeatedAnswer.ts";
import { filesOfShell, movesShell } from "./shellCall.ts";
import { StepTeller } from "./stepTeller.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "claude-code";

/** One call of a tool that changes files. */
interface Call {
  readonly name: string;
  readonly input: Fields;
  readonly model: string | undefined;
}

/** What a person wrote, at the beginning of its line. */
const asked = ['"role":"user","content":"', '"role":"user","content":[{"type":"text"'];

export const claudeCode: Agent = {
  tool,
  title: "Claude Code",
  homes: ({ userHome, environment }) => {
    const set = environment["CLAUDE_CONFIG_DIR"];
    const roots = set
      ? set.split(",").map((each) => each.trim())
      : [path.join(userHome, ".claude"), path.join(userHome, ".config", "claude")];
    return roots.filter((root) => root !== "").map((root) => path.join(root, "projects"));
  },
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  // Most lines that tell something are answers, and have the first.
  marks: ['"usage"', '"tool_result"', '"tool_use"', ...asked],
  tells: "requests",
  makeReader: (file) => new ClaudeCodeReader(/[/\\]subagents[/\\]/.test(file)),
  readHook: (payload, { at, outcome }) => {
    const session = nameOf(payload["session_id"]);
    const name = nameOf(payload["tool_name"]);
    if (session === undefined || name === undefined) return undefined;
    const input = fieldsOf(payload["tool_input"]);
    const cwd = nameOf(payload["cwd"]);
    const result = outcome === "applied" ? fieldsOf(payload["tool_response"]) : {};
    const call = nameOf(payload["tool_use_id"]);
    const told = { tool, mode: "agent", model: nameOf(payload["model"]), session, call, at } as const;
    if (name === "Bash") {
      const ended = result["interrupted"] === true ? "unknown" : outcome;
      // Afterwards it tells the folder that the shell was left in.
      const folder = outcome !== "proposed" && movesShell(input) ? undefined : cwd;
      return placedEdits(filesOfShell(input), folder, { ...told, outcome: ended });
    }
    if (!isEditing(name)) return [];
    const edit = editOf({ known: { name, input, model: undefined }, result, cwd, outcome });
    if (!edit || edit === "unclear") return undefined;
    return [{ ...told, ...edit }];
  },
  telemetry: claudeCodeTelemetry,
  connections: claudeCodeConnections,
};

/** A result that says what it changed, or an answer that has a result of the provider's own tools in it. */
const keysOfAnswers = ['"structuredPatch"', '"oldString"', '"type":"assistant"'].map((key) =>
  Buffer.from(key),
);

const usedKey = wantedKey("tool_use_id");
const longLine = 4096;
const originalKey = Buffer.from('"originalFile":"');
const behindOriginal = Buffer.from('","structuredPatch":');
/** Within a text its quotes would be escaped. */
const endOfString = Buffer.from('","');
const replaced = '"oldString":"';
const nothingReplaced = '"oldString":""';

class ClaudeCodeReader implements RecordReader {
  readonly #isSubagent: boolean;
  readonly #calls = new OpenCalls<Call>();
  readonly #steps = new StepTeller(tool);
  /** Calls of which it does not matter what they gave. */
  readonly #shown = new OpenCalls<true>();
  readonly #last = new RepeatedAnswer();
  readonly #names = new MessageNames();

  constructor(isSubagent: boolean) {
    this.#isSubagent = isSubagent;
  }

  /** Of most calls nothing is told: they change no file. */
  matters(line: Buffer): boolean | undefined {
    const calls = idsIn(line, usedKey);
    if (calls.length === 0) {
      const isRepeated = this.#last.isIn(line);
      return isRepeated === undefined ? undefined : !isRepeated;
    }
    this.#last.clear();
    if (calls.some((call) => this.#isOpen(call))) return true;
    if (calls.every((call) => this.#shown.take(call))) return false;
    return keysOfAnswers.some((key) => line.includes(key));
  }

  /** The file as it was before an edit is half of such a log, and only of use where the edit does not say what it replaced. */
  shortened(line: Buffer): string | undefined {
    const key = line.length < longLine ? -1 : line.indexOf(originalKey);
    if (key === -1) return undefined;
    const start = key + originalKey.length;
    const end = line.indexOf(endOfString, start);
    const isAllOfIt = end !== -1 && line.subarray(end, end + behindOriginal.length).equals(behindOriginal);
    if (!isAllOfIt) return undefined;
    const around = [line.toString("utf8", 0, start), line.toString("utf8", end)];
    const has = (text: string) => around.some((piece) => piece.includes(text));
    return has(replaced) && !has(nothingReplaced) ? around.join("") : undefined;
  }

  #isOpen(call: string): boolean {
    return this.#calls.isOpen(call) || this.#steps.isOpen(call);
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const session = nameOf(line["sessionId"]);
    const at = timeOf(line["timestamp"]);
    const type = line["type"];
    if (type === "progress" && fieldsOf(line["data"])["type"] === "agent_progress") {
      this.#readProgress(line, sink);
      return;
    }
    if (type !== "assistant" && type !== "user") {
      if (holdsUsage(line)) sink.problem("an answer of an unknown type");
      return;
    }
    if (session === undefined || at === undefined) {
      sink.problem(session === undefined ? "no session" : "no time");
      return;
    }
    const message = fieldsOf(line["message"]);
    if (type === "assistant") this.#readAnswer(line, message, { session, at }, sink);
    else {
      this.#readResults(line, message, { session, at }, sink);
      this.#readQuestion(line, message, { session, at }, sink);
    }
  }

  /** What a subagent answered, which some versions wrote into the log of who called it alone. Its calls are in its own, if anywhere. */
  #readProgress(line: Fields, sink: Sink): void {
    const answer = fieldsOf(fieldsOf(line["data"])["message"]);
    if (answer["type"] === "user") return;
    const told: Fields = { ...line, ...answer, isSidechain: true };
    const session = nameOf(line["sessionId"]);
    const at = timeOf(told["timestamp"]);
    const message = fieldsOf(answer["message"]);
    if (answer["type"] !== "assistant") sink.problem("an answer of an unknown type");
    else if (session === undefined) sink.problem("no session");
    else if (at === undefined) sink.problem("no time");
    else this.#readUsage(told, message, { session, at }, sink);
  }

  /** The first that a person wrote, not what the program or another agent did. */
  #readQuestion(line: Fields, message: Fields, place: { session: string; at: number }, sink: Sink): void {
    if (line["isMeta"] === true || line["isSidechain"] === true || this.#isSubagent) return;
    const parts = listOf(message["content"]).map(fieldsOf);
    const text = textOf(message["content"]) ?? textOf(parts.find(({ type }) => type === "text")?.["text"]);
    if (text !== undefined) this.#steps.asked(text, { ...place, folder: nameOf(line["cwd"]) }, sink);
  }

  #readAnswer(
    line: Fields,
    message: Fields,
    { session, at }: { session: string; at: number },
    sink: Sink,
  ): void {
    const model = nameOf(message["model"]);
    if (message["content"] === undefined) sink.problem("an answer without content");
    for (const part of listOf(message["content"]).map(fieldsOf)) {
      const id = nameOf(part["id"]);
      const name = nameOf(part["name"]);
      if (part["type"] !== "tool_use" || id === undefined || name === undefined) {
        if (seemsToCall(part) && part["type"] !== "server_tool_use")
          sink.problem("a call of an unknown form");
        continue;
      }
      const known: Call = { name, input: fieldsOf(part["input"]), model };
      this.#steps.called(id, name, known.input, { session, at, folder: nameOf(line["cwd"]) }, sink);
      if (name === "Bash") {
        const files = shellWrites(textOf(known.input["command"]) ?? "");
        if (files.length === 0) {
          if (!this.#steps.isOpen(id)) this.#shown.add(id, true);
          continue;
        }
        this.#calls.add(id, known);
        tellFiles(
          files,
          nameOf(line["cwd"]),
          { tool, model, session, call: id, at, outcome: "proposed" },
          sink,
        );
        continue;
      }
      if (!isEditing(name)) {
        if (seemsToEdit(name, known.input)) sink.problem("an edit by a tool of an unknown name");
        if (showing.has(name) && !this.#steps.isOpen(id)) this.#shown.add(id, true);
        continue;
      }
      this.#calls.add(id, known);
      const edit = editOf({ known, result: {}, cwd: nameOf(line["cwd"]), outcome: "proposed" });
      if (edit && edit !== "unclear")
        sink.edit({ tool, mode: "agent", model, session, call: id, at, ...edit });
    }
    this.#readUsage(line, message, { session, at }, sink);
  }

  #readUsage(line: Fields, message: Fields, place: { session: string; at: number }, sink: Sink): void {
    const model = nameOf(message["model"]);
    const id = nameOf(message["id"]);
    // What the program itself answers, an interruption for example, is no request.
    if (model === "<synthetic>") return;
    if (message["usage"] === undefined) {
      sink.problem("an answer without its tokens");
      return;
    }
    const usage = fieldsOf(message["usage"]);
    const tokens = tokensOf(usage, sink);
    if (!tokens) return;
    const billed = countedMoney(line["costUSD"]);
    if (id === undefined) {
      sink.problem("usage without a message id");
      return;
    }
    const request = nameOf(line["requestId"]);
    if (request !== undefined && message["content"] !== undefined) this.#last.set({ id, request });
    // Its telemetry knows the request by the same name. A message is the answer to one request, whatever a line calls that.
    const name = this.#names.of(id, request ?? id);
    const known = {
      tool,
      ...place,
      isSubagent: this.#isSubagent || line["isSidechain"] === true,
      mode: "agent",
      folder: nameOf(line["cwd"]),
    } as const;
    sink.request({
      ...known,
      id: name,
      model,
      tokens,
      ...(usage["speed"] === "fast" && { isFast: true }),
      ...(billed !== undefined && { billed: { amount: billed, currency: "USD" } }),
    });
    for (const [index, advice] of adviceIn(usage, sink).entries())
      sink.request({ ...known, ...advice, id: `${name} advice ${index}` });
  }

  #readResults(
    line: Fields,
    message: Fields,
    { session, at }: { session: string; at: number },
    sink: Sink,
  ): void {
    const cwd = nameOf(line["cwd"]);
    const ended = listOf(message["content"])
      .map(fieldsOf)
      .flatMap((part) => {
        const call = part["type"] === "tool_result" ? nameOf(part["tool_use_id"]) : undefined;
        return call === undefined ? [] : [{ part, call, known: this.#calls.take(call) }];
      });
    const owner = ended.length === 1 ? ended[0] : ownerOf(ended, fieldsOf(line["toolUseResult"]), cwd);
    for (const one of ended) {
      const { part, call, known } = one;
      const said = one === owner ? line["toolUseResult"] : undefined;
      const result = fieldsOf(said);
      const isFailed = part["is_error"] === true;
      const isRefused = refused.test(textOf(said) ?? "") || (isFailed && refused.test(contentOf(part)));
      const outcome = isRefused ? "rejected" : isFailed ? "failed" : "applied";
      const output = textOf(part["content"]) ?? textOf(result["stdout"]);
      this.#steps.answered(call, { outcome, output }, { session, at, folder: nameOf(line["cwd"]) }, sink);
      if (known?.name === "Bash") {
        const files = shellWrites(textOf(known.input["command"]) ?? "");
        tellFiles(files, nameOf(line["cwd"]), { tool, model: known.model, session, call, at, outcome }, sink);
        continue;
      }
      const edit = editOf({ known, result, cwd: nameOf(line["cwd"]), outcome });
      if (!edit) continue;
      if (edit === "unclear") sink.problem("an edit of unknown form");
      else sink.edit({ tool, mode: "agent", model: known?.model, session, call, at, ...edit });
    }
  }
}

/** Whether a line of another type has tokens where an answer has them, or one that is told of. */
function holdsUsage(line: Fields): boolean {
  const isCounted = (answer: unknown) => fieldsOf(fieldsOf(answer)["message"])["usage"] !== undefined;
  return isCounted(line) || Object.values(line).some((part) => isCounted(fieldsOf(part)["message"]));
}

const refused = /user (doesn't want|rejected)/i;

/** What the model was told of a call, in one piece or in several. */
function contentOf(part: Fields): string {
  const pieces = listOf(part["content"]).map((piece) => textOf(fieldsOf(piece)["text"]) ?? "");
  return textOf(part["content"]) ?? pieces.join("\n");
}

/** Of several calls that a line says the results of, the one whose file and text it tells more of; undefined where that is open. */
function ownerOf<Ended extends { readonly known: Call | undefined }>(
  ended: readonly Ended[],
  result: Fields,
  cwd: string | undefined,
): Ended | undefined {
  const placed = (file: unknown) => {
    const name = textOf(file);
    return name === undefined ? undefined : placeOf(cwd, name);
  };
  const place = placed(result["filePath"]);
  const isOf = ({ known }: Ended) =>
    known &&
    place !== undefined &&
    placed(known.input["file_path"] ?? known.input["notebook_path"]) === place;
  const same = (said: string, given: string) => (one: Ended) => result[said] === one.known?.input[given];
  const fitting = ended
    .filter(isOf)
    .filter(same("oldString", "old_string"))
    .filter(same("newString", "new_string"))
    .filter(same("content", "content"));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What only shows something; the results of these are most of a log. */
const showing: ReadonlySet<string> = new Set(["Read", "Grep", "Glob", "LS", "NotebookRead"]);

function isEditing(name: string): boolean {
  return name === "Edit" || name === "MultiEdit" || name === "Write" || name === "NotebookEdit";
}

type Found = Pick<ToolEdit, "path" | "text" | "outcome"> & { readonly userModified?: boolean };

/** Undefined for what is no edit of a file. */
function editOf(given: {
  readonly known: Call | undefined;
  readonly result: Fields;
  readonly cwd: string | undefined;
  readonly outcome: ToolEdit["outcome"];
}): Found | "unclear" | undefined {
  const { known, result, cwd, outcome } = given;
  const file =
    textOf(result["filePath"]) ?? textOf(known?.input["file_path"] ?? known?.input["notebook_path"]);
  // A tool that only reads names its file, too; then nothing is known of a call that changes it.
  if (!known && result["oldString"] === undefined && result["structuredPatch"] === undefined)
    return undefined;
  if (file === undefined || file === "") return known ? "unclear" : undefined;
  const place = placeOf(cwd, file);
  if (place === undefined) return "unclear";
  return {
    path: place,
    text: written(known, result),
    outcome,
    ...(result["userModified"] === true && { userModified: true }),
  };
}

function written(known: Call | undefined, result: Fields): ToolText {
  const original = textOf(result["originalFile"]);
  const content =
    textOf(result["content"]) ?? (known?.name === "Write" ? textOf(known.input["content"]) : undefined);
  if (content !== undefined) {
    const before = original ?? (result["type"] === "create" ? "" : undefined);
    return { kind: "whole", after: content, ...(before !== undefined && { before }) };
  }
  const edits = listOf(result["edits"] ?? known?.input["edits"]).map(fieldsOf);
  const all = edits.length > 0 ? edits : [{ ...known?.input, ...result }];
  const pieces = all.map((edit) => ({
    before: textOf(edit["oldString"] ?? edit["old_string"]),
    after: textOf(edit["newString"] ?? edit["new_string"]),
  }));
  const [only] = pieces;
  if (only?.before === "" && only.after !== undefined && pieces.length === 1)
    return { kind: "whole", before: original ?? "", after: only.after };
  const sound = pieces.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  );
  return sound.length === pieces.length ? { kind: "pieces", pieces: sound } : { kind: "unsaid" };
}
