import {
  authorOfTool,
  Claims,
  fieldsOf,
  listOf,
  nobodyKnown,
  parseJson,
  type Attribution,
  type AttributedFile,
  type Author,
} from "./attribution.ts";
import { rangeOf } from "./lineRanges.ts";

const version = "0.1.0";
/** What the format allows for the name of a model. */
const longestModel = 250;

/** One record of an Agent Trace file. The revision is what its lines are counted in. */
export interface AgentTrace extends Attribution {
  /** Undefined where the record names no commit of git. */
  readonly revision: string | undefined;
}

/** Reads one record. Its version, its times and its hashes are not looked at: few writers have them right. */
export function readAgentTrace(text: string): AgentTrace {
  const claims = new Claims();
  const root = fieldsOf(parseJson(text));
  const vcs = fieldsOf(root.get("vcs"));
  const revision = vcs.get("revision");
  if (!Array.isArray(root.get("files"))) claims.problem("the trace has no list of files");
  const tool = fieldsOf(root.get("tool")).get("name");
  for (const file of listOf(root.get("files")).map(fieldsOf)) {
    const path = file.get("path");
    for (const conversation of listOf(file.get("conversations")).map(fieldsOf)) {
      const contributor = conversation.get("contributor");
      for (const given of listOf(conversation.get("ranges")).map(fieldsOf)) {
        const range = rangeOf(given.get("start_line"), given.get("end_line"));
        if (typeof path !== "string" || path === "" || !range) {
          claims.problem("a range has no path or no lines");
          continue;
        }
        const author = authorOf(fieldsOf(given.get("contributor") ?? contributor), tool);
        claims.add(path, { ranges: [range], value: author });
      }
    }
  }
  const isCommit = typeof revision === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
  const isGit = !vcs.has("type") || vcs.get("type") === "git";
  return { ...claims.settle(), revision: isCommit && isGit ? revision : undefined };
}

function authorOf(contributor: ReadonlyMap<string, unknown>, tool: unknown): Author {
  switch (contributor.get("type")) {
    case "ai": {
      const author = authorOfTool(tool, contributor.get("model_id"));
      return author.isResolved ? author : { origin: { kind: "ai" }, isResolved: true };
    }
    case "human":
      return { origin: { kind: "human" }, isResolved: true };
    // Which part of it is whose, the record does not say.
    case "mixed":
    case "unknown":
      return { origin: { kind: "unknown" }, isResolved: true };
    default:
      return nobodyKnown;
  }
}

export interface AgentTraceOptions {
  readonly id: string;
  /** As ISO 8601 has it. */
  readonly timestamp: string;
  /** The commit in which the lines are counted. */
  readonly revision: string;
  readonly files: readonly AttributedFile[];
}

/** Writes one record, without what the format asks for and Kept does not know. */
export function writeAgentTrace({ id, timestamp, revision, files }: AgentTraceOptions): string {
  const record = {
    version,
    id,
    timestamp,
    vcs: { type: "git", revision },
    tool: { name: "kept" },
    files: files.map(({ path, ranges }) => ({
      path,
      conversations: ranges.map(({ start, end, origin }) => ({
        contributor:
          origin.kind === "ai"
            ? {
                type: "ai",
                ...(origin.model === undefined ? {} : { model_id: origin.model.slice(0, longestModel) }),
              }
            : { type: origin.kind === "human" ? "human" : "unknown" },
        ranges: [{ start_line: start, end_line: end }],
      })),
    })),
  };
  return JSON.stringify(record);
}
