import { statSync } from "node:fs";
import path from "node:path";
import type { Mode } from "../../protocol/origin.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { readRegularFile } from "../regularFile.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { ChatSessionReader } from "./chatSession.ts";
import { editorUserFolders } from "./editorFolders.ts";
import { strokesOf } from "./editingTimeline.ts";
import { fieldsOf, listOf, nameOf, parsed, textOf, type Fields } from "./fields.ts";
import { namedFile } from "./namedFile.ts";

const tool = "github-copilot";

/**
 * What VS Code keeps of the edits of a chat, and what the person decided on each file. It has no times, and no names of
 * calls: what was done is evidence alone, and a decision is told of the calls that the session itself has of the request.
 */
export const copilotEditing: Agent = {
  tool,
  title: "edits of GitHub Copilot in VS Code",
  homes: editorUserFolders,
  within: ["workspaceStorage/*/chatEditingSessions"],
  isRecord: (file) => /\/chatEditingSessions\/[^/]+\/state\.json$/.test(file),
  form: () => "document",
  marks: [],
  isUndated: true,
  makeReader: (file, writtenAt) => new CopilotEditingReader(file, writtenAt),
};

const versions: ReadonlySet<unknown> = new Set([1, 2]);
/** Longer sessions are not looked through for the calls of a request. */
const longestSession = 64 * 1024 * 1024;
/** By number, as the editor keeps it; what is neither waits for the person. */
const decisions: Readonly<Record<number, ToolEdit["outcome"]>> = { 1: "applied", 2: "rejected" };

/** What is known of a request by the file that it edited last. */
interface Asked {
  readonly agent: string | undefined;
  readonly model: string | undefined;
  readonly mode: Mode;
}

class CopilotEditingReader implements RecordReader {
  readonly #file: string;
  readonly #session: string | undefined;
  readonly #writtenAt: () => number;
  /** How far each stroke had come when it was told, and how each file was decided on. */
  readonly #told = new Map<string, string>();

  constructor(file: string, writtenAt: () => number) {
    this.#file = file;
    this.#session = nameOf(path.basename(path.dirname(file)));
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const state = fieldsOf(record);
    const { timeline, recentSnapshot } = state;
    const session = this.#session;
    if (!versions.has(state["version"]) || session === undefined) {
      sink.problem("an editing session of an unknown version");
      return;
    }
    const { entries } = fieldsOf(recentSnapshot);
    const isSound = Array.isArray(entries) && Array.isArray(fieldsOf(timeline)["operations"]);
    // The first version had no timeline.
    if (!isSound && state["version"] !== 1) sink.problem("an editing session without its operations");
    const snapshot = listOf(entries).map(fieldsOf);
    if (isSound) this.#readStrokes(fieldsOf(timeline), requestsIn(snapshot), session, sink);
    this.#readDecisions(snapshot, sink);
  }

  #readStrokes(timeline: Fields, asked: ReadonlyMap<string, Asked>, session: string, sink: Sink): void {
    const isCopilot = [...asked.values()].every(({ agent }) => isOfCopilot(agent));
    const strokes = strokesOf(timeline, { fileOf, problem: (reason) => sink.problem(reason) });
    for (const { request, file, epoch, operations, text, isUndone } of strokes) {
      const known = asked.get(request);
      // An agent of another maker edits in the same way; where nobody says whose it was, it is nobody's here.
      if (known ? !isOfCopilot(known.agent) : !isCopilot || asked.size === 0) continue;
      if (!this.#isNew(`${epoch}`, `${operations} ${isUndone}`)) continue;
      sink.edit({
        ...{ tool, session, path: file, text, at: this.#writtenAt() },
        mode: known?.mode ?? "agent",
        model: known?.model,
        call: `${request} ${epoch}`,
        isEvidenceAlone: true,
        outcome: isUndone ? "rejected" : "applied",
      });
    }
  }

  #readDecisions(snapshot: readonly Fields[], sink: Sink): void {
    const decided = new Map<string, ToolEdit["outcome"]>();
    for (const { resource, state, telemetryInfo } of snapshot) {
      const { requestId, agentId } = fieldsOf(telemetryInfo);
      const agent = nameOf(agentId);
      const file = fileOf(resource);
      if (typeof state !== "number" || typeof requestId !== "string" || agent === undefined) {
        sink.problem("a file of an editing session that is of no request or agent");
        continue;
      }
      const outcome = decisions[state];
      if (outcome === undefined || file === undefined || !isOfCopilot(agent)) continue;
      const name = `${requestId} ${file}`;
      if (this.#isNew(name, outcome)) decided.set(name, outcome);
    }
    if (decided.size > 0) this.#tellDecided(decided, sink);
  }

  /** The calls are those of the session itself; what it does not have yet, or not any more, is decided on by nobody. */
  #tellDecided(decided: ReadonlyMap<string, ToolEdit["outcome"]>, sink: Sink): void {
    const reader = new ChatSessionReader(tool, (request, file) => decided.get(`${request} ${file}`));
    const told: Sink = {
      request: () => undefined,
      edit: (edit) => {
        if (edit.outcome === "applied" || edit.outcome === "rejected") sink.edit(edit);
      },
      problem: () => undefined,
    };
    for (const record of this.#recordsOfSession()) reader.read(record, told);
  }

  #recordsOfSession(): unknown[] {
    const [workspace, user] = [
      path.resolve(this.#file, "../../.."),
      path.resolve(this.#file, "../../../../.."),
    ];
    const folders = [
      path.join(workspace, "chatSessions"),
      path.join(user, "globalStorage", "emptyWindowChatSessions"),
    ];
    const files = folders.flatMap((folder) =>
      [".jsonl", ".json"].map((ending) => path.join(folder, `${this.#session}${ending}`)),
    );
    const file = files.find((each) => {
      const found = statSync(each, { throwIfNoEntry: false });
      return found?.isFile() === true && found.size <= longestSession;
    });
    if (file === undefined) return [];
    const text = readRegularFile(file, longestSession).toString("utf8");
    const records = file.endsWith(".jsonl") ? text.split("\n").map(parsed) : [parsed(text)];
    return records.filter((record) => record !== undefined);
  }

  #isNew(name: string, said: string): boolean {
    if (this.#told.get(name) === said) return false;
    this.#told.set(name, said);
    return true;
  }
}

function requestsIn(snapshot: readonly Fields[]): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const { telemetryInfo } of snapshot) {
    const { requestId, agentId, modelId, modeId } = fieldsOf(telemetryInfo);
    const request = nameOf(requestId);
    if (request === undefined) continue;
    const mode = modeId === "ask" || modeId === "edit" || modeId === "applyCodeBlock" ? "chat" : "agent";
    const model = nameOf(modelId)?.replace(/^copilot\//, "");
    asked.set(request, { agent: nameOf(agentId), model, mode });
  }
  return asked;
}

function isOfCopilot(agent: string | undefined): boolean {
  return agent !== undefined && /^github\.copilot\b/i.test(agent);
}

/** A file on this machine, by an address as text or as the editor's own object of one. */
function fileOf(address: unknown): string | undefined {
  if (typeof address === "string") return address.startsWith("file:") ? namedFile(address) : undefined;
  const { scheme, fsPath, path: place, external } = fieldsOf(address);
  if (scheme !== "file") return undefined;
  return namedFile(textOf(fsPath) ?? textOf(external) ?? textOf(place));
}
