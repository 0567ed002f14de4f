import { authorOfTool, Claims, fieldsOf, listOf, parseJson, type Attribution } from "./attribution.ts";
import { rangeOf } from "./lineRanges.ts";

/** Reads what git-ai wrote before it wrote notes: `authorship/0.0.1`, one JSON object for each commit. */
export function readEarlyGitAiNote(text: string): Attribution {
  const claims = new Claims();
  const root = fieldsOf(parseJson(text));
  if (root.get("schema_version") !== "authorship/0.0.1") claims.problem("it is no authorship/0.0.1");
  else {
    for (const [path, file] of fieldsOf(root.get("files"))) {
      for (const given of listOf(fieldsOf(file).get("authors"))) {
        const author = fieldsOf(given);
        const agent = fieldsOf(author.get("agent_metadata"));
        const named = agent.has("agent_id") ? fieldsOf(agent.get("agent_id")) : agent;
        const lines = listOf(author.get("lines"));
        const ranges = lines.flatMap((line) => {
          const [start, end] = Array.isArray(line) ? (line as unknown[]) : [line, line];
          return rangeOf(start, end) ?? [];
        });
        claims.problem("what an author names is no range of lines", lines.length - ranges.length);
        claims.add(path, { ranges, value: authorOfTool(named.get("tool"), named.get("model")) });
      }
    }
  }
  return claims.settle();
}
