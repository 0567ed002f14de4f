import { createReadStream } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { readAgentTrace, type AgentTrace } from "../../core/notes/agentTrace.ts";
import { statOf } from "../git/gitFiles.ts";

/** Where the format's own example keeps its records, below a repository's root. */
const traceFile = path.join(".agent-trace", "traces.jsonl");

/** Reads a repository's Agent Trace file, a record at a time. Nothing is read where there is none. */
export async function readTraces(
  root: string,
  take: (trace: AgentTrace, line: number) => void,
): Promise<void> {
  const file = path.join(root, traceFile);
  if (!statOf(file)?.isFile()) return;
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    line++;
    if (text.trim() !== "") take(readAgentTrace(text), line);
  }
}
