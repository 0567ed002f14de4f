import {
  authorOfTool,
  Claims,
  fieldsOf,
  listOf,
  nobodyKnown,
  parseJson,
  type Attribution,
  type AttributedFile,
  type AttributedRange,
  type Author,
} from "./attribution.ts";
import type { Origin } from "../../protocol/origin.ts";
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

/**
 * Writes what is known of a commit, without what the format asks for and Kept does not know. A record is of one tool, so
 * there is one for each; people's lines are in the first. What is unknown is not written.
 */
export function writeAgentTraces({ id, timestamp, revision, files }: AgentTraceOptions): string[] {
  const keys = new Set(files.flatMap(({ ranges }) => ranges.flatMap(({ origin }) => keyOf(origin) ?? [])));
  const tools = [...keys].filter((key) => key !== people).sort();
  if (tools.length === 0 && keys.has(people)) tools.push(people);
  return tools.map((key, index) => {
    const tool = key === people ? "" : key.slice(aiPrefix.length);
    const isHere = (found: string | undefined) => found === key || (index === 0 && found === people);
    const record = {
      version,
      id: `${id.slice(0, -2)}${index.toString(16).padStart(2, "0").slice(-2)}`,
      timestamp,
      vcs: { type: "git", revision },
      ...(tool !== "" && { tool: { name: tool } }),
      files: files.flatMap(({ path, ranges }) => {
        const conversations = ranges.filter(({ origin }) => isHere(keyOf(origin))).map(conversationOf);
        return conversations.length > 0 ? [{ path, conversations }] : [];
      }),
    };
    return JSON.stringify(record);
  });
}

const people = "human";
const aiPrefix = "ai ";

/** Whose record a line goes into; undefined for lines that nothing is said of. */
function keyOf(origin: Origin): string | undefined {
  if (origin.kind === "ai") return `${aiPrefix}${origin.tool ?? ""}`;
  return origin.kind === "human" ? people : undefined;
}

function conversationOf({ start, end, origin }: AttributedRange) {
  const model = origin.kind === "ai" ? origin.model : undefined;
  return {
    contributor:
      origin.kind === "ai"
        ? { type: "ai", ...(model !== undefined && { model_id: model.slice(0, longestModel) }) }
        : { type: "human" },
    ranges: [{ start_line: start, end_line: end }],
  };
}
