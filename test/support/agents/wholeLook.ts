import type { RecordsRead, RecordWatch } from "../../../server/agents/reading/recordWatch.ts";

/** All that one look at everything finds. */
export function wholeLook(watch: RecordWatch): RecordsRead {
  const parts: RecordsRead[] = [];
  watch.look(true, (part) => parts.push(part));
  const problems: Record<string, number> = {};
  for (const part of parts)
    for (const [tool, count] of Object.entries(part.problems)) problems[tool] = (problems[tool] ?? 0) + count;
  return {
    at: parts[0]!.at,
    edits: parts.flatMap(({ edits }) => edits),
    requests: parts.flatMap(({ requests }) => requests),
    taskEdits: parts.flatMap(({ taskEdits }) => taskEdits),
    steps: parts.flatMap(({ steps = [] }) => steps),
    allowances: parts.flatMap(({ allowances }) => allowances),
    goesOn: parts.at(-1)!.goesOn,
    problems,
  };
}
