import type { Origin } from "../../protocol/origin.ts";
import { addDays } from "../day.ts";
import { demoFollowing, type DemoFollowing } from "./following.ts";
import { demoTools, type DemoTool } from "./tools.ts";

/** One made-up edit. */
export interface DemoEdit {
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
  readonly file: string;
  readonly languageId: string;
  readonly origin: Origin;
  readonly insertedChars: number;
  readonly deletedChars: number;
  readonly keptChars: number;
  /** The tool's session it belongs to. */
  readonly session?: string;
  /** What was seen of it later, for an edit of AI. */
  readonly followed?: DemoFollowing;
}

export interface DemoSpan {
  readonly lastDay: string;
  readonly dayCount: number;
  /** How many times as much is typed and completed as by one person; of sessions there are its square root as many. */
  readonly pace?: number;
}

export const demoFiles = [
  { file: "src/orders.ts", languageId: "typescript" },
  { file: "src/invoice.ts", languageId: "typescript" },
  { file: "src/orders.test.ts", languageId: "typescript" },
  { file: "queries/monthly.sql", languageId: "sql" },
  { file: "README.md", languageId: "markdown" },
] as const;
/** Beside them, and in no commit: an agent wrote it today, and nobody has read it. */
export const demoNewFile = { file: "src/discounts.ts", languageId: "typescript" } as const;

/** How long a new tool takes to be worth it: retention dips after the start and then climbs past it. */
const learningDays = 40;
/** Holidays come back after so many days. */
const holidayEvery = 120;
const quarter = 90;
/** Sessions of which nothing is kept, in common weeks and in the one that went wrong. */
const lostSessions = { common: 0.07, wrong: 0.3 };

/** The last day alone may be a weekend's and is worked on: it is what somebody looks at first. */
interface DemoDay {
  readonly day: string;
  readonly index: number;
  /** Days until the last. */
  readonly back: number;
}

/**
 * A made-up history that looks like a real one, day by day: several tools that start one after the other, a dip while
 * each is learnt, seasons, weekends, weeks of holidays and one week that went wrong. `random` gives numbers from 0 up to 1.
 */
export function* demoDays(
  { lastDay, dayCount, pace = 1 }: DemoSpan,
  random: () => number,
): Generator<readonly DemoEdit[]> {
  for (let index = 0; index < dayCount; index++) {
    const back = dayCount - 1 - index;
    const at: DemoDay = { day: addDays(lastDay, -back), index, back };
    const ofDay = effortOf(at);
    yield demoTools.flatMap((tool) => {
      if (index < tool.since) return [];
      const effort = ofDay * (tool.perSession === undefined ? pace : Math.sqrt(pace));
      const count = Math.floor(
        tool.perDay * effort * (0.6 + 0.8 * random()) + random() * Math.min(1, effort),
      );
      const made =
        tool.perSession === undefined
          ? Array.from({ length: count }, () => demoEdit(tool, at, random))
          : sessionsOf(tool, at, { count, perSession: tool.perSession }, random);
      return tool.origin.kind === "ai" && isByHand(at) ? [] : made;
    });
  }
}

export function demoHistory(span: DemoSpan, random: () => number): DemoEdit[] {
  return [...demoDays(span, random)].flat();
}

/** Now and then somebody works a day without AI. The last is what is looked at first. */
function isByHand({ index, back }: DemoDay): boolean {
  return back > 0 && index % 9 === 7;
}

function effortOf({ day, back }: DemoDay): number {
  if (back === 0) return 1;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const inYear = back % holidayEvery;
  if (inYear >= 43 && inYear < 50) return 0;
  const season = 1 + 0.2 * Math.cos((2 * Math.PI * back) / quarter);
  return (weekday === 0 || weekday === 6 ? 0.12 : 1) * season;
}

/** Edits of one session follow each other within the hour, and stand or fall together more often than others. */
function sessionsOf(
  tool: DemoTool,
  at: DemoDay,
  { count, perSession }: { readonly count: number; readonly perSession: number },
  random: () => number,
): DemoEdit[] {
  const edits: DemoEdit[] = [];
  const { kind, ...named } = tool.origin;
  for (let number = 0; edits.length < count; number++) {
    const size = Math.min(count - edits.length, 1 + Math.floor(random() * 2 * perSession));
    const session = [kind, ...Object.values(named), at.day, number].join(" ");
    const hour = hourOf(random);
    const isLost = random() < (isWrong(at) ? lostSessions.wrong : lostSessions.common);
    for (let made = 0; made < size; made++) {
      const minute = Math.floor((60 * (made + random())) / size);
      edits.push({ ...demoEdit(tool, at, random, isLost), hour, minute, session });
    }
  }
  return edits;
}

function demoEdit(tool: DemoTool, at: DemoDay, random: () => number, isLost = false): DemoEdit {
  const place = demoFiles[Math.floor(random() * random() * demoFiles.length)]!;
  const insertedChars = Math.max(1, Math.round(tool.meanChars * -Math.log(1 - random() * 0.98)));
  const practice = Math.min(1, (at.index - tool.since) / learningDays);
  const learning = tool.origin.kind === "ai" ? 0.36 * Math.sin(Math.PI * practice) * (1 - practice) : 0;
  const share = tool.keptShare - learning - (isWrong(at) && tool.origin.kind === "ai" ? 0.25 : 0);
  const keptChars = isLost ? 0 : keptOf(insertedChars, share, random);
  const made = {
    day: at.day,
    hour: hourOf(random),
    minute: Math.floor(random() * 60),
    ...place,
    origin: tool.origin,
    insertedChars,
    deletedChars: Math.floor(insertedChars * 0.4 * random()),
    keptChars,
  };
  if (tool.origin.kind !== "ai") return made;
  return { ...made, followed: demoFollowing(insertedChars, keptChars, { back: at.back, random }) };
}

function isWrong({ back }: DemoDay): boolean {
  return back > 18 && back <= 23;
}

/** Most edits are kept whole or not at all; few are kept in part. */
function keptOf(insertedChars: number, share: number, random: () => number): number {
  const fate = random();
  if (fate < share - 0.1) return insertedChars;
  if (fate < share + 0.1) return Math.round(insertedChars * random());
  return 0;
}

/** A working day with a lunch break. */
function hourOf(random: () => number): number {
  const hour = 8 + Math.floor((random() + random()) * 5.5);
  return hour === 12 ? 14 : hour;
}
