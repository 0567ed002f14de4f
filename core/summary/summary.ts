import type { Mode, Origin, OriginKind } from "../../protocol/origin.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { CharsByKind, Question, Summary } from "../../protocol/summary.ts";
import { addDays } from "../day.ts";
import { funnelOf } from "./funnel.ts";
import { grouped } from "../grouped.ts";
import { allowancePace } from "../requests/pace.ts";
import type { CommitOfDay } from "../fate/heldCommits.ts";
import { overwritesOf, type OverwriteSum } from "./overwrites.ts";
import { practiceOf } from "./practice.ts";
import { measureShareOver, type RatioSums } from "./ratio.ts";
import { retentionCurve } from "../retention/retentionCurve.ts";
import { summariseRequests, type SummaryRequests } from "../requests/requestSummary.ts";
import type { SummaryTask } from "../requests/taskGroups.ts";
import type { TimedTask } from "../requests/timedTasks.ts";
import { wayOfDays, type DatedOutcome, type DatedRetention } from "./wayOfDays.ts";

/** Sums of one day, or of one hour of it, of edits of one origin. */
export interface SummaryRow {
  readonly day: string;
  readonly hour?: number;
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly model: string | null;
  readonly mode: Mode | null;
  readonly edits: number;
  readonly insertingEdits: number;
  readonly insertedChars: number;
  readonly deletedChars: number;
  readonly keptChars: number;
  readonly insertedSquared: number;
  readonly keptSquared: number;
  readonly insertedTimesKept: number;
}

export interface SummaryInput {
  readonly question: Question;
  readonly today: string;
  readonly synthetic: boolean;
  readonly rows: readonly SummaryRow[];
  /** Today's of them by the hour, where they are of whole days. */
  readonly hours?: readonly SummaryRow[];
  /** Those of this machine alone, where others' are among them. */
  readonly own?: readonly SummaryRow[];
  /** What became of this machine's edits of the same days. */
  readonly outcomes: readonly DatedOutcome[];
  /** How much was left of this machine's edits of the same days. */
  readonly retention?: Parameters<typeof retentionCurve>[0];
  /** The same after five minutes, by day. */
  readonly undone?: readonly DatedRetention[];
  readonly drops: Summary["drops"];
  readonly ahead?: number;
  /** Their rows are among the rows. */
  readonly otherMachines?: Summary["otherMachines"];
  readonly detector: Summary["detector"];
  readonly fates?: Summary["fates"];
  readonly requests?: readonly SummaryRequests[];
  /** Those that began in the period, the oldest first. */
  readonly tasks?: readonly SummaryTask[];
  /** How long some of these were worked at, in the order in which they began. */
  readonly timed?: readonly TimedTask[];
  /** Of all time that is known, oldest first; null where no history was looked at. */
  readonly commits?: readonly CommitOfDay[] | null;
  readonly before?: Summary["before"];
  readonly allowances?: Summary["allowances"];
  /** When it is asked, for what ends soon: milliseconds since 1970. */
  readonly at?: number;
  readonly budget?: Summary["budget"];
  readonly past?: Summary["past"];
  readonly toolsSay?: Summary["toolsSay"];
  readonly toolUse?: Summary["toolUse"];
  readonly approved?: Summary["approved"];
  readonly folders?: Summary["folders"];
  readonly overwrites?: readonly OverwriteSum[];
  readonly targets?: Summary["targets"];
}

/** The first day a question asks about, given its last. */
export function firstDay(question: Question, today: string): string {
  return addDays(today, 1 - question.days);
}

