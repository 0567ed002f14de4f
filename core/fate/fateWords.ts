import { countOf } from "../countOf.ts";
import type { FateOfOrigin, Fates } from "../../protocol/fates.ts";
import type { OriginKind } from "../../protocol/origin.ts";
import { percent } from "../percent.ts";

const whose: Readonly<Record<OriginKind, string>> = {
  ai: "AI",
  human: "people",
  tooling: "tools of the editor",
  external: "other programs",
  unknown: "nobody known",
};
const unknownWords: Readonly<Record<Fates["unknown"][number]["reason"], string>> = {
  shallow: "shallow clones",
  partial: "partial clones",
  noCommit: "without a commit",
  noGit: "git was not found",
  notTrusted: "not trusted",
  tooLong: "of a longer history than is followed",
  failed: "git gave no answer",
};
/** Below that nothing is said of a share. */
const leastCommits = 20;

/** What became of committed lines, for reports: AI beside people, in the same repositories and at the same time. */
export function fateLines(fates: Fates | null): string[] {
  if (!fates) return [];
  const { repositories, from, to, coverage, kinds, unknown, linesSetApart } = fates;
  const left = unknown.map(({ reason, count }) => `${count} ${unknownWords[reason]}`).join(", ");
  const known = coverage === null ? "no line was found" : `the origin of ${percent(coverage)} is known`;
  return [
    "",
    `Lines committed ${from} to ${to}, in ${repositories === 1 ? "one repository" : `${repositories} repositories`}${left && ` (not in these numbers: ${left})`}; ${known}:`,
    "",
    "| by | lines | commits | reworked in 21 days | survive 90 days | reverted in 30 days |",
    "|---|---:|---:|---|---|---|",
    ...kinds.map((kind) => row(kind)),
    "",
    ...livesLines(fates.lives),
    `Generated, vendored, lock and snapshot files are counted apart: ${countOf(linesSetApart, "line")}.`,
    "Where only a commit's trailer or author names a tool, all lines of that commit count as the tool's, a person's with them.",
  ];
}

function row({ origin, lines, commits, rework, survival, reverts }: FateOfOrigin): string {
  const reworked = rework.find(({ days }) => days === 21);
  const parts =
    reworked && reworked.share && reworked.commits >= leastCommits
      ? `${estimate(reworked.share)}: ${reworked.self} by their author, ${reworked.others} by others, ${reworked.corrective} to correct`
      : tooFew(reworked?.commits ?? 0);
  const surviving = survival.find(({ days }) => days === 90);
  const alive = surviving && commits >= leastCommits ? estimate(surviving) : tooFew(commits);
  const back = reverts.find(({ days }) => days === 30);
  const reverted = `${back?.reverted ?? 0} of ${countOf(back?.of ?? 0, "commit")}`;
  return `| ${whose[origin.kind]} | ${lines} | ${commits} | ${parts} | ${alive} | ${reverted} |`;
}

/** When half is gone, and how much sooner AI's lines go: of each side enough commits or nothing. */
export function livesLines({ halfLives, hazardRatio }: Fates["lives"]): string[] {
  const isEnough = halfLives.every(({ commits }) => commits >= leastCommits);
  return [
    ...halfLives.map(
      (each) => `Half of the lines of ${whose[each.kind]} is gone after: ${halfLifeWords(each)}.`,
    ),
    `Lines of AI are taken away so many times as fast as lines of people: ${
      isEnough && hazardRatio ? ratioWords(hazardRatio) : "not enough data"
    }.`,
  ];
}

export function halfLifeWords({ commits, days, low, high }: Fates["lives"]["halfLives"][number]): string {
  if (commits < leastCommits) return tooFew(commits);
  if (low === null) return `not reached (${countOf(commits, "commit")})`;
  const words = (age: number | null) => (age === null ? "not reached" : countOf(age, "day"));
  return `${words(days)} (${words(low)} to ${words(high)}, ${countOf(commits, "commit")})`;
}

function ratioWords({ value, low, high }: NonNullable<Fates["lives"]["hazardRatio"]>): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function tooFew(commits: number): string {
  return `not enough data (${countOf(commits, "commit")})`;
}

function estimate({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${percent(value)} (${percent(low)} to ${percent(high)})`;
}
