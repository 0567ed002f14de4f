import { grouped } from "../grouped.ts";
import type { RiskTier } from "../../protocol/policy.ts";
import type { Summary } from "../../protocol/summary.ts";
import { addDays, localDay } from "../day.ts";
import { measureSummary } from "../metrics/measureSummary.ts";
import { shareOf, type SummaryRow } from "../summary/summary.ts";
import { titleOfTool } from "../tools/toolTitle.ts";
import type { Values } from "./evaluate.ts";
import { areaOf, isContextFile, isSourceFile, isTestFile, nameOf } from "./fileKinds.ts";
import { daysOfMuchSource } from "./measures.ts";
import {
  dayOf,
  isAi,
  isReadableBlock,
  meanOf,
  undoneBelow,
  type CommittedLines,
  type RecentEdit,
} from "./recentEdits.ts";
import type { Part } from "./part.ts";
import { branch, type BranchAhead } from "./recentBranch.ts";
import { firstRun } from "./firstRuns.ts";
import { duplicate, problems, review, type Duplicate, type NewProblems, type Review } from "./openTexts.ts";
import { idleServer, type ToolServer } from "./recentServers.ts";
import {
  bent,
  briefing,
  glance,
  isRun,
  retry,
  secrets,
  unplanned,
  type ToolActivity,
} from "./recentSteps.ts";
import { costly, heavy, type RecentTask } from "./recentTasks.ts";
import { outside, thrash, type ApprovedTools } from "./recentTools.ts";

/** A file with AI lines that are in no commit. */
export interface UncommittedFile {
  readonly uri: string;
  readonly path: string;
  readonly lines: number;
  readonly unread: number;
  /** Dependencies that it names and the last commit does not; absent where that is not known. */
  readonly newDependencies?: number;
  /** How much care its repository needs, where somebody said. */
  readonly tier?: RiskTier;
}

/** A file that briefs agents, as it is now. */
export interface ContextFile {
  readonly uri: string;
  readonly lines: number;
  /** Paths it names that are not there. */
  readonly missing: number;
}

export interface Situation {
  readonly now: number;
  readonly utcOffsetMinutes: number;
  /** The last 30 days, of everywhere. */
  readonly summary: Summary;
  /** The sums it was made from. */
  readonly rows: readonly (SummaryRow & { readonly languageId: string })[];
  /** Of the last 30 days, newest first. */
  readonly edits: readonly RecentEdit[];
  readonly commits: readonly CommittedLines[];
  readonly uncommitted: readonly UncommittedFile[];
  readonly contextFiles: readonly ContextFile[];
  /** Those with anything in the last 30 days. */
  readonly tasks: readonly RecentTask[];
  /**
   * Tokens by a tool's session, as far as its own records tell of them: what went in without what was read from a cache, and
   * what came out.
   */
  readonly sessionTokens: ReadonlyMap<string, { readonly input: number; readonly output: number }>;
  /** What the branch that is checked out is ahead of the one it goes to; null where that is not known. */
  readonly branch: BranchAhead | null;
  /** The folders whose policy names the tools that it allows. */
  readonly approved: readonly ApprovedTools[];
  /** What tools' own records tell of the last 30 days. */
  readonly activity: ToolActivity;
  /** Tool servers that the folders' configurations name. */
  readonly servers: readonly ToolServer[];
  /** Errors that AI edits brought; undefined where no editor tells of errors. */
  readonly problems: readonly NewProblems[] | undefined;
  readonly duplicates: readonly Duplicate[];
  /** Null where it is not noted. */
  readonly review: Review | null;
  /** When a test task last ended. */
  readonly testedAt: number | null;
  /** Whether it is noted what is on screen. */
  readonly isSeenNoted: boolean;
}

