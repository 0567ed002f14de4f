import path from "node:path";
import type { Mode } from "../../protocol/origin.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { RecordReader, Sink } from "./agent.ts";
import { callOf, copilotFilesOf } from "./copilotEdits.ts";
import { fieldsOf, listOf, nameOf, textOf, timeOf, type Fields } from "./fields.ts";

/** What is known of a request while its answer comes in. */
interface Asked {
  readonly id: string | undefined;
  at: number | undefined;
  model: string | undefined;
  readonly mode: Mode;
  /** Files that the editor shows as edited by the answer. */
  readonly edited: Set<string>;
}

/** What a person decided on a file, as edited by a request. */
type Decided = (request: string | undefined, file: string) => ToolEdit["outcome"] | undefined;

/** A session may be long, and a journal says later what became of a request. */
const mostRequests = 5000;
const mostFiles = 1000;

/**
 * A chat session as VS Code keeps it: one document, or a journal of it, whose lines each set a value (1), add to a
 * list (2) or remove a value (3), by its place in the document that the first line (0) gave. Only the little that later
 * lines build on is kept, not the document.
 */
export class ChatSessionReader implements RecordReader {
  readonly #tool: string;
  readonly #decided: Decided | undefined;
  #session: string | undefined;
  #requests: Asked[] = [];

  /** With `decided` only what was decided on is told as anything else than unknown. */
  constructor(tool: string, decided?: Decided) {
    this.#tool = tool;
    this.#decided = decided;
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const kind = line["kind"];
    if (line["requests"] !== undefined) this.#readWhole(line, sink);
    else if (kind === 0) this.#readWhole(fieldsOf(line["v"]), sink);
    else if (kind === 1 || kind === 2) this.#readChange(line, kind === 2, sink);
    else if (kind !== 3) sink.problem("neither a chat session nor a part of its journal");
  }

  #readWhole(session: Fields, sink: Sink): void {
    if (!Array.isArray(session["requests"])) sink.problem("a chat session without requests");
    this.#session = nameOf(session["sessionId"]);
    this.#requests = [];
    for (const request of listOf(session["requests"])) this.#readRequest(fieldsOf(request), sink);
  }

  #readChange({ k, v, i }: Fields, isAdded: boolean, sink: Sink): void {
    if (!Array.isArray(k)) sink.problem("a part of a journal that is of no place");
    const [list, index, part] = listOf(k);
    if (list === "sessionId" && !isAdded) this.#session = nameOf(v);
    if (list !== "requests") return;
    if (index === undefined) {
      if (!isAdded) this.#requests = [];
      else if (typeof i === "number" && i >= 0) this.#requests.length = Math.min(this.#requests.length, i);
      for (const request of listOf(v)) this.#readRequest(fieldsOf(request), sink);
      return;
    }
    const asked = typeof index === "number" ? this.#requests[index] : undefined;
    if (!asked) return;
    if (part === "response") this.#noteEdited(asked, isAdded ? v : [v]);
    else if (part === "result") this.#readResult(asked, fieldsOf(v), sink);
    else if (part === "modelId") asked.model = modelOf(v);
    else if (part === "timestamp") asked.at = timeOf(v);
  }

  #readRequest(request: Fields, sink: Sink): void {
    const asked: Asked = {
      id: nameOf(request["requestId"]),
      at: timeOf(request["timestamp"]),
      model: modelOf(request["modelId"]),
      mode: modeOf(fieldsOf(request["agent"])),
      edited: new Set(),
    };
    if (this.#requests.length < mostRequests) this.#requests.push(asked);
    this.#noteEdited(asked, request["response"]);
    this.#readResult(asked, fieldsOf(request["result"]), sink);
  }

  #noteEdited({ edited }: Asked, response: unknown): void {
    for (const part of listOf(response).flat().map(fieldsOf)) {
      const file = textOf(fieldsOf(part["uri"])["fsPath"] ?? fieldsOf(part["uri"])["path"]);
      if (part["kind"] === "textEditGroup" && file !== undefined && edited.size < mostFiles)
        edited.add(path.resolve(file));
    }
  }

  #readResult(asked: Asked, result: Fields, sink: Sink): void {
    for (const round of listOf(fieldsOf(result["metadata"])["toolCallRounds"]).map(fieldsOf)) {
      const at = timeOf(round["timestamp"]) ?? asked.at;
      for (const call of listOf(round["toolCalls"]).map(fieldsOf)) this.#readCall(asked, call, at, sink);
    }
  }

  #readCall(asked: Asked, call: Fields, at: number | undefined, sink: Sink): void {
    const files = copilotFilesOf(textOf(call["name"]) ?? "", call["arguments"]);
    const session = this.#session;
    for (const { path: file, text } of files) {
      if (!path.isAbsolute(file)) continue;
      if (at === undefined || session === undefined) {
        sink.problem(at === undefined ? "no time" : "an edit without a session");
        return;
      }
      const place = path.resolve(file);
      // That a call has a result does not say that it went well; that the editor shows the edit does.
      const shown = asked.edited.has(place) ? "applied" : "unknown";
      const outcome = this.#decided ? (this.#decided(asked.id, place) ?? "unknown") : shown;
      sink.edit({
        tool: this.#tool,
        mode: asked.mode,
        model: asked.model,
        session,
        call: callOf(nameOf(call["id"])),
        at,
        path: place,
        text,
        outcome,
      });
    }
  }
}

/** Asking and editing are chats; what says nothing, as earlier ones do, edits as an agent. */
function modeOf(agent: Fields): Mode {
  const modes = listOf(agent["modes"]);
  return modes.length === 0 || modes.includes("agent") ? "agent" : "chat";
}

/** The editor puts the provider before the model. */
function modelOf(value: unknown): string | undefined {
  return nameOf(value)?.replace(/^copilot\//, "");
}
