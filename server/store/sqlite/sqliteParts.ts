import type { CoachingStore } from "../coachingRows.ts";
import type { FigureStore } from "../figures.ts";
import type { RequestStore } from "../requests.ts";
import type { Written } from "../store.ts";
import type { Reads } from "./readRows.ts";
import type { Writes } from "./writer.ts";

/** The open database, whichever file it is. */
export interface Access {
  readonly read: <Result>(work: (reads: Reads) => Result, ofNewer: Result) => Result;
  readonly commit: (work: (writes: Writes) => void) => Written;
}

export function sqliteCoaching({ read, commit }: Access): CoachingStore {
  return {
    readRecentAiEdits: (since, most) => read((reads) => reads.recentAiEdits(since, most), []),
    readRecentDocuments: (since) => read((reads) => reads.recentDocuments(since), []),
    readEdited: (uris, since) => read((reads) => reads.edited(uris, since), []),
    readCommittedLines: (since) => read((reads) => reads.committedLines(since), []),
    readTips: () => read((reads) => reads.tips(), []),
    writeTips: (records, written) => commit(({ tips }) => tips(records, written)),
  };
}

export function sqliteRequests({ read, commit }: Access): RequestStore {
  return {
    write: (batch) => commit(({ requests }) => requests(batch)),
    sums: (range) => read((reads) => reads.requestSums(range), []),
    tasks: (range) => read((reads) => reads.tasks(range), []),
    newest: (...asked) => read((reads) => reads.newest(...asked), []),
    tasksSince: (at) => read((reads) => reads.tasksSince(at), []),
    momentsOf: (taskKeys) => read((reads) => reads.momentsOf(taskKeys), new Map()),
    editsOf: (taskKey) => read((reads) => reads.taskEdits(taskKey), []),
    requestsOf: (taskKey) => read((reads) => reads.taskRequests(taskKey), []),
    readsOf: (taskKeys, since) => read((reads) => reads.readsOf(taskKeys, since), new Map()),
    stepsSince: (at) => read((reads) => reads.steps(at), []),
    triedSince: (at) => read((reads) => reads.tried(at), []),
  };
}

export function sqliteFigures({ read, commit }: Access): FigureStore {
  return {
    write: (batch) => commit(({ figures }) => figures(batch)),
    figures: (range) => read((reads) => reads.figures(range), []),
    allowances: () => read((reads) => reads.allowances(), []),
    heard: () => read((reads) => reads.heard(), []),
  };
}
