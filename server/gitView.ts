import type { TextMovement } from "../core/spans/gitMovement.ts";

/** What is asked of git, for one file at a time and without waiting. */
export interface GitView {
  /** The branch that is checked out, or the commit; undefined outside a repository. */
  branchOf(uri: string): string | undefined;
  /** How far the repository's own record of what it did goes; undefined outside a repository. */
  markOf(uri: string): string | undefined;
  /** Whether git put other texts in place since then. Undefined where it did not, or where nobody can tell. */
  movedSince(uri: string, mark: string | undefined): TextMovement | undefined;
}

/** For where there is no git. */
export const noGit: GitView = {
  branchOf: () => undefined,
  markOf: () => undefined,
  movedSince: () => undefined,
};
