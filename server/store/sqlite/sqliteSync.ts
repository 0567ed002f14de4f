import type { Consent } from "../../../protocol/sync.ts";
import type { Written } from "../store.ts";
import type { SyncStore } from "../sync.ts";
import { readNoSync, type SyncReads, type SyncWrites } from "./syncRows.ts";

interface Access {
  readonly now: () => number;
  readonly read: <Result>(work: (reads: SyncReads) => Result, ofNewer: Result) => Result;
  /** Durably. Nothing is written where `onlyAsSender` and another process sends. */
  readonly commit: (work: (writes: SyncWrites) => void, onlyAsSender: boolean) => Written;
  readonly isSender: () => boolean;
}

export interface SqliteSync extends SyncStore {
  /** Whether what is written now may leave: to be asked outside of a transaction, because the answer may be one. */
  isQueueing(): boolean;
}

/** What is sent from the store on disk. */
export function sqliteSync({ now, read, commit, isSender }: Access): SqliteSync {
  let mayQueue: (consent: Consent) => boolean = () => false;
  const write = (work: (writes: SyncWrites) => void) => commit(work, false);
  return {
    queueWhile: (given) => void (mayQueue = given),
    isQueueing: () => {
      const consent = read((reads) => reads.consent(), undefined);
      return consent !== undefined && mayQueue(consent);
    },
    readConsent: () => read((reads) => reads.consent(), undefined),
    join: (consent) => write((writes) => writes.join(consent)),
    changeConsent: (change) => write((writes) => writes.changeConsent(change, now())),
    leave: (deletions) => write((writes) => writes.leave(deletions)),
    readWorkFolders: () => read((reads) => reads.workFolders(), []),
    setWorkFolder: (workspace, since) => write((writes) => writes.setWorkFolder(workspace, since)),
    readOutbox: (before) => read((reads) => reads.outbox(before), readNoSync.outbox(before)),
    readTallies: (before) => read((reads) => reads.tallies(before), []),
    freeze: (freezing) => write((writes) => writes.freeze(freezing, now())),
    readBatches: () => read((reads) => reads.batches(), []),
    readDeletions: () => read((reads) => reads.deletions(), []),
    isSender,
    forgetRefused: () => write((writes) => writes.forgetRefused()),
    settle: (change) => commit((writes) => writes.settle(change, now()), true).outcome === "written",
    prune: (limits) => write((writes) => writes.prune(limits)),
  };
}
