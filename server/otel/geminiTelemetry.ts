import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { areCountedIn, countIn, decision, msIn, nameIn } from "./attributes.ts";
import type { ToolTelemetry } from "./toolTelemetry.ts";

const tool = "gemini-cli";
const editing = new Set(["replace", "write_file"]);
/** What nobody was asked about is called accepted as well, so that who accepted is not known. */
const makers = { accept: "unknown", modify: "person", reject: "person", auto_accept: "rule" } as const;

const convention: TokenConvention = { inputHas: "cacheRead", reasoning: "besideOutput" };
const counts = {
  always: ["input_token_count", "output_token_count"],
  sometimes: ["cached_content_token_count", "thoughts_token_count", "tool_token_count"],
};

/** Its events. */
export const geminiTelemetry: ToolTelemetry = {
  tool,
  wanted: {
    attributes: new Set([
      ...["event.name", "event.timestamp", "session.id", "model", "role", "duration_ms"],
      ...["input_token_count", "output_token_count", "cached_content_token_count"],
      ...["thoughts_token_count", "tool_token_count", "function_name", "decision", "interactive"],
    ]),
    metrics: new Set(),
  },
  read: ({ name, at, attributes }, now, sink) => {
    if (name === "gemini_cli.api_response") {
      const session = nameIn(attributes, "session.id");
      if (session === undefined) {
        sink.problem("no session");
        return;
      }
      if (!areCountedIn(attributes, counts, sink)) return;
      const told = {
        input: countIn(attributes, "input_token_count"),
        output: countIn(attributes, "output_token_count"),
        cacheRead: countIn(attributes, "cached_content_token_count"),
        reasoning: countIn(attributes, "thoughts_token_count"),
      };
      const tokens = normalised(told, convention);
      sink.request({
        tool,
        session,
        id: "",
        at: at ?? now,
        model: nameIn(attributes, "model"),
        // What tools brought is no part of its input.
        tokens: { ...tokens, input: tokens.input + countIn(attributes, "tool_token_count") },
        ...msIn(attributes, "duration_ms"),
        isSubagent: nameIn(attributes, "role") === "subagent",
      });
    } else if (name === "gemini_cli.tool_call" && editing.has(nameIn(attributes, "function_name") ?? "")) {
      const made = nameIn(attributes, "decision");
      // A call that nobody was asked about has none.
      if (made === undefined) return;
      if (!Object.hasOwn(makers, made)) sink.problem("a decision of unknown form");
      else {
        // Where it was started without a person, none could be asked.
        const isAlone = String(attributes.get("interactive")) === "false";
        const by = isAlone ? "rule" : makers[made as keyof typeof makers];
        sink.figure(decision({ tool, at: at ?? now, by }, made !== "reject"));
      }
    }
  },
};
