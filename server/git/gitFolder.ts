import path from "node:path";
import { readPart, statOf } from "./gitFiles.ts";

/** Where a working tree keeps what is its own, and where it keeps what it shares with others. */
export interface GitFolder {
  /** The folder in which `.git` lies. */
  readonly root: string;
  /** HEAD and its log: `.git`, or the folder that a worktree or a submodule names in its `.git` file. */
  readonly own: string;
  /** Branches, the stash and objects. The same as `own` but in a worktree. */
  readonly shared: string;
}

/** Deeper folders are in no repository that anybody works in. */
const mostSteps = 64;
/** A file that names a folder is one line. */
const mostPointerBytes = 4096;

/** The repository that a folder is in, without asking git. */
export function findGitFolder(folder: string): GitFolder | undefined {
  return firstAround(folder, gitFolderAt);
}

/** Whether a folder is in a repository that has no files of its own checked out. */
export function isInBare(folder: string): boolean {
  return firstAround(folder, (place) => isBare(place) || undefined) ?? false;
}

function firstAround<Found>(folder: string, lookAt: (place: string) => Found | undefined): Found | undefined {
  let place = path.resolve(folder);
  for (let step = 0; step < mostSteps; step++) {
    const found = lookAt(place);
    if (found !== undefined) return found;
    const parent = path.dirname(place);
    if (parent === place) return undefined;
    place = parent;
  }
  return undefined;
}

function isBare(place: string): boolean {
  const isFolder = (name: string) => statOf(path.join(place, name))?.isDirectory() === true;
  return statOf(path.join(place, "HEAD"))?.isFile() === true && isFolder("objects") && isFolder("refs");
}

function gitFolderAt(root: string): GitFolder | undefined {
  const dotGit = path.join(root, ".git");
  const found = statOf(dotGit);
  if (!found) return undefined;
  const own = found.isDirectory() ? dotGit : pointedTo(dotGit, root, /^gitdir: (.+)$/m);
  if (own === undefined || !statOf(path.join(own, "HEAD"))?.isFile()) return undefined;
  return { root, own, shared: pointedTo(path.join(own, "commondir"), own, /^(.+)$/m) ?? own };
}

function pointedTo(file: string, base: string, pattern: RegExp): string | undefined {
  const name = pattern.exec(readPart(file, 0, mostPointerBytes) ?? "")?.[1]?.trim();
  if (name === undefined || name === "") return undefined;
  const folder = path.resolve(base, name);
  // A file in a repository must not make this machine call another.
  return isShare(folder) && !isShare(base) ? undefined : folder;
}

function isShare(folder: string): boolean {
  return folder.startsWith("\\\\");
}
