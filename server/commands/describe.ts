import { parseArgs } from "node:util";
import {
  descriptionFormats,
  writeDescription,
  type DescriptionFormat,
} from "../../core/report/descriptionForms.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { PassMemory } from "../fate/passMemory.ts";
import { passOver, type Pass } from "../fate/passOver.ts";
import { commitNamed, commitsBetween, usualStart } from "../git/revisions.ts";
import { describedLines } from "./describedLines.ts";
import { noGit, type RepositoryOptions } from "./notes.ts";
import { repositoryNamed } from "./repository.ts";
import { badInput, done, failed, type CommandResult } from "./usage.ts";

interface Given {
  readonly range: string | undefined;
  readonly repo: string;
  readonly format: DescriptionFormat;
}

/** `kept describe`: what AI did in a branch or a release. It prints and changes nothing. */
export async function describeCommand(
  args: readonly string[],
  options: RepositoryOptions & { readonly now: () => number; readonly openMemory: () => PassMemory },
): Promise<CommandResult> {
  const given = readArguments(args);
  if ("exitCode" in given) return given;
  const { git } = options;
  const found = repositoryNamed(given.repo, options.resolve);
  if ("exitCode" in found) return found;
  const { root } = found;
  const [start, end = "HEAD"] = given.range?.split(/\.\.\.?/) ?? [];
  const to = await commitNamed(git, root, end === "" ? "HEAD" : end);
  if (to === undefined) return badInput(end, "there is no such commit");
  const from = start ? await commitNamed(git, root, start) : await usualStart(git, root, to);
  if (start && from === undefined) return badInput(start, "there is no such commit");
  const commits = await commitsBetween(git, root, { from: from ?? null, to });
  const memory = options.openMemory();
  try {
    const pass = await passOnwards(to, (revision) =>
      passOver(found, {
        git,
        now: options.now(),
        ...(revision === undefined ? {} : { revision }),
        ...memory.of(root),
      }),
    );
    const lacking = pass.ok ? undefined : lacks[pass.why];
    if (lacking !== undefined) return notEnough(lacking, given.format);
    if (!commits || !pass.ok) return failed(1, "request.failed", { reason: whyNot(pass) });
    const lines = describedLines(pass, { root, inRange: commits, memory });
    const reworkedUntil = pass.history.lines.commits[pass.place]!.id;
    const description = lines.describe({ from: from ?? null, to, reworkedUntil, commits: commits.size });
    return done(writeDescription(description, given.format));
  } finally {
    memory.close();
  }
}

/** Up to what is checked out, where that goes on from the end of the range: only then it is known what came of it since. */
async function passOnwards(to: string, over: (revision?: string) => Promise<Pass>): Promise<Pass> {
  const pass = await over();
  if (!pass.ok) return await over(to);
  const place = pass.history.lines.placeOf(to);
  return place !== undefined && pass.fates.isIncluded[place] === 1 ? pass : await over(to);
}

/** What no second try mends. */
const lacks: Readonly<Partial<Record<string, string>>> = {
  shallow: "the clone is shallow: it lacks a part of the history, which `git fetch --unshallow` brings",
  partial: "the clone is partial: it lacks a part of the history",
  tooLong: "the history is longer than what is followed",
};

/** As an answer where somebody reads it, and as a failure where a program takes it for a table. */
function notEnough(reason: string, format: DescriptionFormat): CommandResult {
  if (format === "json") return done(`${JSON.stringify({ verdict: "not enough data", reason })}\n`);
  const sentence = `Not enough data: ${reason}.\n`;
  return format === "markdown" ? done(sentence) : { exitCode: 1, stdout: "", stderr: `kept: ${sentence}` };
}

function whyNot(pass: Pass): string {
  const why = pass.ok ? "failed" : pass.why;
  return noGit(why === "noCommit" ? "failed" : why);
}

function readArguments(args: readonly string[]): Given | CommandResult {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { repo: { type: "string" }, format: { type: "string" }, json: { type: "boolean" } },
    });
    if (positionals.length > 1) return badInput("kept describe", "expected one range, such as main..HEAD");
    const named = values.json === true ? "json" : (values.format ?? "markdown");
    const format = descriptionFormats.find((each) => each === named);
    if (!format) return badInput("--format", `expected one of ${descriptionFormats.join(", ")}`);
    return { range: positionals[0], repo: values.repo ?? ".", format };
  } catch (thrown) {
    return badInput("kept describe", reasonOf(thrown));
  }
}
