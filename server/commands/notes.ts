import { parseArgs } from "node:util";
import { countOf } from "../../core/countOf.ts";
import { withinFiles, type Attribution, type AttributedFile } from "../../core/notes/attribution.ts";
import { shownText } from "../../core/report/shownText.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { CommitScore, ScoresRead } from "../agents/cursorScores.ts";
import type { Git } from "../git/git.ts";
import { fileName, lengthsOfFiles } from "../notes/fileLengths.ts";
import { readDeclarations, type CommitDeclaration } from "../notes/readDeclarations.ts";
import { readNotes } from "../notes/readNotes.ts";
import { readTraces } from "../notes/readTraces.ts";
import type { Output } from "./export.ts";
import { repositoryNamed } from "./repository.ts";
import { badInput, failed, type CommandResult } from "./usage.ts";

export interface RepositoryOptions {
  readonly git: Git;
  /** A folder as the command line names it. */
  readonly resolve: (folder: string) => string;
  readonly openOutput: (file: string | undefined) => Output;
}

export interface NotesOptions extends RepositoryOptions {
  /** What tools count of commits, in all repositories. */
  readonly readScores?: () => ScoresRead;
}

interface NotesProblem {
  readonly commit: string | null;
  readonly source: string;
  readonly reason: string;
}

/** More are counted, not listed. */
const mostProblems = 1000;

/** `kept notes`: what notes, traces and trailers of a repository say of who wrote what. Nothing is stored. */
export async function notesCommand(args: readonly string[], options: NotesOptions): Promise<CommandResult> {
  let given: { repo?: string | undefined; json?: boolean | undefined };
  try {
    given = parseArgs({
      args: [...args],
      options: { repo: { type: "string" }, json: { type: "boolean" } },
    }).values;
  } catch (thrown) {
    return badInput("kept notes", reasonOf(thrown));
  }
  const found = repositoryNamed(given.repo ?? ".", options.resolve);
  if ("exitCode" in found) return found;
  const output = given.json ? options.openOutput(undefined) : undefined;
  // Notes may be longer than what they are of: they are read once for its names, and again when its lengths are known.
  const names = new Set<string>();
  const noteNames = (commit: string, { files }: Attribution) => {
    for (const { path } of files) names.add(fileName(commit, path));
  };
  await readNotes(options.git, found.root, ({ commit, attribution }) => noteNames(commit, attribution));
  await readTraces(found.root, (trace) => noteNames(trace.revision ?? "", trace));
  const lengths = await lengthsOfFiles(options.git, found.root, names);
  const here = (commit: string, attribution: Attribution) =>
    withinFiles(attribution, (path) => lengths.get(fileName(commit, path)));
  const account = new NotesAccount((text) => output?.write(text));
  const { unread, damaged, failure } = await readNotes(
    options.git,
    found.root,
    ({ commit, source, attribution }) => account.add(commit, source, here(commit, attribution)),
  );
  if (failure !== undefined) return failed(1, "request.failed", { reason: noGit(failure) });
  for (const ref of damaged) account.problem(null, "notes", `${ref} is damaged: git has no notes there`);
  for (const commit of unread) account.problem(commit, "notes", "the note is too long, or not in this clone");
  await readTraces(found.root, (trace, line) => {
    if (trace.revision !== undefined) account.add(trace.revision, "agent-trace", here(trace.revision, trace));
    else {
      const [reason = "the record names no commit"] = trace.problems;
      account.problem(null, "agent-trace", `line ${line}: ${reason}`);
    }
  });
  const declared = await readDeclarations(options.git, found.root);
  if (declared.failure !== undefined)
    account.problem(null, "trailers", `the commits were not read: ${noGit(declared.failure)}`);
  const { scores = [], problems = [] } = options.readScores?.() ?? {};
  for (const reason of problems) account.problem(null, "cursor", reason);
  const own = await scoresOfRepository(options.git, found.root, scores);
  if (!output) return { exitCode: 0, stdout: account.inWords(declared.found, own), stderr: "" };
  account.end(declared.found, own);
  return { exitCode: 0, stdout: "", stderr: "" };
}

export function noGit(why: string): string {
  return why === "missing" ? "git was not found in PATH" : `git gave no answer (${why})`;
}

/** Those of commits that are in the repository. */
async function scoresOfRepository(
  git: Git,
  folder: string,
  scores: readonly CommitScore[],
): Promise<readonly CommitScore[]> {
  if (scores.length === 0) return [];
  const input = scores.map(({ sha }) => `${sha}\n`);
  const parts: Buffer[] = [];
  await git.read(
    { folder, command: "cat-file", args: ["--batch-check"], input },
    (part) => void parts.push(part),
  );
  const found = new Set(
    [
      ...Buffer.concat(parts)
        .toString("latin1")
        .matchAll(/^([0-9a-f]+) commit /gm),
    ].map(([, sha]) => sha),
  );
  return scores.filter(({ sha }) => found.has(sha));
}

