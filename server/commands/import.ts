import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { ImportedLines, readImport } from "../../core/notes/importedLines.ts";
import { shownText } from "../../core/report/shownText.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { Git } from "../git/git.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import { importNotes, type ImportedNotes } from "../notes/importNotes.ts";
import { readNotes } from "../notes/readNotes.ts";
import { readTraces } from "../notes/readTraces.ts";
import { noGit } from "./notes.ts";
import { repositoryNamed, whyNone } from "./repository.ts";
import { badInput, done, failed, type CommandResult } from "./usage.ts";

export interface ImportOptions {
  readonly git: Git;
  /** A folder or a file as the command line names it. */
  readonly resolve: (given: string) => string;
  readonly isFolder: (given: string) => boolean;
  /** Throws where the bytes are no UTF-8. */
  readonly readUtf8: (file: string) => string;
}

/** An export is read as a whole. */
const mostBytes = 64 * 1024 * 1024;

/** `kept import`: makes notes of what somebody else says of who wrote what. Only what it would do, unless told to. */
export async function importCommand(args: readonly string[], options: ImportOptions): Promise<CommandResult> {
  let values: { repo?: string | undefined; write?: boolean | undefined; json?: boolean | undefined };
  let given: string[];
  try {
    ({ values, positionals: given } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { repo: { type: "string" }, write: { type: "boolean" }, json: { type: "boolean" } },
    }));
  } catch (thrown) {
    return badInput("kept import", reasonOf(thrown));
  }
  const [source] = given;
  if (source === undefined || given.length > 1)
    return badInput("kept import", "expected one file, or the folder of one other clone");
  const repository = repositoryNamed(values.repo ?? ".", options.resolve);
  if ("exitCode" in repository) return repository;
  const found = await readSource(source, options);
  if (!(found instanceof ImportedLines)) return found;
  if (found.records === 0 && found.problems.size === 0)
    return badInput(source, "nothing in it says who wrote the lines of commits");
  const isWritten = values.write ?? false;
  const imported = await importNotes(found.commits, { git: options.git, root: repository.root, isWritten });
  const result = values.json
    ? done(`${JSON.stringify({ isWritten, ...imported, problems: Object.fromEntries(found.problems) })}\n`)
    : done(inWords(imported, found.problems, isWritten));
  return imported.commits.failed > 0 ? { ...result, exitCode: 1 } : result;
}

async function readSource(source: string, options: ImportOptions): Promise<ImportedLines | CommandResult> {
  const place = options.resolve(source);
  if (options.isFolder(place)) return readClone(place, source, options.git);
  try {
    if (statSync(place).size > mostBytes)
      return badInput(source, "it is longer than 64 MB; export less of it, with --period, or as agent-trace");
    return readImport(options.readUtf8(place));
  } catch (thrown) {
    return badInput(source, reasonOf(thrown));
  }
}

/** What another clone's notes and traces say. Its trailers are in its commits, and come with these. */
async function readClone(place: string, source: string, git: Git): Promise<ImportedLines | CommandResult> {
  const clone = findGitFolder(place);
  if (!clone) return badInput(source, `it is no file, and ${whyNone(place)}`);
  const lines = new ImportedLines();
  const { unread, damaged, failure } = await readNotes(git, clone.root, ({ commit, attribution }) => {
    lines.add(commit, attribution.files);
    for (const problem of attribution.problems) lines.problem(problem);
  });
  if (failure !== undefined) return failed(1, "request.failed", { reason: noGit(failure) });
  for (const ref of damaged) lines.problem(`${ref} of that clone is damaged`);
  unread.forEach(() => lines.problem("the note is too long, or not in that clone"));
  await readTraces(clone.root, ({ revision, files, problems }) => {
    for (const problem of problems) lines.problem(problem);
    if (revision !== undefined) lines.add(revision, files);
  });
  return lines;
}

function inWords(
  { commits, lines, byTool, linesLeft }: ImportedNotes,
  problems: ReadonlyMap<string, number>,
  isWritten: boolean,
): string {
  const count = (number: number) => number.toLocaleString("en");
  const said = (number: number, words: string) => (number > 0 ? [`${words}: ${count(number)}`] : []);
  const notUnderstood = [...problems.values()].reduce((sum, times) => sum + times, 0);
  const isNew = commits.new > 0;
  return [
    `${isWritten ? "Notes that were written" : "Notes that would be written"}: ${count(commits.new)}, of ${count(lines)} lines`,
    ...Object.entries(byTool).map(([tool, number]) => `  ${shownText(tool)}: ${count(number)}`),
    ...said(commits.alreadySo, "Commits whose note says so already"),
    ...said(commits.toldOtherwise, "Commits that have another note, which is left as it is"),
    ...said(commits.notHere, "Commits that are not in this clone"),
    ...said(commits.nothing, "Commits of whose own lines no tool is named"),
    ...said(linesLeft, "Lines that are left out: no tool is named, or their commit did not bring them"),
    ...said(commits.failed, "Notes that git did not take"),
    ...said(notUnderstood, "Not understood"),
    ...[...problems].slice(0, 10).map(([problem, times]) => `  ${shownText(problem)}: ${count(times)}`),
    ...(isNew && !isWritten
      ? ["Nothing was written. Run it again with --write, and the notes are in refs/notes/ai."]
      : []),
    "",
  ].join("\n");
}
