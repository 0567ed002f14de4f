import { parseArgs } from "node:util";
import { countOf } from "../../core/countOf.ts";
import { fateRows, languageRows, sumLines, type OriginFate } from "../../core/fate/fateSums.ts";
import { likelyOrigins, type LikelyOrigins } from "../../core/fate/likelyOrigins.ts";
import { revertedCommits } from "../../core/fate/reverts.ts";
import { revertRows, type RevertRow } from "../../core/fate/revertRows.ts";
import { shownText } from "../../core/report/shownText.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { lookAtHistory } from "../fate/lookAtHistory.ts";
import type { Pass } from "../fate/passOver.ts";
import type { PassMemory } from "../fate/passMemory.ts";
import { noGit, type RepositoryOptions } from "./notes.ts";
import { repositoryNamed } from "./repository.ts";
import { badInput, failed, type CommandResult } from "./usage.ts";

/** The rest is in the JSON. */
const mostReverts = 10;
const usualWindows = [14, 21, 30, 90];
export interface FateAnswer {
  readonly windows: readonly number[];
  readonly byOrigin: readonly OriginFate[];
  /** The same by language, too. */
  readonly byLanguage: ReturnType<typeof languageRows>;
  /** Commits that were taken back and stayed so, the latest first. */
  readonly reverts: readonly RevertRow[];
  /** Whose lines fixes took out: where mistakes may have come from, and how much is to be held of that. */
  readonly likelyOrigins: LikelyOrigins;
  /** The share of lines whose origin is known. */
  readonly coverage: number;
  /** Lines of which only their commit's trailer or author says whose they are: a person's may be among them. */
  readonly linesSaidByCommit: number;
  /** Lines of files that nobody writes by hand. They are in no row. */
  readonly linesSetApart: number;
  readonly verdict?: "not enough data";
  readonly reason?: string;
}

/** `kept fate`: what became of the lines of a repository's history, by who brought them. */
export async function fateCommand(
  args: readonly string[],
  options: RepositoryOptions & { readonly now: () => number; readonly openMemory: () => PassMemory },
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
  const found = repositoryNamed(given.repo ?? ".", options.resolve);
  if ("exitCode" in found) return found;
  const print = (answer: FateAnswer): CommandResult => ({
    exitCode: 0,
    stdout: given.json ? `${JSON.stringify(answer)}\n` : fateInWords(answer),
    stderr: "",
  });
  const nothing = (reason: string) =>
    print({
      windows,
      byOrigin: [],
      byLanguage: [],
      reverts: [],
      likelyOrigins: { fixes: 0, untraced: 0, rows: [] },
      coverage: 0,
      linesSaidByCommit: 0,
      linesSetApart: 0,
      verdict: "not enough data",
      reason,
    });

  const memory = options.openMemory();
  try {
    const pass = await lookAtHistory(found, {
      git: options.git,
      now: options.now(),
      ...memory.of(found.root),
    });
    if (pass.ok) return print(answerOf(pass, windows));
    switch (pass.why) {
      case "shallow":
      case "partial":
        return nothing(`the clone is ${pass.why}: it lacks a part of the history`);
      case "tooLong":
        return nothing("the history is longer than what is followed");
      case "noCommit":
        return nothing("there is no commit, or git could not read all of them");
      default:
        return failed(1, "request.failed", { reason: noGit(pass.why) });
    }
  } finally {
    memory.close();
  }
}

function windowsOf(text: string): number[] | undefined {
  const windows = text.split(",").map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : 0));
  return windows.every((days) => days > 0)
    ? [...new Set(windows)].sort((one, other) => one - other)
    : undefined;
}

function answerOf(pass: Extract<Pass, { ok: true }>, windows: readonly number[]): FateAnswer {
  const { grouped, history, fates, origins, isSetApart } = pass;
  const { groups, linesSetApart } = grouped;
  const all = sumLines(groups);
  const known = sumLines(groups.filter(({ origin }) => origin.kind !== "unknown"));
  const coverage = all === 0 ? 0 : Math.round((known / all) * 1e6) / 1e6;
  const { facts, lines } = history;
  const { commits } = lines;
  const named = { commits, reverts: facts.map(({ reverts }) => reverts), isIncluded: fates.isIncluded };
  const answer = {
    windows,
    byOrigin: fateRows(groups, windows),
    byLanguage: languageRows(groups, windows),
    reverts: revertRows({ commits, reverted: revertedCommits(named), groups }),
    likelyOrigins: likelyOrigins({ fates, commits, facts, origins, isSetApart }),
    coverage,
    linesSaidByCommit: sumLines(groups.filter(({ origin }) => origins.isOfWhole(origin))),
    linesSetApart,
  };
  return all > 0 ? answer : { ...answer, verdict: "not enough data", reason: "there are no lines of text" };
}

