import type { Ledger } from "../edits/ledger.ts";
import { NoteKeeper } from "../notes/noteKeeper.ts";
import { FunnelWatch, type FunnelWatchOptions } from "./funnelWatch.ts";

export interface CommitWatch {
  readonly funnel: FunnelWatch;
  readonly notes: NoteKeeper;
  readonly start: (folders: readonly string[], writesNotes: boolean) => void;
  readonly stop: () => void;
}

/** Follows edits into commits, and writes notes of these where the user wants that. */
export function watchCommits(options: FunnelWatchOptions & { readonly ledger: Ledger }): CommitWatch {
  const { ledger } = options;
  const notes = new NoteKeeper({
    ...options,
    readOrigins: (ids) => ledger.readOrigins(ids),
    drop: (name, count) => ledger.drop(name, count),
  });
  const funnel = new FunnelWatch({
    ...options,
    onCommit: (root, commit) => void notes.take(root, commit),
  });
  return {
    funnel,
    notes,
    start: (folders, writesNotes) => {
      notes.follow(writesNotes);
      funnel.start(folders);
    },
    stop: () => {
      funnel.stop();
      notes.stop();
    },
  };
}
