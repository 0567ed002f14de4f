import { addDays, localDay } from "../../core/day.ts";
import { budgetFrom, budgetPace } from "../../core/requests/pace.ts";
import type { SummaryRequests } from "../../core/requests/requestSummary.ts";
import { approvedDays } from "../../core/summary/approvedDays.ts";
import { takenBackAtMs } from "../../core/summary/wayOfDays.ts";
import { firstDay, summarise, type SummaryRow } from "../../core/summary/summary.ts";
import { tasksToTime, timedTasks } from "../../core/requests/timedTasks.ts";
import { toolsSay } from "../../core/tools/toolsSay.ts";
import type { Question, Summary } from "../../protocol/summary.ts";
import { contextFilesIn } from "../coaching/contextFilesIn.ts";
import { approvedTools, riskTiers } from "../coaching/folderPolicies.ts";
import { readAims } from "./aims.ts";
import { compareWithPast, type ReadRows, type Rows } from "./compareWithPast.ts";
import { ownPlaceOf } from "../ownFolder/ownFile.ts";
import type { FatesReader } from "../fate/fatesReader.ts";
import { readBeforeKept } from "../history/beforeKept.ts";
import type { OthersReader } from "../ownFolder/otherMachines.ts";
import type { Host } from "../host.ts";
import { readDetector } from "../provenance/detector.ts";
import type { TaskRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";
import { syntheticNote } from "./syntheticNote.ts";

/** What is not in the store itself. */
export interface SummaryParts {
  readonly others?: OthersReader;
  readonly fates?: FatesReader;
  /** Whether it is to be compared with as long a time before. */
  readonly isCompared?: boolean;
  /** For the calendar month, in US dollars, in place of the one that was set; 0 is none. */
  readonly budgetUsd?: number | undefined;
}

/** The numbers of the panel, the status bar and the report: all from here. */
export async function readSummary(
  store: Store,
  host: Host,
  question: Question,
  workspaces: readonly string[] | undefined,
  { others, fates, isCompared, ...given }: SummaryParts = {},
): Promise<Summary> {
  const at = host.now();
  const utcOffsetMinutes = host.utcOffsetMinutes(at);
  const today = localDay({ at, utcOffsetMinutes }).day;
  const from = firstDay(question, today);
  const rowsOf = reader(store, question, workspaces, others);
  const now = await rowsOf({ from, to: today });
  const aims = readAims(store);
  const budgetUsd = given.budgetUsd ?? aims.budgetUsd;
  const own = question.scope === "workspace" ? workspaces : undefined;
  const commits = fates?.commits(own, utcOffsetMinutes) ?? null;
  const approved = readApproved(store, now.byFolder);
  const compared = isCompared
    ? await compareWithPast(store, rowsOf, question, workspaces, { from, today, now, commits })
    : {};
  return summarise({
    question,
    today,
    ...now,
    ...compared,
    timed: isCompared ? timedIn(store, now.tasks, at) : [],
    commits,
    approved,
    folders: own ? readFolders(store, own) : null,
    overwrites: store.readOverwrites({ from, to: today, workspaces: own }),
    drops: store.readDrops(),
    ahead: editsAhead(store, today),
    detector: readDetector(store),
    fates: fates?.read(own, utcOffsetMinutes) ?? null,
    before: readBeforeKept(
      store,
      utcOffsetMinutes,
      (until) => fates?.baseline(until, utcOffsetMinutes, aims.baselineBefore) ?? null,
    ),
    targets: aims.targets,
    synthetic: store.readNote(syntheticNote) !== undefined,
    allowances: store.figures.allowances(),
    at,
    budget: budgetUsd > 0 ? readBudget(store, budgetUsd, today) : null,
    toolsSay: readToolsSay(store, { from, to: today }),
  });
}

/** What is added up of a period. */
function reader(
  store: Store,
  { scope }: Question,
  workspaces: readonly string[] | undefined,
  others: OthersReader | undefined,
): ReadRows {
  const place = ownPlaceOf(store);
  return async (period) => {
    // Where something was made stays on its machine, so only what is asked of everywhere can be added up.
    const added =
      place && scope === "all" && others
        ? await others.read({ folder: place.folder, ownStore: place.store, ...period })
        : undefined;
    const range = { ...period, workspaces: scope === "workspace" ? workspaces : undefined };
    const folders = range.workspaces && [...new Set(range.workspaces)];
    const byFolder = new Map<string, SummaryRow[]>(
      folders?.map((folder) => [folder, store.readDaySums({ ...range, workspaces: [folder] })]),
    );
    const own = folders ? [...byFolder.values()].flat() : store.readDaySums(range);
    const hours: SummaryRow[] = store.readSums({ ...range, from: period.to });
    const requests: SummaryRequests[] = store.requests.sums(range);
    return {
      rows: added ? [...own, ...added.rows] : own,
      hours: added ? [...hours, ...added.rows] : hours,
      own,
      byFolder,
      outcomes: [...store.readFunnel(range), ...store.readWays(range)],
      retention: store.readRetention(range),
      undone: store.readRetentionByDay({ ...range, dueMs: takenBackAtMs }),
      otherMachines: added?.others ?? null,
      requests: added ? [...requests, ...added.requests] : requests,
      tasks: store.requests.tasks(range),
    };
  };
}

/** Edits dated later than today. */
function editsAhead(store: Store, today: string): number {
  const rows = store.readDaySums({ from: addDays(today, 1), to: "9999-12-31", workspaces: undefined });
  return rows.reduce((sum, { edits }) => sum + edits, 0);
}

/** The tasks of a period that are timed, the oldest first. */
export function timedIn(store: Store, all: readonly TaskRow[], at: number): ReturnType<typeof timedTasks> {
  const tasks = tasksToTime(all);
  if (tasks.length === 0) return [];
  const keys = tasks.map(({ key }) => key);
  const since = Math.min(...tasks.map(({ beganAt }) => beganAt));
  return timedTasks(tasks, store.requests.momentsOf(keys), store.requests.readsOf(keys, since), at);
}

function readApproved(store: Store, byFolder: Rows["byFolder"]): Summary["approved"] {
  const listed = approvedTools(store, [...byFolder.keys()]).map(({ folder, tools }) => ({
    tools,
    rows: byFolder.get(folder)!,
  }));
  return approvedDays(listed);
}

function readFolders(store: Store, folders: readonly string[]): Summary["folders"] {
  return {
    contextLines: folders.flatMap((folder) => contextFilesIn(folder).map(({ lines }) => lines)),
    tiers: [...riskTiers(store, folders).values()],
  };
}

/** A budget is for everything, wherever it was asked. */
function readBudget(store: Store, budgetUsd: number, today: string): Summary["budget"] {
  const rows = store.requests.sums({ from: budgetFrom(today), to: today, workspaces: undefined });
  return budgetPace(budgetUsd, today, rows);
}

/** Tools do not say where, so it is of all folders. */
function readToolsSay(
  store: Store,
  period: { readonly from: string; readonly to: string },
): Summary["toolsSay"] {
  const figures = store.figures.figures(period);
  return toolsSay(
    figures,
    figures.length === 0 ? [] : store.readRetention({ ...period, workspaces: undefined }),
  );
}
