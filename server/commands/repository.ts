import { findGitFolder, isInBare, type GitFolder } from "../git/gitFolder.ts";
import { badInput, type CommandResult } from "./usage.ts";

/** The repository that a command is told of, or what to do where there is none whose files it could look at. */
export function repositoryNamed(
  named: string,
  resolve: (folder: string) => string,
): GitFolder | CommandResult {
  const folder = resolve(named);
  return findGitFolder(folder) ?? badInput(named, whyNone(folder));
}

export function whyNone(folder: string): string {
  return isInBare(folder)
    ? "the repository is bare, it has no files checked out; `git worktree add FOLDER` makes a working tree of it, which `--repo FOLDER` names then"
    : "there is no git repository";
}
