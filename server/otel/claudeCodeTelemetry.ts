import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { areCountedIn, billedIn, countIn, decision, msIn, nameIn } from "./attributes.ts";
import type { ToolTelemetry } from "./toolTelemetry.ts";

const tool = "claude-code";
const editing = new Set(["Edit", "MultiEdit", "Write", "NotebookEdit"]);
/** Sources of a decision that was a person's; all others are rules that somebody made before. */
const people = new Set(["user_permanent", "user_temporary", "user_abort", "user_reject"]);

const convention: TokenConvention = { inputHas: "noCache", reasoning: "inOutput" };
const counts = {
  always: ["input_tokens", "output_tokens"],
  sometimes: ["cache_read_tokens", "cache_creation_tokens"],
};

/** Its events; its metrics only add them up. */
export const claudeCodeTelemetry: ToolTelemetry = {
  tool,
  wanted: {
    attributes: new Set([
      ...[
        "event.name",
        "event.timestamp",
        "session.id",
        "request_id",
        "model",
        "duration_ms",
        "query_source",
        "speed",
        "cost_usd",
      ],
      ...["input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"],
      ...["tool_name", "decision", "source"],
    ]),
    metrics: new Set(),
  },
  read: ({ name, at, attributes }, now, sink) => {
    const event = name.replace(/^claude_code\./, "");
    if (event === "api_request") {
      const session = nameIn(attributes, "session.id");
      if (session === undefined) {
        sink.problem("no session");
        return;
      }
      if (!areCountedIn(attributes, counts, sink)) return;
      const told = {
        input: countIn(attributes, "input_tokens"),
        output: countIn(attributes, "output_tokens"),
        cacheRead: countIn(attributes, "cache_read_tokens"),
        cacheWrite: countIn(attributes, "cache_creation_tokens"),
      };
      sink.request({
        tool,
        session,
        // Its records have the same name; some providers give none.
        id: nameIn(attributes, "request_id") ?? "",
        at: at ?? now,
        model: nameIn(attributes, "model"),
        tokens: normalised(told, convention),
        ...msIn(attributes, "duration_ms"),
        ...billedIn(attributes, 1, "cost_usd"),
        ...(nameIn(attributes, "speed") === "fast" && { isFast: true }),
        isSubagent: nameIn(attributes, "query_source") === "subagent",
      });
    } else if (event === "tool_decision" && editing.has(nameIn(attributes, "tool_name") ?? "")) {
      const source = nameIn(attributes, "source");
      const by = source === undefined ? "unknown" : people.has(source) ? "person" : "rule";
      const made = nameIn(attributes, "decision");
      if (made !== "accept" && made !== "reject") sink.problem("a decision of unknown form");
      else sink.figure(decision({ tool, at: at ?? now, by }, made === "accept"));
    }
  },
};