/** What the panel and the report show, from sums alone. */
export function summarise({
  question,
  today,
  synthetic,
  rows,
  hours = rows,
  own = rows,
  outcomes,
  retention = [],
  undone = [],
  drops,
  ahead = 0,
  otherMachines = null,
  detector,
  fates = null,
  requests = [],
  tasks = [],
  timed = [],
  commits = null,
  before = null,
  allowances = [],
  at = 0,
  budget = null,
  past = null,
  toolsSay = { decisions: [], survival: [] },
  toolUse = null,
  approved = null,
  folders = null,
  overwrites = [],
  targets = {},
}: SummaryInput): Summary {
  const from = firstDay(question, today);
  const inserted = charsByKind(rows);
  const allChars = inserted.ai + inserted.human + inserted.tooling + inserted.external + inserted.unknown;
  const knownChars = allChars - inserted.unknown;
  const windows = [...allowances].sort(
    (one, other) =>
      (one.tool < other.tool ? -1 : one.tool > other.tool ? 1 : 0) || one.windowMinutes - other.windowMinutes,
  );
  const todayRows = hours.filter((row) => row.day === today);
  const counted = [...rows.filter((row) => row.day !== today), ...todayRows];
  return {
    question,
    from,
    to: today,
    synthetic,
    edits: sum(rows, "edits"),
    coverage: { value: allChars === 0 ? null : knownChars / allChars, knownChars, allChars },
    keptAi: keptShare(counted, "ai"),
    keptHuman: keptShare(counted, "human"),
    keptAiToday: keptShare(todayRows, "ai"),
    funnel: funnelOf(
      sum(
        own.filter(({ kind }) => kind === "ai"),
        "insertingEdits",
      ),
      outcomes.filter(({ kind }) => kind === "ai"),
    ),
    fates,
    before,
    retention: retentionCurve(retention, undone),
    origins: byOrigin(counted),
    requests: summariseRequests({ from, days: question.days }, requests, tasks, timed),
    allowances: windows,
    paces: windows.map((window) => allowancePace(window, at)),
    budget,
    toolsSay,
    days: charsByDay(rows, { from, days: question.days }),
    ways: wayOfDays(outcomes, undone),
    past,
    toolUse,
    overwrites: overwritesOf(overwrites),
    practice: practiceOf({ from, to: today, commits, tasks: timed, aiEditsByDay: aiEditsByDay(own) }),
    approved,
    folders,
    targets,
    hours: Array.from({ length: 24 }, (_, hour) => charsByKind(todayRows.filter((row) => row.hour === hour))),
    otherMachines,
    drops,
    ahead,
    detector,
  };
}

/** Only what was inserted can be kept: an edit that only deletes has no part in the sample. */
function keptShare(rows: readonly SummaryRow[], kind: OriginKind): MeasuredShare {
  return shareOf(rows.filter((row) => row.kind === kind));
}

/** What one day holds belongs together; of a day that is alone, what one hour holds. */
export function shareOf(own: readonly SummaryRow[]): MeasuredShare {
  const days = grouped(own, ({ day }) => day);
  const units = days.size > 1 ? days : grouped(own, ({ hour }) => String(hour));
  return measureShareOver([...units.values()].map(sumsOf));
}

function sumsOf(own: readonly SummaryRow[]): RatioSums {
  return {
    n: sum(own, "insertingEdits"),
    part: sum(own, "keptChars"),
    whole: sum(own, "insertedChars"),
    partSquared: sum(own, "keptSquared"),
    wholeSquared: sum(own, "insertedSquared"),
    partTimesWhole: sum(own, "insertedTimesKept"),
  };
}

/** Of this machine, as commits are. */
function aiEditsByDay(own: readonly SummaryRow[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const { kind, day, edits } of own) if (kind === "ai") days.set(day, (days.get(day) ?? 0) + edits);
  return days;
}

type Numbers = "edits" | "insertingEdits" | "insertedChars" | "deletedChars" | "keptChars";
type Squares = "insertedSquared" | "keptSquared" | "insertedTimesKept";

function sum(rows: readonly SummaryRow[], field: Numbers | Squares): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

function charsByDay(
  rows: readonly SummaryRow[],
  { from, days }: { readonly from: string; readonly days: number },
): Summary["days"] {
  const byDay = grouped(rows, ({ day }) => day);
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index);
    return { day, inserted: charsByKind(byDay.get(day) ?? []) };
  });
}

function charsByKind(rows: readonly SummaryRow[]): CharsByKind {
  const chars: CharsByKind = { ai: 0, human: 0, tooling: 0, external: 0, unknown: 0 };
  for (const row of rows) chars[row.kind] += row.insertedChars;
  return chars;
}

function byOrigin(rows: readonly SummaryRow[]): Summary["origins"] {
  return [...grouped(rows, (row) => JSON.stringify([row.kind, row.tool, row.model, row.mode])).values()]
    .map((group) => ({
      origin: originOf(group[0]!),
      edits: sum(group, "edits"),
      insertedChars: sum(group, "insertedChars"),
      deletedChars: sum(group, "deletedChars"),
      keptChars: sum(group, "keptChars"),
      kept: shareOf(group),
    }))
    .sort((left, right) => right.insertedChars - left.insertedChars);
}

function originOf({ kind, tool, model, mode }: SummaryRow): Origin {
  if (kind !== "ai") return { kind };
  return {
    kind,
    ...(tool === null ? {} : { tool }),
    ...(model === null ? {} : { model }),
    ...(mode === null ? {} : { mode }),
  };
}
