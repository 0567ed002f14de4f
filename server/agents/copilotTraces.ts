import path from "node:path";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { Tokens } from "../../core/tools/toolRecords.ts";
import type { RecordReader, Sink } from "./agent.ts";
import { billedOf } from "./copilotDebugLog.ts";
import { callOf, copilotFilesOf } from "./copilotEdits.ts";
import { countOf, fieldsOf, nameOf, textOf, timeOf, type Fields } from "./fields.ts";

const attribute = (key: string) =>
  `(SELECT value FROM span_attributes a WHERE a.span_id = s.span_id AND a.key = '${key}')`;

/** Calls of a model and of a tool. Spans that hold others repeat their tokens, and are left out. */
export const copilotTraces = `
  SELECT span_id AS id, operation_name AS operation, chat_session_id AS chat, conversation_id AS conversation,
    COALESCE(response_model, request_model) AS model, input_tokens AS input, output_tokens AS output,
    cached_tokens AS cached, reasoning_tokens AS reasoning, tool_name AS tool, tool_call_id AS call,
    status_code AS status, start_time_ms AS startedAt, end_time_ms AS changedAt,
    ${attribute("gen_ai.usage.cache_creation.input_tokens")} AS written,
    ${attribute("copilot_chat.parent_chat_session_id")} AS parent,
    ${attribute("copilot_chat.copilot_usage_nano_aiu")} AS nanoCredits,
    CASE WHEN operation_name = 'execute_tool' THEN ${attribute("gen_ai.tool.call.arguments")} END AS given
  FROM spans s WHERE end_time_ms >= ? AND operation_name IN ('chat', 'execute_tool')`;

const outcomes = { 1: "applied", 2: "failed" } as const;

/** The traces that Copilot keeps in a database, where that is switched on. */
export class CopilotTraceReader implements RecordReader {
  readonly #tool: string;

  constructor(tool: string) {
    this.#tool = tool;
  }

  read(record: unknown, sink: Sink): void {
    const row = fieldsOf(record);
    const session = nameOf(row["chat"]) ?? nameOf(row["parent"]) ?? nameOf(row["conversation"]);
    const at = timeOf(row["changedAt"]);
    const id = nameOf(row["id"]);
    if (row["operation"] === "chat") {
      if (session === undefined || at === undefined || id === undefined)
        sink.problem(session === undefined ? "no session" : "no time");
      else this.#readRequest(row, { session, at, id }, sink);
    } else if (row["operation"] === "execute_tool" && at !== undefined)
      this.#readCall(row, session, at, sink);
  }

  #readRequest(
    row: Fields,
    { session, at, id }: { readonly session: string; readonly at: number; readonly id: string },
    sink: Sink,
  ): void {
    const startedAt = timeOf(row["startedAt"]);
    const billed = billedOf(Number(row["nanoCredits"] ?? 0));
    sink.request({
      tool: this.#tool,
      session,
      id,
      at,
      model: nameOf(row["model"]),
      tokens: tokensOf(row),
      ...(billed && { billed }),
      ...(startedAt !== undefined && { latencyMs: Math.max(0, at - startedAt) }),
      isSubagent: false,
    });
  }

  #readCall(row: Fields, session: string | undefined, at: number, sink: Sink): void {
    for (const { path: file, text } of copilotFilesOf(textOf(row["tool"]) ?? "", row["given"])) {
      if (!path.isAbsolute(file) || session === undefined) continue;
      sink.edit({
        tool: this.#tool,
        mode: "agent",
        model: undefined,
        session,
        call: callOf(nameOf(row["call"])),
        at,
        path: path.resolve(file),
        text,
        outcome: row["status"] === 1 || row["status"] === 2 ? outcomes[row["status"]] : "unknown",
      });
    }
  }
}

const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };

function tokensOf(row: Fields): Tokens {
  const told = {
    input: countOf(row["input"]),
    output: countOf(row["output"]),
    cacheRead: countOf(row["cached"]),
    cacheWrite: countOf(Number(row["written"] ?? 0)),
    reasoning: countOf(row["reasoning"]),
  };
  return normalised(told, convention);
}
