import type { FateRecord, HeldCommit, SubjectKind } from "../../protocol/fates.ts";
import type { Origin } from "../../protocol/origin.ts";
import { isSourceFile, isTestFile } from "../coaching/fileKinds.ts";
import type { DemoEdit } from "./history.ts";

/** A made-up commit: what was kept of a stretch of a day's edits. */
export interface DemoCommit {
  readonly day: string;
  /** Seconds since the day began. */
  readonly second: number;
  /** What its message says it is for. */
  readonly subject: SubjectKind;
  /** Places among the edits it was made of. */
  readonly edits: readonly number[];
}

const charsOfLine = 30;
/** Lines that stand or fall together. */
const block = 5;
/** The share of lines that is gone after 90 days. */
const goneAfter90: Readonly<Record<Origin["kind"], number>> = {
  ai: 0.27,
  human: 0.2,
  tooling: 0.16,
  external: 0.22,
  unknown: 0.24,
};
const byOthersShare = 0.35;
const correctiveShare = 0.3;
const revertedShare = 0.03;
const dayMs = 24 * 60 * 60_000;
/** When somebody commits: at other hours each day. */
const committingHours = [[13], [11, 15], [], [10, 13, 16]] as const;
const endOfDay = 19;
/** What parts of days are spent on, one after the other; some commits do not say it. */
const subjects = [
  ...(["feature", "fix", "feature", "feature", "fix", "refactor", "feature", "unknown"] as const),
  ...(["feature", "fix", "tests", "feature", "docs", "fix", "feature", "config", "feature"] as const),
];

/** One to four commits of each day, of the edits that reached one. */
export function demoCommits(edits: readonly DemoEdit[]): DemoCommit[] {
  const parts = new Map<string, number[]>();
  for (const [index, { day, hour, keptChars, followed, origin }] of edits.entries()) {
    const isIn = origin.kind === "ai" ? followed?.committed === "committed" : keptChars > 0;
    if (!isIn) continue;
    const part = `${day} ${hoursOf(day).find((end) => hour < end) ?? endOfDay}`;
    const known = parts.get(part);
    if (known) known.push(index);
    else parts.set(part, [index]);
  }
  return [...parts]
    .map(([part, own]) => {
      const [day, hour] = part.split(" ") as [string, string];
      const number = dayNumber(day) * 2 + hoursOf(day).findIndex((end) => end === Number(hour)) + 1;
      const second = Number(hour) * 3600 + ((number * 37) % 50) * 60;
      return { day, second, subject: subjects[number % subjects.length]!, edits: own };
    })
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : one.second - other.second));
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

function hoursOf(day: string): readonly number[] {
  return committingHours[dayNumber(day) % committingHours.length]!;
}

export function linesKept({ keptChars }: Pick<DemoEdit, "keptChars">): number {
  return Math.ceil(keptChars / charsOfLine);
}

export interface DemoFates {
  readonly repository: string;
  readonly now: number;
  readonly timeOf: (commit: DemoCommit) => number;
  readonly random: () => number;
}

/** What a look at the history of these commits would have found: most lines stay, and most that go, go early. */
export function demoFates(
  edits: readonly DemoEdit[],
  commits: readonly DemoCommit[],
  { repository, now, timeOf, random }: DemoFates,
): FateRecord {
  const origins: Origin[] = [];
  const places = new Map<string, number>();
  const placeOf = (origin: Origin): number => {
    const name = JSON.stringify(origin);
    const known = places.get(name) ?? origins.push(origin) - 1;
    places.set(name, known);
    return known;
  };
  const times: FateRecord["commits"] = [];
  const groups = new Map<string, FateRecord["groups"][number]>();
  const held: HeldCommit[] = [];
  for (const commit of commits) {
    const at = timeOf(commit);
    if (at > now) continue;
    const age = Math.floor((now - at) / dayMs);
    const revertedAfter = Math.floor(1 + random() * 20);
    const isReverted = random() < revertedShare && revertedAfter <= age;
    const number = times.push([at, isReverted ? revertedAfter : null]) - 1;
    const id = `demo${String(number).padStart(12, "0")}`;
    held.push({ id, at, revertedAfter: isReverted ? revertedAfter : null, ...heldBy(commit, edits, number) });
    for (const [origin, all] of linesByOrigin(commit, edits, placeOf)) {
      for (let lines = all; lines > 0; lines -= block) {
        const gone = isReverted
          ? { days: revertedAfter, end: "self" as const, isCorrective: true }
          : endOf(origins[origin]!.kind, age, random);
        const name = [origin, number, gone.days, gone.end, gone.isCorrective].join(" ");
        const known = groups.get(name);
        const own = Math.min(block, lines);
        if (known) known[2] += own;
        else groups.set(name, [origin, number, own, gone.days, gone.end, gone.isCorrective]);
      }
    }
  }
  const looked = { format: 1, repository, at: now, unknown: null, linesSetApart: 412 } as const;
  return { ...looked, origins, commits: times, groups: [...groups.values()], held };
}

/** What was kept of a commit's edits, in words that somebody in a hurry would write: every third says why. */
function heldBy(
  { edits: places, subject }: DemoCommit,
  edits: readonly DemoEdit[],
  number: number,
): Omit<HeldCommit, "id" | "at" | "revertedAfter"> {
  const own = places.map((place) => edits[place]!);
  const files = [...new Set(own.map(({ file }) => file))];
  const source = files.filter(isSourceFile);
  const of = (some: readonly DemoEdit[]) => some.reduce((sum, edit) => sum + linesKept(edit), 0);
  const ofAi = own.filter(({ origin }) => origin.kind === "ai");
  const tools = [...new Set(ofAi.map(toolOf))];
  const lines = of(own);
  return {
    isMine: true,
    isMerge: false,
    subject,
    hasBody: number % 3 === 0,
    namesAi: number % 4 === 0 && ofAi.length > 0,
    isCorrective: subject === "fix",
    files: files.length,
    filesApart: 0,
    added: lines,
    removed: own.reduce((sum, { deletedChars }) => sum + Math.ceil(deletedChars / charsOfLine), 0),
    sourceFiles: source.length,
    testFiles: files.filter(isTestFile).length,
    languages: [
      ...new Set(own.flatMap((edit) => (source.includes(edit.file) ? edit.languageId : []))),
    ].sort(),
    lines,
    known: of(own.filter(({ origin }) => origin.kind !== "unknown")),
    ai: Object.fromEntries(tools.map((tool) => [tool, of(ofAi.filter((edit) => toolOf(edit) === tool))])),
  };
}

function toolOf({ origin }: DemoEdit): string {
  return (origin.kind === "ai" ? origin.tool : undefined) ?? "unknown";
}

function linesByOrigin(
  { edits: places }: DemoCommit,
  edits: readonly DemoEdit[],
  placeOf: (origin: Origin) => number,
): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (const index of places) {
    const edit = edits[index]!;
    const origin = placeOf(edit.origin);
    lines.set(origin, (lines.get(origin) ?? 0) + linesKept(edit));
  }
  return lines;
}

function endOf(
  kind: Origin["kind"],
  age: number,
  random: () => number,
): { readonly days: number; readonly end: "alive" | "self" | "others"; readonly isCorrective: boolean } {
  const goes = random() < goneAfter90[kind];
  // The square root of a lifetime is spread evenly: many go within days.
  const days = Math.floor(90 * random() ** 2);
  const end = random() < byOthersShare ? "others" : "self";
  const isCorrective = random() < correctiveShare;
  if (!goes || days > age) return { days: age, end: "alive", isCorrective: false };
  return { days, end, isCorrective };
}
