import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { writtenFiles } from "./writtenText.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { cursorStorage } from "./editorFolders.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { namedFile } from "./namedFile.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "cursor";
/** Of what is longer, its size is all that is looked at. */
const longestValue = 8_000_000;
const longestText = 2_000_000;
/** A message that is no longer than that is among those of any conversation. */
const longestStray = 100_000;

/** Parts of a message, in the order in which they are asked for; prompts and answers are not among them. */
const parts = [
  "type",
  "_v",
  "createdAt",
  "timingInfo.clientEndTime",
  "tokenCount",
  "modelInfo.modelName",
  "capabilityType",
  "isAgentic",
  "workspaceUris",
  "toolFormerData",
] as const;

const isMessage = "+key >= 'bubbleId:' AND +key < 'bubbleId;'";
const messages = `${isMessage} AND value IS NOT NULL`;
const whole = (column: string, most: number) =>
  `CASE WHEN octet_length(${column}) <= ${most} THEN iif(typeof(${column}) = 'text', ${column}, CAST(${column} AS TEXT)) END`;
const ifJson = (text: string, found: string) => `CASE WHEN json_valid(${text}) THEN ${found} END`;
/** Each but the earliest was counted, if only as nothing. */
const holdsMessage = `json_type(whole, '$.type') = 'integer' AND
  'object' IN (json_type(whole, '$.tokenCount'), json_type(whole, '$.toolFormerData'))`;
/** A file as it was before a call, or after it: the call names where that is kept. */
const content = (name: string) =>
  `(SELECT ${whole("kept.value", longestText)} FROM cursorDiskKV kept
    WHERE kept.key = ${ifJson("result", `json_extract(result, '$.${name}')`)})`;

/**
 * The database in which Cursor keeps its conversations, a row for each message. A row that is written again is a new one,
 * with a higher number.
 */
export const cursorState: Agent = {
  tool,
  title: "Cursor's conversations",
  homes: (around) => [cursorStorage(around)],
  within: [],
  isRecord: (file) => file === "state.vscdb",
  form: () => "database",
  marks: [],
  latest: `
    WITH message AS (
      SELECT rowid AS row, ${whole("value", longestValue)} AS whole FROM cursorDiskKV
      WHERE rowid < ? AND ${messages} ORDER BY rowid DESC LIMIT 500)
    SELECT row, ${ifJson("whole", "coalesce(json_extract(whole, '$.createdAt'), json_extract(whole, '$.timingInfo.clientEndTime'))")} AS changedAt
    FROM message`,
  query: `
    WITH message AS (
      SELECT rowid AS row, key, ${whole("value", longestValue)} AS whole FROM cursorDiskKV
      WHERE rowid > ? AND ${messages}),
    called AS (
      SELECT row, key, whole IS NULL AS isLong,
        ${ifJson("whole", `json_extract(whole, ${parts.map((part) => `'$.${part}'`).join(", ")})`)} AS parts,
        ${ifJson("whole", "json_extract(whole, '$.toolFormerData.result')")} AS result
      FROM message)
    SELECT row, key, isLong, parts, ${content("beforeContentId")} AS before, ${content("afterContentId")} AS after
    FROM called ORDER BY row LIMIT 500`,
  strays: `
    WITH looked AS (SELECT ? AS row),
    late AS (
      SELECT rowid AS row, ${whole("value", longestStray)} AS whole FROM cursorDiskKV
      WHERE rowid > (SELECT iif(row > (SELECT max(rowid) FROM cursorDiskKV), 0, row) FROM looked)
        AND NOT (${isMessage}) AND value IS NOT NULL
      ORDER BY rowid DESC LIMIT 500)
    SELECT row, ${ifJson("whole", holdsMessage)} AS isStray FROM late`,
  makeReader: () => new CursorStateReader(),
};

/** One message, by its parts. */
type Message = Readonly<Record<(typeof parts)[number], unknown>>;

interface Place {
  readonly session: string;
  readonly at: number;
  readonly folder: string | undefined;
  readonly model: string | undefined;
}

const mostSessions = 2000;
const assistant = 2;
const calling = 15;

/** Whether its input has the cache in it, it does not say. */
const convention: TokenConvention = { inputHas: "noCache", reasoning: "inOutput" };

class CursorStateReader implements RecordReader {
  /** The model is said with what was asked, and not always again with what was answered. */
  readonly #models = new Map<string, string>();

  read(record: unknown, sink: Sink): void {
    const row = fieldsOf(record);
    if (row["isStray"] === 1) {
      sink.problem("a message under a name that is not known");
      return;
    }
    const values = parsed(textOf(row["parts"]) ?? "");
    // Calls of subagents have a name of two lines, of which the first is theirs.
    const [, session = "", bubble = ""] = (textOf(row["key"]) ?? "").split(":");
    const [name] = session.split("\n");
    if (!Array.isArray(values) || nameOf(name) === undefined) {
      sink.problem(row["isLong"] === 1 ? "longer than what is read" : "not JSON");
      return;
    }
    const message = Object.fromEntries(
      parts.map((part, index) => [part, values[index] as unknown]),
    ) as Message;
    const model = this.#modelOf(name!, message);
    if (typeof message.type !== "number") sink.problem("a message of nobody");
    if (message.type !== assistant) return;
    const at = timeOf(message.createdAt) ?? timeOf(message["timingInfo.clientEndTime"]);
    if (at === undefined) {
      sink.problem("no time");
      return;
    }
    const [first] = listOf(message.workspaceUris);
    const known = { session: name!, at, model, folder: namedFile(textOf(first)) };
    this.#readRequest(message, nameOf(bubble), { ...known, isSubagent: name !== session }, sink);
    this.#readCall(message, row, known, sink);
  }