/** Writes each commit as it is read, and keeps no more than sums. */
export class NotesAccount {
  readonly #write: (text: string) => void;
  readonly #byTool = new Map<string, number>();
  readonly #problems: NotesProblem[] = [];
  /** Which commits were told of, so that what two sources say is not counted twice. */
  readonly #counted = new Map<string, string>();
  #problemsBeyond = 0;
  #entries = 0;
  #lines = 0;
  #unresolved = 0;
  #overlapping = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
    write('{"commits":[');
  }

  add(commit: string, source: string, { files, unresolved, overlapping, problems }: Attribution): void {
    const entry = { sha: commit, source, files: files.map(withEvidence) };
    this.#write(`${this.#entries === 0 ? "" : ","}${JSON.stringify(entry)}`);
    this.#entries++;
    for (const reason of problems) this.problem(commit, source, reason);
    const first = this.#counted.get(commit) ?? source;
    this.#counted.set(commit, first);
    if (first !== source) return;
    this.#unresolved += unresolved;
    this.#overlapping += overlapping;
    for (const { start, end, origin } of files.flatMap(({ ranges }) => ranges)) {
      this.#lines += end - start + 1;
      if (origin.kind !== "ai") continue;
      const tool = origin.tool ?? "unknown";
      this.#byTool.set(tool, (this.#byTool.get(tool) ?? 0) + end - start + 1);
    }
  }

  problem(commit: string | null, source: string, reason: string): void {
    if (this.#problems.length < mostProblems) this.#problems.push({ commit, source, reason });
    else this.#problemsBeyond++;
  }

  end(declared: readonly CommitDeclaration[], counts: readonly CommitScore[]): void {
    const rest = {
      summary: this.#summary(),
      trailers: declared.map(({ commit, ...declaration }) => ({
        sha: commit,
        ...declaration,
        evidence: "matched",
      })),
      counts,
      problems: this.#problems,
      problemsBeyond: this.#problemsBeyond,
    };
    this.#write(`],${JSON.stringify(rest).slice(1)}\n`);
  }

  inWords(declared: readonly CommitDeclaration[], counts: readonly CommitScore[]): string {
    const { commits, lines, byTool, unresolved, overlapping } = this.#summary();
    const commitsDeclared = new Set(declared.map(({ commit }) => commit)).size;
    const all = this.#problems.length + this.#problemsBeyond;
    if (commits + commitsDeclared + counts.length + all === 0)
      return "No notes, traces or trailers were found.\n";
    const tools = Object.entries(byTool).map(
      ([tool, count]) => `  ${shownText(tool)}: ${count.toLocaleString("en")}`,
    );
    const shown = this.#problems
      .slice(0, 10)
      .map(({ commit, source, reason }) => `  ${source} ${commit?.slice(0, 12) ?? ""}: ${shownText(reason)}`);
    return [
      `Notes and traces: ${commits.toLocaleString("en")}, of ${countOf(lines, "line")}`,
      ...tools,
      `Lines whose author is named but not explained: ${unresolved.toLocaleString("en")}`,
      `Lines that several entries claim: ${overlapping.toLocaleString("en")}`,
      `Commits that name a tool as author or in a trailer: ${commitsDeclared.toLocaleString("en")}`,
      ...countedInWords(counts),
      ...(all > 0 ? [`Not understood: ${all.toLocaleString("en")}`, ...shown] : []),
      "",
    ].join("\n");
  }

  #summary() {
    const tools = [...this.#byTool].sort(([, one], [, other]) => other - one);
    return {
      commits: this.#entries,
      lines: this.#lines,
      byTool: Object.fromEntries(tools),
      unresolved: this.#unresolved,
      overlapping: this.#overlapping,
    };
  }
}

function countedInWords(counts: readonly CommitScore[]): string[] {
  if (counts.length === 0) return [];
  const sum = (part: keyof CommitScore["linesAdded"]) =>
    counts.reduce((total, { linesAdded }) => total + linesAdded[part], 0);
  const said = (part: keyof CommitScore["linesAdded"]) => sum(part).toLocaleString("en");
  return [
    `Cursor's own count of ${countOf(counts.length, "commit")}: of ${countOf(sum("all"), "line")} added ${said("agent")} by its agent, ${said("tab")} by Tab, ${said("people")} by people`,
  ];
}

function withEvidence({ path, ranges }: AttributedFile) {
  return { path, ranges: ranges.map((range) => ({ ...range, evidence: "matched" })) };
}