/** What is known, and the files it is about. */
export interface Facts {
  readonly values: Values;
  /** By the first part of the names. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly tools: ReadonlySet<string>;
  readonly languages: ReadonlySet<string>;
  /** Of the last thirty days, those with AI edits. */
  readonly daysWithAi: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const leastInGroup = 10;
const mostLookedAt = 10;

/** Everything a condition can speak of. What is not known is not in it. */
export function factsOf(situation: Situation): Facts {
  const parts: Readonly<Record<string, Part>> = {
    uncommitted: uncommitted(situation),
    checkpoint: checkpoint(situation),
    unseen: unseen(situation),
    rewritten: rewritten(situation),
    undone: undone(situation),
    drift: drift(situation),
    untested: untested(situation),
    contextFile: contextFile(situation),
    machineContext: machineContext(situation),
    spiky: spiky(situation),
    sensitive: sensitive(situation),
    sticks: sticks(situation),
    cache: cache(situation),
    heavy: heavy(situation.tasks, situation.now),
    costly: costly(situation.tasks, situation.now),
    thrash: thrash(situation.edits, situation.now),
    branch: branch(situation.branch),
    outside: outside(situation.edits, situation.approved, situation.now),
    retry: retry(situation.activity, situation.now),
    unplanned: unplanned(situation.activity, situation.now),
    bent: bent(situation.activity, situation.now),
    glance: glance(situation.activity, situation.now),
    briefing: briefing(situation.activity),
    secrets: secrets(situation.activity, situation.now),
    idleServer: idleServer(situation.servers, situation.activity, situation.now),
    firstRun: firstRun(situation.activity.steps, situation.edits),
    problems: problems(situation.problems),
    duplicate: duplicate(situation.duplicates),
    review: review(situation.review),
  };
  const ai = situation.edits.filter(isAi);
  return {
    values: new Map([
      ...sums(situation.summary),
      ...Object.values(parts).flatMap(({ values }) => Object.entries<number | string>(values)),
    ]),
    files: new Map(
      Object.entries(parts).flatMap(([name, { files }]) => (files?.length ? [[name, files]] : [])),
    ),
    tools: new Set(ai.flatMap(({ tool }) => tool ?? [])),
    languages: new Set(ai.map(({ languageId }) => languageId)),
    daysWithAi: new Set(
      situation.rows.flatMap(({ kind, edits, day }) => (kind === "ai" && edits > 0 ? day : [])),
    ).size,
  };
}

function sums(summary: Summary): [string, number][] {
  const found: [string, number][] = [];
  const put = (name: string, value: number | null | undefined) => {
    if (value !== null && value !== undefined && Number.isFinite(value)) found.push([name, value]);
  };
  for (const kind of ["ai", "human", "tooling", "external", "unknown"] as const) {
    put(
      `${kind}.chars`,
      summary.days.reduce((sum, { inserted }) => sum + inserted[kind], 0),
    );
  }
  put("ai.edits", summary.funnel.edits);
  put("kept.share", summary.keptAi.needsMore === 0 ? summary.keptAi.value : null);
  put("kept.n", summary.keptAi.n);
  put("today.kept", summary.keptAiToday.needsMore === 0 ? summary.keptAiToday.value : null);
  put("today.n", summary.keptAiToday.n);
  for (const { id, value, low, high, n } of measureSummary(summary)) {
    put(id, value);
    put(`${id}.low`, low);
    put(`${id}.high`, high);
    put(`${id}.n`, n);
  }
  return found;
}

function uncommitted({ uncommitted: files }: Situation): Part {
  return {
    values: {
      "uncommitted.lines": sum(files.map(({ lines }) => lines)),
      "uncommitted.files": files.length,
      "uncommitted.unread": sum(files.map(({ unread }) => unread)),
    },
    files: files.map(({ uri }) => uri),
  };
}

function checkpoint({ edits, commits, testedAt, activity, now }: Situation): Part {
  const ranAt = activity.steps.findLast(isRun)?.at ?? 0;
  const since = Math.max(now - dayMs / 2, testedAt ?? 0, ranAt, ...commits.map(({ at }) => at));
  const waiting = edits
    .filter((edit) => isAi(edit) && isOfTurn(edit) && edit.isWaiting && edit.keptChars > 0 && edit.at > since)
    .sort((one, other) => one.at - other.at);
  const [first] = waiting;
  return {
    values: {
      "checkpoint.turns": turnsOf(waiting),
      "checkpoint.edits": waiting.length,
      "checkpoint.minutes": first ? (now - first.at) / minuteMs : 0,
    },
    files: filesOf(waiting),
  };
}

function isOfTurn({ mode }: RecentEdit): boolean {
  return mode === "agent" || mode === "chat" || mode === "inlineChat";
}

/** Edits within a minute of each other are one turn. They come in the order of time. */
function turnsOf(edits: readonly RecentEdit[]): number {
  return edits.filter(({ at }, index) => index === 0 || at - edits[index - 1]!.at > minuteMs).length;
}

function unseen(situation: Situation): Part {
  if (!situation.isSeenNoted) return { values: {} };
  const { day: today } = localDay({ at: situation.now, utcOffsetMinutes: situation.utcOffsetMinutes });
  const blocks = situation.edits.filter(
    (edit) => dayOf(edit) === today && isReadableBlock(edit, situation.now) && !edit.isSeen,
  );
  return {
    values: { "unseen.blocks": blocks.length, "unseen.lines": sum(blocks.map(({ lines }) => lines ?? 0)) },
    files: filesOf(blocks),
  };
}

function rewritten({ edits }: Situation): Part {
  const told = edits.filter((edit) => isAi(edit) && edit.tool !== null && edit.survival !== null);
  const average = survivalOf(told);
  const [worst] = [...byToolAndLanguage(told)]
    .filter(([, own]) => own.length >= leastInGroup)
    .map(([, own]) => ({ own, survival: survivalOf(own)! }))
    .sort((one, other) => one.survival - other.survival);
  if (!worst || average === undefined) return { values: {} };
  return {
    values: {
      "rewritten.tool": titleOfTool(worst.own[0]!.tool!),
      "rewritten.language": worst.own[0]!.languageId,
      "rewritten.survival": worst.survival,
      "rewritten.average": average,
      "rewritten.n": worst.own.length,
    },
    files: filesOf([...worst.own].sort((one, other) => one.survival! - other.survival!)).slice(0, 3),
  };
}

function survivalOf(edits: readonly RecentEdit[]): number | undefined {
  return meanOf(edits.flatMap(({ survival }) => survival ?? []));
}

function undone({ edits }: Situation): Part {
  const last = edits.filter((edit) => isAi(edit) && edit.noRevert !== null).slice(0, mostLookedAt);
  const gone = last.filter(({ noRevert }) => noRevert! < undoneBelow);
  return { values: { "undone.edits": gone.length, "undone.of": last.length }, files: filesOf(gone) };
}

function drift({ edits, sessionTokens }: Situation): Part {
  const latest = edits.find((edit) => isAi(edit) && edit.session !== null);
  if (!latest) return { values: {} };
  const session = edits.filter((edit) => isAi(edit) && edit.session === latest.session).reverse();
  const told = session.filter(({ survival }) => survival !== null);
  const requests = new Set(session.flatMap(({ request }) => request ?? [])).size;
  const tokens = sessionTokens.get(latest.session!);
  const early = survivalOf(told.slice(0, mostLookedAt));
  const late = survivalOf(told.slice(-mostLookedAt));
  return {
    values: {
      "drift.turns": Math.max(requests, turnsOf(session)),
      "drift.edits": told.length,
      ...(tokens && { "drift.input": tokens.input }),
      ...(tokens && tokens.output > 0 && { "drift.ratio": tokens.input / tokens.output }),
      ...(early === undefined || late === undefined ? {} : { "drift.early": early, "drift.late": late }),
    },
  };
}

function untested({ edits, uncommitted: files, now, utcOffsetMinutes }: Situation): Part {
  const { day: today } = localDay({ at: now, utcOffsetMinutes });
  const source = files.filter(({ path }) => isSourceFile(path));
  const tests = edits.filter(({ path }) => isTestFile(path));
  const from = addDays(today, -13);
  return {
    values: {
      "untested.lines": sum(source.map(({ lines }) => lines)),
      "untested.tests": new Set(tests.filter((edit) => dayOf(edit) === today).map(({ uri }) => uri)).size,
      "untested.days": daysOfMuchSource(edits).filter(({ day, isTested }) => day >= from && !isTested).length,
      "untested.known": new Set(tests.map(({ uri }) => uri)).size,
    },
    files: filesOf(tests).slice(0, 1),
  };
}

function contextFile({ contextFiles }: Situation): Part {
  const [longest] = [...contextFiles].sort(
    (one, other) =>
      Number(other.missing > 0) - Number(one.missing > 0) ||
      other.lines - one.lines ||
      other.missing - one.missing,
  );
  if (!longest) return { values: {} };
  return {
    values: {
      "contextFile.name": nameOf(longest.uri),
      "contextFile.lines": longest.lines,
      "contextFile.missing": longest.missing,
    },
    files: [longest.uri],
  };
}

const muchAtOnce = 60;

function machineContext({ edits, now }: Situation): Part {
  const found = edits.find(
    (edit) =>
      isAi(edit) &&
      isContextFile(edit.path) &&
      (edit.lines ?? 0) >= muchAtOnce &&
      now - edit.at >= dayMs &&
      !edits.some(({ uri, kind, at }) => uri === edit.uri && kind === "human" && at > edit.at),
  );
  if (!found) return { values: {} };
  return {
    values: { "machineContext.name": nameOf(found.uri), "machineContext.lines": found.lines! },
    files: [found.uri],
  };
}

function spiky({ commits, now }: Situation): Part {
  const week = (ago: number) =>
    commits
      .filter(({ at }) => at <= now - ago * 7 * dayMs && at > now - (ago + 1) * 7 * dayMs)
      .map(({ aiLines }) => aiLines)
      .sort((one, other) => other - one);
  const shareOfTwo = (lines: readonly number[]) =>
    sum(lines) > 0 ? sum(lines.slice(0, 2)) / sum(lines) : undefined;
  const [last, before] = [week(0), week(1)];
  const [share, shareBefore] = [shareOfTwo(last), shareOfTwo(before)];
  return {
    values: {
      "spiky.lines": sum(last),
      ...(share === undefined ? {} : { "spiky.share": share }),
      ...(shareBefore === undefined ? {} : { "spiky.before": shareBefore }),
    },
  };
}

/** In a sandbox no area needs care; in the enhanced tier all code does. */
function careOf({ path, tier }: UncommittedFile): string | undefined {
  if (tier === "sandbox") return undefined;
  return (
    areaOf(path) ?? (tier === "enhanced" && isSourceFile(path) ? "code of the enhanced tier" : undefined)
  );
}

/** So many AI lines come before a single new dependency. */
const muchInArea = 20;

function sensitive({ uncommitted: files }: Situation): Part {
  const [most] = [...grouped(files, (file) => careOf(file) ?? "")]
    .filter(([area]) => area !== "")
    .map(([area, own]) => {
      const named = sum(own.map(({ newDependencies = 0 }) => newDependencies));
      return { area, own, named, lines: sum(own.map(({ lines }) => lines)) };
    })
    .sort(
      (one, other) =>
        Number(other.named > 0 || other.lines >= muchInArea) -
          Number(one.named > 0 || one.lines >= muchInArea) || other.lines - one.lines,
    );
  if (!most) return { values: { "sensitive.lines": 0, "sensitive.new": 0 } };
  return {
    values: {
      "sensitive.area": most.named > 0 ? `${most.area}, ${most.named} of them new` : most.area,
      "sensitive.lines": most.lines,
      "sensitive.new": most.named,
    },
    files: most.own.map(({ uri }) => uri),
  };
}

function sticks({ rows }: Situation): Part {
  const ai = rows.filter(({ kind, tool }) => kind === "ai" && tool !== null);
  const [best] = [...byToolAndLanguage(ai)]
    .map(([, own]) => ({ own, kept: shareOf(own), others: shareOf(ai.filter((row) => !own.includes(row))) }))
    .filter(({ kept, others }) => kept.low !== null && others.low !== null)
    .sort((one, other) => other.kept.low! - one.kept.low!);
  if (!best) return { values: {} };
  const { kept, others, own } = best;
  return {
    values: {
      "sticks.tool": titleOfTool(own[0]!.tool!),
      "sticks.language": own[0]!.languageId,
      "sticks.kept": kept.value!,
      "sticks.low": kept.low!,
      "sticks.high": kept.high!,
      "sticks.others": others.value!,
      "sticks.n": kept.n,
    },
  };
}

function cache({ summary: { requests } }: Situation): Part {
  if (requests.requests === 0 || requests.cacheShare.value === null) return { values: {} };
  // Of a tool that tells sums of sessions alone nobody knows how much goes into a request.
  const single = requests.rows.filter((row) => row.requests > 0);
  const prompt = single.reduce(
    (sum, { tokens: { input, cacheRead, cacheWrite } }) => sum + input + cacheRead + cacheWrite,
    0,
  );
  return {
    values: {
      "cache.share": requests.cacheShare.value,
      "cache.requests": requests.requests,
      "cache.prompt": prompt / requests.requests,
    },
  };
}

function byToolAndLanguage<Row extends { readonly tool: string | null; readonly languageId: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  return grouped(rows, ({ tool, languageId }) => JSON.stringify([tool, languageId]));
}

function filesOf(edits: readonly RecentEdit[]): string[] {
  return [...new Set(edits.map(({ uri }) => uri))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
