import type { Origin } from "../protocol/origin.ts";
import { addDays } from "./day.ts";
import { demoFollowing, type DemoFollowing } from "./demoFollowing.ts";

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
  /** What was seen of it later, for an edit of AI. */
  readonly followed?: DemoFollowing;
}

interface DemoTool {
  readonly origin: Origin;
  /** Edits on a day of full use. */
  readonly perDay: number;
  readonly meanChars: number;
  /** Share kept by a practised hand. */
  readonly keptShare: number;
  /** Day of the history on which it is first used. */
  readonly since: number;
}

const tools: readonly DemoTool[] = [
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5-mini", mode: "completion" },
    perDay: 14,
    meanChars: 70,
    keptShare: 0.78,
    since: 0,
  },
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5", mode: "chat" },
    perDay: 2,
    meanChars: 260,
    keptShare: 0.7,
    since: 0,
  },
  {
    origin: { kind: "ai", tool: "claude-code", model: "claude-sonnet-4.5", mode: "agent" },
    perDay: 7,
    meanChars: 520,
    keptShare: 0.84,
    since: 20,
  },
  {
    origin: { kind: "ai", tool: "claude-code", model: "claude-opus-4.5", mode: "agent" },
    perDay: 2,
    meanChars: 640,
    keptShare: 0.9,
    since: 70,
  },
  {
    origin: { kind: "ai", tool: "codex", model: "gpt-5-codex", mode: "agent" },
    perDay: 0.4,
    meanChars: 410,
    keptShare: 0.75,
    since: 100,
  },
  {
    origin: { kind: "ai", tool: "cursor", mode: "chat" },
    perDay: 3,
    meanChars: 310,
    keptShare: 0.66,
    since: 45,
  },
  { origin: { kind: "human" }, perDay: 34, meanChars: 46, keptShare: 0.86, since: 0 },
  { origin: { kind: "tooling" }, perDay: 5, meanChars: 24, keptShare: 0.93, since: 0 },
  { origin: { kind: "external" }, perDay: 1, meanChars: 180, keptShare: 0.8, since: 0 },
  { origin: { kind: "unknown" }, perDay: 4, meanChars: 60, keptShare: 0.75, since: 0 },
];

const files = [
  { file: "src/orders.ts", languageId: "typescript" },
  { file: "src/invoice.ts", languageId: "typescript" },
  { file: "src/orders.test.ts", languageId: "typescript" },
  { file: "queries/monthly.sql", languageId: "sql" },
  { file: "README.md", languageId: "markdown" },
] as const;

/** How long a new tool takes to be worth it: retention dips after the start and then climbs past it. */
const learningDays = 40;

/**
 * A made-up history that looks like a real one: several tools that start one after the other, a dip while each is
 * learnt, weekends, a week of holidays and one week that went wrong. `random` gives numbers from 0 up to 1.
 */
export function demoHistory(lastDay: string, dayCount: number, random: () => number): DemoEdit[] {
  const edits: DemoEdit[] = [];
  for (let index = 0; index < dayCount; index++) {
    const day = addDays(lastDay, index + 1 - dayCount);
    const effort = effortOf(day, index, dayCount);
    for (const tool of tools) {
      if (index < tool.since) continue;
      const count = Math.floor(tool.perDay * effort * (0.6 + 0.8 * random()) + random());
      for (let made = 0; made < count; made++) edits.push(demoEdit(tool, day, index, dayCount, random));
    }
  }
  return edits;
}

function effortOf(day: string, index: number, dayCount: number): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const isHoliday = index >= dayCount - 50 && index < dayCount - 43;
  if (isHoliday) return 0;
  return weekday === 0 || weekday === 6 ? 0.12 : 1;
}

function demoEdit(
  tool: DemoTool,
  day: string,
  index: number,
  dayCount: number,
  random: () => number,
): DemoEdit {
  const place = files[Math.floor(random() * random() * files.length)]!;
  const insertedChars = Math.max(1, Math.round(tool.meanChars * -Math.log(1 - random() * 0.98)));
  const wentWrong = index >= dayCount - 24 && index < dayCount - 19;
  const practice = Math.min(1, (index - tool.since) / learningDays);
  const learning = tool.origin.kind === "ai" ? 0.25 * Math.sin(Math.PI * practice) * (1 - practice) : 0;
  const share = tool.keptShare - learning - (wentWrong && tool.origin.kind === "ai" ? 0.25 : 0);
  const keptChars = keptOf(insertedChars, share, random);
  const made = {
    day,
    hour: hourOf(random),
    minute: Math.floor(random() * 60),
    ...place,
    origin: tool.origin,
    insertedChars,
    deletedChars: Math.floor(insertedChars * 0.4 * random()),
    keptChars,
  };
  if (tool.origin.kind !== "ai") return made;
  return { ...made, followed: demoFollowing(insertedChars, keptChars, random) };
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
