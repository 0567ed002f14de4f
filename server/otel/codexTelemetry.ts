import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { areCountedIn, countIn, decision, nameIn } from "./attributes.ts";
import type { TelemetryRecord } from "./telemetryRecord.ts";
import type { ToolTelemetry } from "./toolTelemetry.ts";

const tool = "codex";
const accepting = new Set(["approved", "approved_for_session", "approvedforsession"]);
const rejecting = new Set(["denied", "abort", "aborted", "timedout", "timed_out"]);

const convention: TokenConvention = { inputHas: "cacheRead", reasoning: "inOutput" };
const counts = {
  always: ["input_token_count", "output_token_count"],
  sometimes: ["cached_token_count", "reasoning_token_count"],
};
const statusKey = "http.response.status_code";
/** What it says of a request once an answer begins: how long it waited for that. */
const sent = new Set(["codex.api_request", "codex.websocket_request"]);

/**
 * Its events. What an event of an answer calls its duration is how long that event was waited for: of the whole one
 * event says when it began and another when it ended.
 */
export const codexTelemetry: ToolTelemetry = {
  tool,
  wanted: {
    attributes: new Set([
      ...["event.name", "event.timestamp", "event.kind", "conversation.id", "model", "slug"],
      ...["input_token_count", "output_token_count", "cached_token_count", "reasoning_token_count"],
      ...["tool_name", "decision", "source", "duration_ms", "endpoint", "success", statusKey],
    ]),
    metrics: new Set(),
  },
  read: ({ name, at, attributes }, now, sink) => {
    if (sent.has(name)) {
      const session = nameIn(attributes, "conversation.id");
      if (at === undefined || session === undefined || !isAnswered(attributes)) return;
      sink.began(session, at - countIn(attributes, "duration_ms"));
    } else if (name === "codex.sse_event" && attributes.get("event.kind") === "response.completed") {
      // Another event of the same answer, of how long its last piece was waited for.
      if (attributes.has("duration_ms") && !counts.always.some((name) => attributes.has(name))) return;
      const session = nameIn(attributes, "conversation.id");
      if (session === undefined) {
        sink.problem("no session");
        return;
      }
      if (!areCountedIn(attributes, counts, sink)) return;
      const told = {
        input: countIn(attributes, "input_token_count"),
        output: countIn(attributes, "output_token_count"),
        cacheRead: countIn(attributes, "cached_token_count"),
        reasoning: countIn(attributes, "reasoning_token_count"),
      };
      sink.request({
        tool,
        session,
        id: "",
        at: at ?? now,
        model: nameIn(attributes, "model", "slug"),
        tokens: normalised(told, convention),
        isSubagent: false,
      });
    } else if (name === "codex.tool_decision" && nameIn(attributes, "tool_name") === "apply_patch") {
      const made = nameIn(attributes, "decision")?.toLowerCase() ?? "";
      const source = nameIn(attributes, "source")?.toLowerCase();
      const by = source === undefined ? "unknown" : source === "user" ? "person" : "rule";
      const isAccepted = accepting.has(made) || made.startsWith("approved");
      if (!isAccepted && !rejecting.has(made)) sink.problem("a decision of unknown form");
      else sink.figure(decision({ tool, at: at ?? now, by }, isAccepted));
    }
  },
};

/** Of what it asks for besides answers, such as which models there are, none comes. */
function isAnswered(attributes: TelemetryRecord["attributes"]): boolean {
  const status = attributes.get(statusKey);
  const endpoint = nameIn(attributes, "endpoint") ?? "unknown";
  return (
    (status === undefined || (Number(status) >= 200 && Number(status) < 300)) &&
    String(attributes.get("success") ?? true) === "true" &&
    (endpoint === "unknown" || endpoint.endsWith("responses"))
  );
}
