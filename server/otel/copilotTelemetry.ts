import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { FigureMeasure } from "../../core/tools/toolRecords.ts";
import { areCountedIn, billedIn, countIn, nameIn } from "./attributes.ts";
import type { TelemetryRecord } from "./telemetryRecord.ts";
import type { TelemetrySink, ToolTelemetry } from "./toolTelemetry.ts";

const survival: Readonly<Record<string, FigureMeasure>> = {
  "copilot_chat.edit.survival.four_gram": "fourGram",
  "copilot_chat.edit.survival.no_revert": "noRevert",
};
const acceptance = "copilot_chat.edit.acceptance.count";
const outcomeKey = "copilot_chat.edit.outcome";
const delayKey = "copilot_chat.time_delay_ms";
/** An AI credit is a cent. */
const nanoCreditsOfDollar = 100e9;
const billedKeys = ["github.copilot.nano_aiu", "copilot_chat.copilot_usage_nano_aiu"];
const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };
const cacheReadKeys = ["gen_ai.usage.cache_read.input_tokens"];
const cacheWriteKeys = ["gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"];
const reasoningKeys = ["gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"];
const counts = {
  always: ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"],
  sometimes: [...cacheReadKeys, ...cacheWriteKeys, ...reasoningKeys],
};
/** What a call failed by, where it did; it has no tokens then. */
const errorKey = "error.type";
/** By these one series of a metric is told from another. */
const seriesKeys = ["session.id", "copilot_chat.edit.source", "copilot_chat.language_id"];

/**
 * Its spans of calls of a model, of which those that hold others repeat the tokens; and what it measures of its own
 * edits, to be compared with what Kept does.
 */
export const copilotTelemetry = telemetryOf("github-copilot");

/** The same spans. What it keeps of a request on the disk has another name. */
export const copilotCliTelemetry = telemetryOf("copilot-cli");

function telemetryOf(tool: string): ToolTelemetry {
  return {
    tool,
    wanted: {
      attributes: new Set([
        ...[
          "gen_ai.operation.name",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.conversation.id",
        ],
        ...[
          "copilot_chat.chat_session_id",
          "copilot_chat.parent_chat_session_id",
          "github.copilot.initiator",
        ],
        ...[...counts.always, ...counts.sometimes, ...billedKeys],
        ...[errorKey, outcomeKey, delayKey, ...seriesKeys],
      ]),
      metrics: new Set([acceptance, ...Object.keys(survival)]),
    },
    read: (record, now, sink) => {
      if (record.signal === "traces") readSpan(tool, record, now, sink);
      else if (record.signal === "metrics") readMetric(tool, record, now, sink);
    },
  };
}

function readSpan(
  tool: string,
  { at, startedAt, id, attributes }: TelemetryRecord,
  now: number,
  sink: TelemetrySink,
): void {
  if (attributes.get("gen_ai.operation.name") !== "chat") return;
  const session = nameIn(
    attributes,
    "copilot_chat.chat_session_id",
    "copilot_chat.parent_chat_session_id",
    "gen_ai.conversation.id",
  );
  if (session === undefined || id === undefined) {
    sink.problem(session === undefined ? "no session" : "a request without a name");
    return;
  }
  if (attributes.has(errorKey) && !counts.always.some((name) => attributes.has(name))) return;
  if (!areCountedIn(attributes, counts, sink)) return;
  const first = (keys: readonly string[]) =>
    keys.map((key) => countIn(attributes, key)).find((count) => count > 0) ?? 0;
  const told = {
    input: countIn(attributes, "gen_ai.usage.input_tokens"),
    output: countIn(attributes, "gen_ai.usage.output_tokens"),
    cacheRead: first(cacheReadKeys),
    cacheWrite: first(cacheWriteKeys),
    reasoning: first(reasoningKeys),
  };
  sink.request({
    tool,
    session,
    id: tool === "copilot-cli" ? "" : id,
    at: at ?? now,
    model: nameIn(attributes, "gen_ai.response.model", "gen_ai.request.model"),
    tokens: normalised(told, convention),
    ...billedIn(attributes, nanoCreditsOfDollar, ...billedKeys),
    ...(at !== undefined && startedAt !== undefined && { latencyMs: Math.max(0, at - startedAt) }),
    isSubagent: nameIn(attributes, "github.copilot.initiator") === "sub-agent",
  });
}

function readMetric(
  tool: string,
  { name, at, attributes, measured }: TelemetryRecord,
  now: number,
  sink: TelemetrySink,
): void {
  const { count, total } = measured!;
  if (count === 0) return;
  const found = { tool, at: at ?? now, count, total };
  const measure = survival[name];
  if (measure !== undefined) {
    const delay = countIn(attributes, delayKey);
    if (delay === 0 && Number(attributes.get(delayKey)) !== 0) sink.problem("a measure without its delay");
    else if (!(total >= 0 && total <= count)) sink.problem("a measure that is no share");
    else sink.figure({ ...found, measure, detail: String(delay) });
    return;
  }
  const outcome = nameIn(attributes, outcomeKey);
  if (outcome === "accepted" || outcome === "rejected")
    sink.figure({ ...found, measure: outcome, detail: "person" });
}