export function fateInWords(answer: FateAnswer): string {
  const { windows, byOrigin, byLanguage, reverts, coverage, linesSetApart, verdict, reason } = answer;
  if (verdict) return `Not enough data: ${reason}.\n`;
  const rows = byOrigin.flatMap(({ origin, lines, observed, reworked, survival }) => [
    `${shownText(origin)}: ${countOf(lines, "line")}`,
    ...windows.map((days) => {
      const { self, others, corrective } = reworked[days]!;
      const watched = observed[days]!;
      if (watched === 0) return `  ${countOf(days, "day")}: not enough data`;
      const alive = survival.find((at) => at.days === days);
      const share = `${percent((self + others) / watched)} of ${watched.toLocaleString("en")} reworked`;
      const parts = `${self} by the same person, ${others} by others, ${corrective} to correct them`;
      const kept =
        alive && `; ${percent(alive.share)} survive (${percent(alive.low)} to ${percent(alive.high)})`;
      return `  ${countOf(days, "day")}: ${share} (${parts})${kept ?? ""}`;
    }),
  ]);
  const apart = `Generated, vendored and lock files, counted apart: ${countOf(linesSetApart, "line")}`;
  rows.push("By language:", ...byLanguage.map((row) => languageInWords(row, windows)));
  rows.push(
    `Commits that were reverted: ${reverts.length}`,
    ...reverts.slice(0, mostReverts).map(revertInWords),
    ...fixesInWords(answer.likelyOrigins),
  );
  rows.push(`Lines whose origin is known: ${percent(coverage)}`);
  if (answer.linesSaidByCommit > 0)
    rows.push(
      `Of these only the commit's trailer or author says it, which is of all lines of a commit, a person's with them: ${countOf(answer.linesSaidByCommit, "line")}`,
    );
  return `${[...rows, apart].join("\n")}\n`;
}

function languageInWords(
  { language, origin, lines, observed, reworked }: FateAnswer["byLanguage"][number],
  windows: readonly number[],
): string {
  const shares = windows.flatMap((days) => {
    const watched = observed[days]!;
    const { self, others } = reworked[days]!;
    const share = percent((self + others) / watched);
    return watched === 0 ? [] : [`${share} of ${watched.toLocaleString("en")} in ${countOf(days, "day")}`];
  });
  const told = shares.length > 0 ? `reworked ${shares.join(", ")}` : "not enough data";
  return `  ${language}, ${shownText(origin)}: ${countOf(lines, "line")}; ${told}`;
}

function revertInWords({ commit, by, days, byOrigin }: RevertRow): string {
  const whose = byOrigin.map(({ origin, lines }) => `${shownText(origin)} ${lines.toLocaleString("en")}`);
  const lines = whose.length > 0 ? ` (lines: ${whose.join(", ")})` : "";
  return `  ${commit.slice(0, 12)} by ${by.slice(0, 12)} after ${countOf(days, "day")}${lines}`;
}

/** By origin: in how many fixes lines of it went. */
function fixesInWords({ fixes, untraced, rows }: LikelyOrigins): string[] {
  const byOrigin = new Map<string, LikelyOrigins["rows"][number][]>();
  for (const row of rows) byOrigin.set(row.origin, [...(byOrigin.get(row.origin) ?? []), row]);
  return [
    `Fixes: ${fixes}, of which ${untraced} took out no line that can be asked about. Likely origins of what they mended:`,
    ...[...byOrigin].map(([origin, own]) => {
      const medium = own.filter(({ confidence }) => confidence === "medium").length;
      return `  ${shownText(origin)}: in ${own.length} (with medium confidence in ${medium}, else low)`;
    }),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
