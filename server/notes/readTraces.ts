import { createReadStream, lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { readAgentTrace, type AgentTrace } from "../../core/notes/agentTrace.ts";

/** Where the format's own example keeps its records, below a repository's root. */
const traceFile = path.join(".agent-trace", "traces.jsonl");
/** The longest note that was ever seen has 3.2 MB, and is of a whole commit. */
const mostRecordBytes = 32 * 1024 * 1024;
const newline = 10;

/** Reads a repository's Agent Trace file, a record at a time. Nothing is read where there is none. */
export async function readTraces(
  root: string,
  take: (trace: AgentTrace, line: number) => void,
): Promise<void> {
  const file = path.join(root, traceFile);
  if (!isInside(root, file)) return;
  let [line, held, heldBytes] = [0, [] as Buffer[], 0];
  const end = () => {
    line++;
    if (heldBytes > mostRecordBytes) take(tooLong, line);
    else {
      const text = Buffer.concat(held, heldBytes).toString("utf8");
      if (text.trim() !== "") take(readAgentTrace(text), line);
    }
    [held, heldBytes] = [[], 0];
  };
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let at = 0; at < bytes.length;) {
      const found = bytes.indexOf(newline, at);
      const piece = bytes.subarray(at, found === -1 ? bytes.length : found);
      heldBytes += piece.length;
      if (heldBytes > mostRecordBytes) held = [];
      else held.push(piece);
      if (found !== -1) end();
      at += piece.length + 1;
    }
  }
  if (heldBytes > 0) end();
}

const tooLong: AgentTrace = {
  files: [],
  unresolved: 0,
  overlapping: 0,
  problems: ["the record is longer than any that somebody wrote"],
  revision: undefined,
};

/** A link in a repository must not make its reader read elsewhere. */
function isInside(root: string, file: string): boolean {
  try {
    return lstatSync(file).isFile() && realpathSync(file) === path.join(realpathSync(root), traceFile);
  } catch {
    return false;
  }
}
