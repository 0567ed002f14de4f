import {
  authorOfTool,
  Claims,
  fieldsOf,
  nobodyKnown,
  parseJson,
  type Attribution,
  type Author,
} from "./attribution.ts";
import { formatRanges, parseRanges, type LineRange } from "./lineRanges.ts";

const divider = "---";
const version = "authorship/3.0.0";
const human: Author = { origin: { kind: "human" }, isResolved: true };

/** Reads a note in git-ai's `authorship/3` layout: files and their lines, a divider, and who the keys stand for. */
export function readGitAiNote(text: string): Attribution {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const end = lines.indexOf(divider);
  const claims = new Claims();
  if (end === -1) claims.problem("the note has no divider");
  const authorOf = readAuthors(end === -1 ? undefined : lines.slice(end + 1).join("\n"), claims);
  let path: string | undefined;
  for (const line of end === -1 ? lines : lines.slice(0, end)) {
    if (line === "") continue;
    if (!/^\s/.test(line)) {
      path = unquoted(line);
      continue;
    }
    const [, key, written] = /^\s+(\S+)\s+(\S.*)$/.exec(line) ?? [];
    if (path === undefined) claims.problem("an entry stands before any file");
    else if (key === undefined || written === undefined) claims.problem("an entry has no lines");
    else {
      const { ranges, refused } = parseRanges(written);
      claims.problem("what an entry names is no range of lines", refused);
      if (ranges.length > 0) claims.add(path, { ranges, value: authorOf(key) });
    }
  }
  return claims.settle();
}

function unquoted(line: string): string {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
}

function readAuthors(text: string | undefined, claims: Claims): (key: string) => Author {
  const parsed = text === undefined ? undefined : parseJson(text);
  const metadata = fieldsOf(parsed);
  if (text !== undefined && metadata.size === 0) claims.problem("what follows the divider is no JSON object");
  const written = metadata.get("schema_version");
  if (metadata.size > 0 && !(typeof written === "string" && written.startsWith("authorship/3."))) {
    claims.problem("the note has another version than authorship/3");
  }
  const [sessions, prompts, humans] = ["sessions", "prompts", "humans"].map((name) =>
    fieldsOf(metadata.get(name)),
  );
  const authors = new Map<string, Author>();
  const find = (key: string): Author => {
    const [session] = key.split("::");
    const record = sessions!.get(session!) ?? prompts!.get(key);
    if (record !== undefined) {
      const agent = fieldsOf(fieldsOf(record).get("agent_id"));
      return authorOfTool(agent.get("tool"), agent.get("model"));
    }
    return typeof fieldsOf(humans!.get(key)).get("author") === "string" ? human : nobodyKnown;
  };
  return (key) => {
    const known = authors.get(key) ?? find(key);
    authors.set(key, known);
    return known;
  };
}

export interface GitAiNote {
  readonly writer: string;
  readonly commit: string;
  readonly files: readonly {
    readonly path: string;
    readonly entries: readonly { readonly key: string; readonly ranges: readonly LineRange[] }[];
  }[];
  readonly sessions: ReadonlyMap<
    string,
    { readonly tool: string; readonly id: string; readonly model: string }
  >;
  readonly humans: ReadonlyMap<string, string>;
}

/** Undefined where the layout has no way to write a path. */
export function writeGitAiNote(note: GitAiNote): string | undefined {
  if (note.files.some(({ path }) => /["\r\n]/.test(path) || path === divider)) return undefined;
  const lines = note.files
    .filter(({ entries }) => entries.length > 0)
    .flatMap(({ path, entries }) => [
      /\s/.test(path) ? `"${path}"` : path,
      ...entries.map(({ key, ranges }) => `  ${key} ${formatRanges(ranges)}`),
    ]);
  const metadata = {
    schema_version: version,
    git_ai_version: note.writer,
    base_commit_sha: note.commit,
    prompts: {},
    humans: Object.fromEntries([...note.humans].map(([key, author]) => [key, { author }])),
    sessions: Object.fromEntries(
      [...note.sessions].map(([key, { tool, id, model }]) => [key, { agent_id: { tool, id, model } }]),
    ),
  };
  return `${[...lines, divider, JSON.stringify(metadata, null, 2)].join("\n")}\n`;
}
