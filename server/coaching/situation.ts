import { isContextFile, isTestFile } from "../../core/coaching/fileKinds.ts";
import type { Situation, UncommittedFile } from "../../core/coaching/facts.ts";
import { isSetApart } from "../../core/fate/setApart.ts";
import type { BranchAhead } from "../../core/coaching/recentBranch.ts";
import type { RecentEdit } from "../../core/coaching/recentEdits.ts";
import { addDays, localDay } from "../../core/day.ts";
import { readRecordAt } from "../../core/provenance/recordAt.ts";
import type { FatesReader } from "../fate/fatesReader.ts";
import type { Host } from "../host.ts";
import { readSummary } from "../numbers/readSummary.ts";
import type { Store } from "../store/store.ts";
import { contextFilesIn } from "./contextFilesIn.ts";
import { approvedTools, riskTiers } from "./folderPolicies.ts";
import type { Moment } from "../../protocol/coaching.ts";
import type { OpenTexts } from "./openTexts.ts";
import { recentTasks, sessionTokens } from "./recentTasks.ts";
import { toolActivity, toolServers } from "./toolActivity.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const days = 30;
/** More AI edits in a month are not looked at one by one: the newest say enough. */
const mostEdits = 2000;
/** Documents of a kind of which it is asked who edited them. */
const mostDocuments = 500;

export interface SituationOptions {
  readonly store: Store;
  readonly host: Host;
  /** What looks at histories left; without it nothing is known of commits. */
  readonly fates?: FatesReader;
  readonly folders: readonly string[];
  readonly uncommitted: readonly Omit<UncommittedFile, "path">[];
  readonly branch: BranchAhead | null;
  readonly texts: Pick<OpenTexts, "problems" | "duplicates">;
  readonly hashText: (text: string) => string;
  readonly moment: Pick<Moment, "testedAt" | "review">;
  readonly isSeenNoted: boolean;
}

/** To the minute: what was read of the same time is not read again while nothing is written. */
export function daysBefore(now: number, count: number): number {
  return Math.floor((now - count * dayMs) / minuteMs) * minuteMs;
}

/** Everything advice can rest on, as it is now. */
export async function readSituation(options: SituationOptions): Promise<Situation> {
  const { store, host, fates, folders, uncommitted, branch, texts, moment, isSeenNoted } = options;
  const now = host.now();
  const utcOffsetMinutes = host.utcOffsetMinutes(now);
  const { day: today } = localDay({ at: now, utcOffsetMinutes });
  const since = daysBefore(now, days);
  const question = { days, scope: "all" } as const;
  const summary = await readSummary(store, host, question, undefined, {
    isCompared: true,
    ...(fates && { fates }),
  });
  const edits = recentEdits(store, since);
  const tasks = recentTasks(store, since);
  const tiers = riskTiers(store, folders);
  const waiting = new Set(edits.flatMap(({ uri, isWaiting }) => (isWaiting ? uri : [])));
  return {
    now,
    utcOffsetMinutes,
    summary,
    rows: store.readSums({ from: addDays(today, 1 - days), to: today, workspaces: undefined }),
    edits,
    commits: store.coaching.readCommittedLines(since),
    uncommitted: uncommitted
      .filter(({ uri }) => waiting.has(uri))
      .map((file) => {
        const folder = folders.find((each) => file.uri.startsWith(`${each}/`)) ?? null;
        const tier = folder === null ? undefined : tiers.get(folder);
        return { ...file, path: pathIn(folder, file.uri), ...(tier === undefined ? {} : { tier }) };
      })
      .filter(({ path: within }) => !isSetApart(within)),
    contextFiles: folders.flatMap((folder) => contextFilesIn(folder)),
    tasks,
    sessionTokens: sessionTokens(edits, tasks, options.hashText),
    branch,
    approved: approvedTools(store, folders),
    activity: toolActivity(store, since),
    servers: toolServers(folders, options.hashText),
    problems: texts.problems(),
    duplicates: texts.duplicates(edits, store.coaching.readRecentDocuments(since)),
    ...moment,
    isSeenNoted,
  };
}

/** AI edits one by one; of others only on which days they touched tests, and files that brief agents. */
export function recentEdits(store: Store, since: number, most = mostEdits): RecentEdit[] {
  const ai = store.coaching
    .readRecentAiEdits(since, most)
    .map(({ workspace, fourGram, noRevert, seen, recordAt, committed, ...row }): RecentEdit => {
      const record = recordAt === null ? undefined : readRecordAt(recordAt);
      return {
        ...row,
        path: pathIn(workspace, row.uri),
        survival: fourGram,
        noRevert,
        isSeen: seen !== null,
        isWaiting: committed === null,
        session: record?.session ?? null,
        request: record?.request ?? null,
      };
    });
  const documents = new Map(
    store.coaching
      .readRecentDocuments(since)
      .map((document) => ({ ...document, path: pathIn(document.workspace, document.uri) }))
      .filter((document) => isTestFile(document.path) || isContextFile(document.path))
      .slice(0, mostDocuments)
      .map((document) => [document.uri, document]),
  );
  const others = store.coaching
    .readEdited([...documents.keys()], since)
    .filter(({ kind }) => kind !== "ai")
    .map((row): RecentEdit => {
      const { path: within, languageId } = documents.get(row.uri)!;
      const nothing = {
        tool: null,
        mode: null,
        lines: null,
        survival: null,
        noRevert: null,
        session: null,
        request: null,
      };
      return { ...row, ...nothing, path: within, languageId, keptChars: 0, isSeen: true, isWaiting: false };
    });
  return [...ai, ...others].sort((one, other) => other.at - one.at);
}

/** The path in a folder; of a document in none, its name alone. */
export function pathIn(workspace: string | null, uri: string): string {
  const within =
    workspace !== null && uri.startsWith(`${workspace}/`) ? uri.slice(workspace.length + 1) : undefined;
  return decoded(within ?? uri.slice(uri.lastIndexOf("/") + 1));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
