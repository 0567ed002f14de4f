import {
  authorOfTool,
  Claims,
  fieldsOf,
  listOf,
  nobodyKnown,
  parseJson,
  type Attribution,
} from "./attribution.ts";
import { rangeOf } from "./lineRanges.ts";

/** Reads a note of agentblame, in either of its two spellings. */
export function readAgentblameNote(text: string): Attribution {
  const claims = new Claims();
  const root = fieldsOf(parseJson(text));
  if (!Array.isArray(root.get("attributions"))) claims.problem("it is no list of attributions");
  for (const given of listOf(root.get("attributions"))) {
    const fields = fieldsOf(given);
    const either = (one: string, other: string) => fields.get(one) ?? fields.get(other);
    const path = fields.get("path");
    const range = rangeOf(either("startLine", "start_line"), either("endLine", "end_line"));
    if (typeof path !== "string" || path === "" || !range) {
      claims.problem("an attribution has no path or no lines");
      continue;
    }
    const isGenerated = fields.get("category") === "ai_generated";
    claims.add(path, {
      ranges: [range],
      value: isGenerated ? authorOfTool(fields.get("provider"), fields.get("model")) : nobodyKnown,
    });
  }
  return claims.settle();
}
