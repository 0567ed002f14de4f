import path from "node:path";
import { parseArgs } from "node:util";
import { CommitOrigins } from "../../core/fate/commitOrigins.ts";
import { FateSums, type OriginFate } from "../../core/fate/fateSums.ts";
import { isSetApart } from "../../core/fate/setApart.ts";
import { declarationsOf } from "../../core/notes/commitTrailers.ts";
import { originKey } from "../../core/originKey.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { readHistory, type HistoryRead } from "../fate/readHistory.ts";
import { readPart } from "../git/gitFiles.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import { historyOf } from "../git/history.ts";
import { readNotes } from "../notes/readNotes.ts";
import { readTraces } from "../notes/readTraces.ts";
import { noGit, type RepositoryOptions } from "./notes.ts";
import { badInput, failed, type CommandResult } from "./usage.ts";

const usualWindows = [14, 21, 30, 90];
/** A commit that rewrites more is the work of a tool. */
const mostFiles = 20;
const mostIgnoredBytes = 1024 * 1024;
const dayMs = 24 * 60 * 60_000;

interface FateAnswer {
  readonly windows: readonly number[];
  readonly byOrigin: readonly OriginFate[];
  /** The share of lines whose origin is known. */
  readonly coverage: number;
  /** Lines of files that nobody writes by hand. They are in no row. */
  readonly linesSetApart: number;
  readonly verdict?: "not enough data";
  readonly reason?: string;
}

/** `kept fate`: what became of the lines of a repository's history, by who brought them. */
export async function fateCommand(
  args: readonly string[],
  options: RepositoryOptions & { readonly now: () => number },
): Promise<CommandResult> {
  let given: { repo?: string | undefined; windows?: string | undefined; json?: boolean | undefined };
  try {
    given = parseArgs({
      args: [...args],
      options: { repo: { type: "string" }, windows: { type: "string" }, json: { type: "boolean" } },
    }).values;
  } catch (thrown) {
    return badInput("kept fate", reasonOf(thrown));
  }
  const windows = given.windows === undefined ? usualWindows : windowsOf(given.windows);
  if (!windows) return badInput("--windows", "expected days such as 14,21,30,90");
  const found = findGitFolder(options.resolve(given.repo ?? "."));
  if (!found) return badInput(given.repo ?? ".", "there is no git repository");
  const print = (answer: FateAnswer): CommandResult => ({
    exitCode: 0,
    stdout: given.json ? `${JSON.stringify(answer)}\n` : inWords(answer),
    stderr: "",
  });
  const nothing = (reason: string) =>
    print({ windows, byOrigin: [], coverage: 0, linesSetApart: 0, verdict: "not enough data", reason });

  const history = historyOf(found);
  if (history !== "complete") return nothing(`the clone is ${history}: it lacks a part of the history`);
  const ignored = readPart(path.join(found.root, ".git-blame-ignore-revs"), 0, mostIgnoredBytes) ?? "";
  const read = await readHistory(options.git, found.root, {
    revision: "HEAD",
    ignored: new Set(ignored.split("\n").map((line) => line.trim())),
    followMoves: true,
    ignoreSpace: true,
    mostFiles,
  });
  if (!read.ok) {
    if (read.why === "failed") return nothing("there is no commit, or git could not read all of them");
    return failed(1, "request.failed", { reason: noGit(read.why) });
  }
  const origins = new CommitOrigins();
  await readNotes(options.git, found.root, ({ commit, attribution }) =>
    origins.addFiles(commit, attribution.files),
  );
  await readTraces(found.root, ({ revision, files }) => {
    if (revision !== undefined) origins.addFiles(revision, files);
  });
  for (const commit of read.commits) {
    // Who assisted did not write all of it.
    const declared = declarationsOf(commit).find(({ part }) => part !== "assisted");
    if (declared) origins.addWhole(commit.id, declared.origin);
  }
  return print(answerOf(read, origins, windows, options.now()));
}

function windowsOf(text: string): number[] | undefined {
  const windows = text.split(",").map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : 0));
  return windows.every((days) => days > 0)
    ? [...new Set(windows)].sort((one, other) => one - other)
    : undefined;
}

function answerOf(
  { commits, lines }: Extract<HistoryRead, { ok: true }>,
  origins: CommitOrigins,
  windows: readonly number[],
  now: number,
): FateAnswer {
  const sums = new FateSums();
  // A clock that was wrong when a commit was made must not make it younger than nothing.
  const end = commits.reduce((latest, { at }) => Math.max(latest, at), now);
  let [all, known, linesSetApart] = [0, 0, 0];
  for (const { commit, path: file, line, end: gone } of lines.lives()) {
    if (isSetApart(file)) {
      linesSetApart++;
      continue;
    }
    const born = commits[commit]!;
    const killer = gone && commits[gone.commit]!;
    const origin = origins.of(born.id, file, line);
    all++;
    if (origin.kind !== "unknown") known++;
    const died = gone?.kind === "died";
    sums.add(
      {
        origin: originKey(origin),
        commit,
        days: daysBetween(born.at, killer?.at ?? end),
        end: gone?.kind ?? "alive",
        by: died ? (killer!.person === born.person ? "self" : "others") : undefined,
        isCorrective: died && killer!.isCorrective,
      },
      daysBetween(born.at, end),
    );
  }
  const coverage = all === 0 ? 0 : Math.round((known / all) * 1e6) / 1e6;
  const answer = { windows, byOrigin: sums.rows(windows), coverage, linesSetApart };
  return all > 0 ? answer : { ...answer, verdict: "not enough data", reason: "there are no lines of text" };
}

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / dayMs));
}

function inWords({ windows, byOrigin, coverage, linesSetApart, verdict, reason }: FateAnswer): string {
  if (verdict) return `Not enough data: ${reason}.\n`;
  const rows = byOrigin.flatMap(({ origin, lines, observed, reworked, survival }) => [
    `${origin}: ${lines.toLocaleString("en")} lines`,
    ...windows.map((days) => {
      const { self, others, corrective } = reworked[days]!;
      const watched = observed[days]!;
      if (watched === 0) return `  ${days} days: not enough data`;
      const alive = survival.find((at) => at.days === days);
      const share = `${percent((self + others) / watched)} of ${watched.toLocaleString("en")} reworked`;
      const parts = `${self} by the same person, ${others} by others, ${corrective} to correct them`;
      const kept =
        alive && `; ${percent(alive.share)} survive (${percent(alive.low)} to ${percent(alive.high)})`;
      return `  ${days} days: ${share} (${parts})${kept ?? ""}`;
    }),
  ]);
  const apart = `Generated, vendored and lock files, counted apart: ${linesSetApart.toLocaleString("en")} lines`;
  return `${[...rows, `Lines whose origin is known: ${percent(coverage)}`, apart].join("\n")}\n`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
