import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { seededRandom } from "../../../core/seededRandom.ts";
import { findGit } from "../../../server/git/findGit.ts";
import { findGitFolder } from "../../../server/git/gitFolder.ts";
import { Git } from "../../../server/git/git.ts";
import { importCommand } from "../../../server/commands/import.ts";
import { passOver } from "../../../server/fate/passOver.ts";
import { GitPlayground } from "../git/repository.ts";
import type { Share } from "./precision.ts";

export interface CommitsMeasured {
  readonly title: string;
  /** Of the lines that Kept says an agent brought, how many that agent brought. */
  readonly precision: Share;
  /** Of those that agents brought, how many Kept says they did. */
  readonly recall: Share;
  /** Of those, how many Kept says anybody brought. */
  readonly coverage: Share;
}

/** A line that a commit brought, and who wrote it. */
interface Line {
  readonly path: string;
  readonly number: number;
  readonly who: Who;
}
type Who = "human" | "external" | (typeof agents)[number];
interface Made {
  readonly id: string;
  readonly lines: readonly Line[];
}

/** How others tell who wrote the lines of commits. */
export interface SourceOfCommits {
  readonly title: string;
  /** Or of a commit as a whole, in itself. */
  readonly tellsOfLines: boolean;
  /** What is said in a commit of what agents brought, as options of git's. */
  readonly inCommit?: (writers: readonly Who[]) => readonly string[];
  readonly afterwards?: (
    play: GitPlayground,
    repository: string,
    commits: readonly Made[],
  ) => Promise<void> | void;
}

const agents = ["claude-code", "codex", "cursor"] as const;
const identities = {
  "claude-code": "Claude <noreply@anthropic.com>",
  codex: "Codex <noreply@openai.com>",
  cursor: "Cursor Agent <cursoragent@cursor.com>",
} as const;
const git = new Git({
  program: findGit(process.platform, process.env),
  environment: process.env,
  isTrusted: () => true,
});

export const sourcesOfCommits: readonly SourceOfCommits[] = [
  {
    title: "notes of git-ai",
    tellsOfLines: true,
    afterwards: (play, repository, commits) => {
      for (const { id, lines } of commits) note(play, repository, ["ai", id, gitAiNote(lines)]);
    },
  },
  {
    title: "notes of agentblame",
    tellsOfLines: true,
    afterwards: (play, repository, commits) => {
      for (const { id, lines } of commits) note(play, repository, ["agentblame", id, agentblameNote(lines)]);
    },
  },
  {
    title: "Agent Trace",
    tellsOfLines: true,
    afterwards: (play, repository, commits) => {
      const folder = play.at(repository, ".agent-trace");
      mkdirSync(folder);
      writeFileSync(path.join(folder, "traces.jsonl"), commits.flatMap(traces).join("\n"));
    },
  },
  {
    title: "kept import of Agent Trace",
    tellsOfLines: true,
    afterwards: async (play, repository, commits) => {
      play.write("", "traces.jsonl", commits.flatMap(traces).join("\n"));
      const { exitCode, stderr } = await importCommand(["traces.jsonl", "--repo", repository, "--write"], {
        git,
        resolve: (given) => play.at(given),
        isFolder: (given) => given === play.at(repository),
        readUtf8: (file) => readFileSync(file, "utf8"),
      });
      if (exitCode !== 0) throw new Error(stderr);
    },
  },
  {
    title: "trailers and authors of commits",
    tellsOfLines: false,
    inCommit: (writers) => {
      const [agent] = writers.filter(isAgent);
      if (agent === undefined) return [];
      return writers.includes("human")
        ? ["--trailer", `Co-authored-by: ${identities[agent]}`]
        : [`--author=${identities[agent]}`];
    },
  },
];

const commitsMade = 50;

/** A made history, what others tell of it in one way at a time, and what Kept says of each line that a commit brought. */
export class CommitCorpus {
  readonly #play = new GitPlayground();
  /** Of which nothing is said in the commits themselves: it is made once. */
  #plain: readonly Made[] | undefined;
  #copies = 0;

