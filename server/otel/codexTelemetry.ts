import { countIn, decision, nameIn } from "./attributes.ts";
import type { ToolTelemetry } from "./toolTelemetry.ts";

const tool = "codex";
const accepting = new Set(["approved", "approved_for_session", "approvedforsession"]);
const rejecting = new Set(["denied", "abort", "aborted", "timedout", "timed_out"]);

/** Its events. Input includes what was cached; reasoning is part of the output. */
export const codexTelemetry: ToolTelemetry = {
  tool,
  namesRequests: false,
  wanted: {
    attributes: new Set([
      ...["event.name", "event.timestamp", "event.kind", "conversation.id", "model", "slug"],
      ...["input_token_count", "output_token_count", "cached_token_count", "reasoning_token_count"],
      ...["tool_name", "decision", "source"],
    ]),
    metrics: new Set(),
  },
  read: ({ name, at, attributes }, now, sink) => {
    if (name === "codex.sse_event" && attributes.get("event.kind") === "response.completed") {
      // Of an answer that could not be read there are no numbers.
      if (!attributes.has("input_token_count")) return;
      const session = nameIn(attributes, "conversation.id");
      if (session === undefined) {
        sink.problem("no session");
        return;
      }
      const cached = countIn(attributes, "cached_token_count");
      const input = countIn(attributes, "input_token_count");
      sink.request({
        tool,
        session,
        id: "",
        at: at ?? now,
        model: nameIn(attributes, "model", "slug"),
        tokens: {
          input: Math.max(0, input - cached),
          output: countIn(attributes, "output_token_count"),
          cacheRead: cached,
          cacheWrite: 0,
          cacheWriteLong: 0,
          reasoning: countIn(attributes, "reasoning_token_count"),
        },
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
