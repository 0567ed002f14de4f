import path from "node:path";
import type { Movement } from "../../core/spans/gitMovement.ts";
import { findGitFolder, type GitFolder } from "./gitFolder.ts";
import { readHead, type Head } from "./head.ts";
import { endOfLog, readLogSince, type LogMark } from "./movementLog.ts";

/** How far the movements of a repository are known. Can be stored as JSON. */
export interface MovementMark {
  /** Whose: two worktrees of one repository move apart. */
  readonly repository: string;
  readonly head: LogMark;
  readonly stash: LogMark;
  /** Where HEAD stood. Asked only where git keeps no log. */
  readonly commit: string | null;
}

export interface MovementNews {
  /** Undefined where the file is in no repository. */
  readonly mark: MovementMark | undefined;
  /** In the order of their times. */
  readonly movements: readonly Movement[];
  /** Whether there were movements that could not be read. */
  readonly missed: boolean;
}

/** A repository may be made, or a folder be moved, while the server runs. */
const forgetAfterMs = 30_000;

/**
 * What the repositories of this machine say of themselves in their own files, without git being started: cheap enough
 * for each reload and each sample. Nothing is watched; whoever wants to know asks again, and says what time it is.
 */
export class Repositories {
  readonly #folders = new Map<string, { readonly found: GitFolder | undefined; readonly at: number }>();

  /** The repository a file is in. */
  folderOf(file: string, now: number): GitFolder | undefined {
    const directory = path.dirname(path.resolve(file));
    const known = this.#folders.get(directory);
    if (known && now - known.at >= 0 && now - known.at < forgetAfterMs) return known.found;
    const found = findGitFolder(directory);
    this.#folders.set(directory, { found, at: now });
    return found;
  }

  /** Undefined where the file is in no repository, or in one that cannot be understood. */
  headOf(file: string, now: number): Head | undefined {
    const folder = this.folderOf(file, now);
    return folder && readHead(folder);
  }

  /** What the repository of a file did since a mark; without one, or with another's, only where it stands. */
  movementsSince(file: string, mark: MovementMark | undefined, now: number): MovementNews {
    const folder = this.folderOf(file, now);
    if (!folder) return { mark: undefined, movements: [], missed: false };
    const logs = {
      head: path.join(folder.own, "logs", "HEAD"),
      stash: path.join(folder.shared, "logs", "refs", "stash"),
    };
    if (mark?.repository !== folder.own) {
      const [head, stash] = [endOfLog(logs.head), endOfLog(logs.stash)];
      return {
        mark: { repository: folder.own, head, stash, commit: readHead(folder)?.commit ?? null },
        movements: [],
        missed: false,
      };
    }
    const head = readLogSince(logs.head, mark.head, "head");
    const stash = readLogSince(logs.stash, mark.stash, "stash");
    const commit =
      head.mark.size === 0 ? (readHead(folder)?.commit ?? null) : (head.mark.last?.to ?? mark.commit);
    const unlogged: Movement[] =
      head.mark.size === 0 && commit !== mark.commit
        ? [{ at: now, kind: "other", from: mark.commit, to: commit }]
        : [];
    return {
      mark:
        head.mark === mark.head && stash.mark === mark.stash && commit === mark.commit
          ? mark
          : { repository: folder.own, head: head.mark, stash: stash.mark, commit },
      movements: [...head.movements, ...stash.movements, ...unlogged].sort((one, other) => one.at - other.at),
      missed: head.missed || stash.missed,
    };
  }
}