  async measure(source: SourceOfCommits, { isOffByOne = false } = {}): Promise<CommitsMeasured> {
    const name = `copy ${this.#copies++}`;
    const made = this.#history(source, name);
    const moved = ({ id, lines }: Made) => ({
      id,
      lines: isOffByOne ? lines.map((line) => ({ ...line, number: line.number + 1 })) : lines,
    });
    const told = made.filter((_, index) => isTold(index)).map(moved);
    await source.afterwards?.(this.#play, name, told);
    const pass = await passOver(findGitFolder(this.#play.at(name))!, {
      ...{ git, now: Date.UTC(2030, 0, 1), nameOf: (text: string) => text, uuid: () => "one" },
      file: undefined,
    });
    if (!pass.ok) throw new Error(pass.why);
    const [precision, recall, coverage] = [countNone(), countNone(), countNone()];
    for (const { id, lines } of made)
      for (const { path: file, number, who } of lines) {
        const said = pass.origins.of(id, file, number);
        const isRight = said.kind === "ai" && said.tool === who;
        if (said.kind === "ai") add(precision, isRight);
        if (!isAgent(who)) continue;
        add(recall, isRight);
        add(coverage, said.kind !== "unknown" && said.kind !== "external");
      }
    return { title: source.title, precision, recall, coverage };
  }

  remove(): void {
    this.#play.remove();
  }

  #history({ inCommit }: SourceOfCommits, name: string): readonly Made[] {
    if (inCommit) return makeHistory(this.#play, name, inCommit);
    this.#plain ??= makeHistory(this.#play, "plain", () => []);
    cpSync(this.#play.at("plain"), this.#play.at(name), { recursive: true });
    return this.#plain;
  }
}

/** One in ten is told of by nobody. */
function isTold(index: number): boolean {
  return index % 10 !== 9;
}

/** People, agents and other programs write lines that are like no others into a few files, mostly one of them in a commit. */
function makeHistory(
  play: GitPlayground,
  repository: string,
  inCommit: NonNullable<SourceOfCommits["inCommit"]>,
): Made[] {
  const random = seededRandom(11);
  const upTo = (limit: number) => Math.floor(random() * limit);
  play.make(repository);
  const files = ["src/a.ts", "src/b c.ts", "é.ts"];
  const texts = new Map(files.map((file) => [file, ["first", "last"]]));
  for (const [file, lines] of texts) play.write(repository, file, `${lines.join("\n")}\n`);
  play.commit(repository, "readme", "made\n");
  const writers = new Map<string, Who>();
  let words = 0;
  const everybody: readonly Who[] = ["human", "human", "external", ...agents, ...agents, ...agents];
  const made: Made[] = [];
  for (let commit = 0; commit < commitsMade; commit++) {
    const first = everybody[upTo(everybody.length)]!;
    const at = upTo(4) === 0 && isAgent(first) ? [first, "human" as const] : [first];
    const fresh = new Set<string>();
    for (const who of at)
      for (let edit = 0; edit <= upTo(3); edit++) {
        const file = files[upTo(files.length)]!;
        const added = Array.from({ length: 1 + upTo(5) }, () => `line ${++words} of ${upTo(1000)}`);
        for (const line of added) {
          writers.set(line, who);
          fresh.add(line);
        }
        const lines = texts.get(file)!;
        lines.splice(upTo(lines.length + 1), upTo(3) === 0 ? 1 : 0, ...added);
      }
    for (const [file, lines] of texts) play.write(repository, file, `${lines.join("\n")}\n`);
    const said = isTold(commit) ? inCommit(at) : [];
    const id = play.commit(repository, "readme", `made ${commit}\n`, ...said);
    const lines = [...texts].flatMap(([file, all]) =>
      all.flatMap((line, index) =>
        fresh.has(line) ? [{ path: file, number: index + 1, who: writers.get(line)! }] : [],
      ),
    );
    made.push({ id, lines });
  }
  return made;
}

function isAgent(who: Who): who is (typeof agents)[number] {
  return agents.some((agent) => agent === who);
}

function isAgents({ who }: Line): boolean {
  return isAgent(who);
}

function note(
  play: GitPlayground,
  repository: string,
  [ref, commit, text]: readonly [ref: string, commit: string, text: string],
): void {
  play.write("", "note", text);
  play.run(repository, "notes", `--ref=${ref}`, "add", "-F", play.at("note"), commit);
}

function agentblameNote(lines: readonly Line[]): string {
  const attributions = lines.filter(isAgents).map(({ path: file, number, who }) => ({
    ...{ path: file, startLine: number, endLine: number },
    ...{ category: "ai_generated", provider: who, model: "m" },
  }));
  return JSON.stringify({ version: 2, attributions });
}

/** As authorship/3.0.0 has it, with people among its authors. */
function gitAiNote(lines: readonly Line[]): string {
  const named = lines.filter(({ who }) => who !== "external");
  const key = (who: Who) => (who === "human" ? "h_0123456789abcd" : `s_${agentKey(who)}::t_1`);
  const files = [...new Set(named.map((line) => line.path))].map((file) => {
    const own = named.filter((line) => line.path === file);
    const entries = [...new Set(own.map(({ who }) => who))].map((who) => {
      const numbers = own.filter((line) => line.who === who).map(({ number }) => number);
      return `  ${key(who)} ${numbers.join(",")}`;
    });
    return [file.includes(" ") ? `"${file}"` : file, ...entries].join("\n");
  });
  const sessions = Object.fromEntries(
    agents.map((tool) => [`s_${agentKey(tool)}`, { agent_id: { tool, id: "any", model: "m" } }]),
  );
  const metadata = {
    ...{ schema_version: "authorship/3.0.0", git_ai_version: "1", base_commit_sha: "0".repeat(40) },
    ...{ prompts: {}, sessions, humans: { h_0123456789abcd: { author: "Ada <ada@example.org>" } } },
  };
  return `${files.join("\n")}\n---\n${JSON.stringify(metadata)}\n`;
}

function agentKey(who: Who): string {
  return Buffer.from(who).toString("hex").slice(0, 14).padEnd(14, "0");
}

/** A record is of one tool. */
function traces({ id, lines }: Made): string[] {
  return agents.flatMap((tool) => {
    const own = lines.filter(({ who }) => who === tool);
    if (own.length === 0) return [];
    const files = [...new Set(own.map((line) => line.path))].map((file) => ({
      path: file,
      conversations: [
        {
          contributor: { type: "ai", model_id: "vendor/m" },
          ranges: own
            .filter((line) => line.path === file)
            .map(({ number }) => ({ start_line: number, end_line: number })),
        },
      ],
    }));
    const vcs = { type: "git", revision: id };
    return JSON.stringify({ version: "0.1.0", id: "any", vcs, tool: { name: tool }, files });
  });
}

interface Count {
  of: number;
  are: number;
}

function countNone(): Count {
  return { of: 0, are: 0 };
}

function add(count: Count, is: boolean): void {
  count.of++;
  if (is) count.are++;
}
