import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { RecordReader, Sink } from "./agent.ts";
import { billedOf } from "./copilotDebugLog.ts";
import { areCounted } from "./drift.ts";
import { countOf, fieldsOf, nameOf, timeOf, type Fields } from "./fields.ts";

/** Of the form that was seen with a table of requests. Those before it may lack that. */
const knownForm = 8;

/** It is written in both ways that SQLite has, of which one does not say that it is the time of Greenwich. */
const endedAt = "strftime('%Y-%m-%dT%H:%M:%fZ', used.created_at)";

/**
 * How the database in which Copilot's command line keeps its sessions is asked for its requests: a row for each, which is
 * written when it ends and not changed again. What was said lies in tables beside it, which are not asked for.
 */
export const copilotUsage = {
  older: `
    SELECT 1 FROM schema_version WHERE version < ${knownForm}
      AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'assistant_usage_events')`,
  latest: `
    SELECT id AS row, ${endedAt} AS changedAt FROM assistant_usage_events used
    WHERE id < ? ORDER BY id DESC LIMIT 500`,
  query: `
    SELECT used.id AS row, used.session_id AS session, session.cwd AS folder, ${endedAt} AS changedAt, used.model,
      used.input_tokens, used.output_tokens, used.cache_read_tokens, used.cache_write_tokens, used.reasoning_tokens,
      used.total_nano_aiu AS nanoCredits, used.duration_ms AS took, used.initiator, used.parent_tool_call_id AS parent
    FROM assistant_usage_events used LEFT JOIN sessions session ON session.id = used.session_id
    WHERE used.id > ? ORDER BY used.id LIMIT 500`,
} as const;

const counts = {
  always: ["input_tokens", "output_tokens"],
  sometimes: ["cache_read_tokens", "cache_write_tokens", "reasoning_tokens"],
};

/** As it was seen to write what a model answered that counts what is read from a cache and written to it beside its input. */
const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };

export class CopilotUsageReader implements RecordReader {
  readonly #tool: string;

  constructor(tool: string) {
    this.#tool = tool;
  }

  read(record: unknown, sink: Sink): void {
    const row = fieldsOf(record);
    const session = nameOf(row["session"]);
    const at = timeOf(row["changedAt"]);
    if (session === undefined || at === undefined) {
      sink.problem(session === undefined ? "no session" : "no time");
      return;
    }
    if ((row["input_tokens"] ?? null) === null && (row["output_tokens"] ?? null) === null)
      sink.problem("an answer without its tokens");
    else if (areCounted(row, counts, sink)) this.#tell(row, { session, at }, sink);
  }

  #tell(row: Fields, { session, at }: { readonly session: string; readonly at: number }, sink: Sink): void {
    const took = row["took"];
    const billed = billedOf(row["nanoCredits"]);
    const told = {
      input: countOf(row["input_tokens"]),
      output: countOf(row["output_tokens"]),
      cacheRead: countOf(row["cache_read_tokens"]),
      cacheWrite: countOf(row["cache_write_tokens"]),
      reasoning: countOf(row["reasoning_tokens"]),
    };
    sink.request({
      tool: this.#tool,
      session,
      // Where the database was deleted, its numbers begin anew.
      id: `${session} ${at} ${String(row["row"])}`,
      at,
      model: nameOf(row["model"]),
      tokens: normalised(told, convention),
      ...(billed && { billed }),
      ...(typeof took === "number" && { latencyMs: Math.max(0, Math.trunc(took)) }),
      isSubagent: row["initiator"] === "sub-agent" || nameOf(row["parent"]) !== undefined,
      mode: "agent",
      folder: nameOf(row["folder"]),
    });
  }
}