  #modelOf(session: string, { "modelInfo.modelName": said }: Message): string | undefined {
    const model = nameOf(said);
    // It chooses by itself, and does not say which.
    if (model === undefined || model === "default") return this.#models.get(session);
    this.#models.delete(session);
    this.#models.set(session, model);
    if (this.#models.size > mostSessions) this.#models.delete(this.#models.keys().next().value!);
    return model;
  }

  #readRequest(
    message: Message,
    id: string | undefined,
    { session, at, folder, model, isSubagent }: Place & { readonly isSubagent: boolean },
    sink: Sink,
  ): void {
    const counted = fieldsOf(message.tokenCount);
    if (Object.keys(counted).length === 0) {
      if (typeof message["_v"] === "number" && message["_v"] >= 3) sink.problem("tokens of an unknown form");
      return;
    }
    if (!areCounted(counted, { always: ["inputTokens", "outputTokens"] }, sink) || id === undefined) return;
    const told = { input: countOf(counted["inputTokens"]), output: countOf(counted["outputTokens"]) };
    // Later versions leave zeros there: that is no count.
    if (told.input + told.output === 0) return;
    sink.request({
      ...{ tool, session, id, at, model, isSubagent, folder },
      tokens: normalised(told, convention),
      mode: message.isAgentic === true ? "agent" : "chat",
    });
  }

  #readCall(message: Message, { before, after }: Fields, known: Place, sink: Sink): void {
    const call = fieldsOf(message.toolFormerData);
    const name = textOf(call["name"]);
    if (name === undefined) {
      if (message.capabilityType === calling || Object.keys(call).length > 3)
        sink.problem("a call of an unknown form");
      return;
    }
    const given = jsonOf(call["rawArgs"]);
    if (!editing.test(name)) {
      const isEdit = seemsToEdit(name, given) || typeof after === "string";
      if (isEdit) sink.problem("an edit by a tool of an unknown name");
      return;
    }
    const told = {
      ...call,
      params: fieldsOf(jsonOf(call["params"])),
      result: fieldsOf(jsonOf(call["result"])),
    };
    const files = filesOf(name, given, told, { before: textOf(before), after: textOf(after) });
    if (files.length === 0) sink.problem("an edit of unknown form");
    const { session, at, folder, model } = known;
    const outcome = outcomeOf(told);
    tellFiles(files, folder, { tool, session, at, model, call: nameOf(call["toolCallId"]), outcome }, sink);
  }
}

const editing =
  /^(edit_file(_v\d+)?|edit|edit_notebook|multi_?edit|search_replace|str_replace|multi_str_replace|write(_file)?|create_file|delete(_file)?|apply_patch)$/i;

interface Called extends Fields {
  readonly params: Fields;
  readonly result: Fields;
}

/** What a call is given and what it gives are written as JSON within JSON. */
function jsonOf(value: unknown): unknown {
  return typeof value === "string" ? (parsed(value) ?? value) : value;
}

/** What a file that is empty is kept under. */
const emptyContent = /e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855$/;

function filesOf(
  name: string,
  given: unknown,
  { params, result }: Called,
  kept: { readonly before: string | undefined; readonly after: string | undefined },
): readonly PatchedFile[] {
  const file = textOf(params["relativeWorkspacePath"]);
  const said = writtenFiles(name, given, {});
  const [only] = said;
  if (said.length > 1) return said;
  const path = only?.path ?? (file === "" ? undefined : file);
  if (path === undefined) return [];
  const wasEmpty =
    emptyContent.test(textOf(result["beforeContentId"]) ?? "") || result["fileWasCreated"] === true;
  const isEmpty = emptyContent.test(textOf(result["afterContentId"]) ?? "");
  const before = kept.before ?? textOf(result["contentsBeforeEdit"]) ?? (wasEmpty ? "" : undefined);
  const after = kept.after ?? textOf(result["contentsAfterEdit"]) ?? (isEmpty ? "" : undefined);
  if (before !== undefined && after !== undefined) return [{ path, text: { kind: "whole", before, after } }];
  if (/^delete/i.test(name)) return [{ path, text: { kind: "deleted" } }];
  return [{ path, text: only?.text ?? { kind: "unsaid" } }];
}

function outcomeOf({ status, userDecision, result }: Called): ToolEdit["outcome"] {
  if (userDecision === "rejected" || result["rejected"] === true) return "rejected";
  if (status === "completed") return result["applyFailed"] === true ? "failed" : "applied";
  if (status === "error" || status === "cancelled") return "failed";
  return status === "loading" ? "proposed" : "unknown";
}
