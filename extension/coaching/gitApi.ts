import * as vscode from "vscode";

/** What is used of the interface of the editor's own git extension. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly workingTreeChanges: readonly { readonly uri: vscode.Uri; readonly status: number }[];
    readonly untrackedChanges?: readonly { readonly uri: vscode.Uri }[];
  };
  add(paths: readonly string[]): Promise<void>;
  /** The newest first. */
  log(of: { readonly path: string; readonly maxEntries: number }): Promise<readonly GitCommit[]>;
  getCommit(ref: string): Promise<GitCommit>;
  diffBetween(one: string, other: string): Promise<readonly GitChange[]>;
}

interface GitCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly commitDate?: Date;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
  readonly status: number;
}

export interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

/** In the git extension's own numbering. */
const untracked = 7;

/** Undefined where that extension is off. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  if (!extension) return undefined;
  return (await extension.activate()).getAPI(1);
}

export function isUntracked({ state }: GitRepository, uri: vscode.Uri): boolean {
  const isSame = (change: { readonly uri: vscode.Uri }) => change.uri.toString() === uri.toString();
  return (
    state.workingTreeChanges.some((change) => change.status === untracked && isSame(change)) ||
    (state.untrackedChanges ?? []).some(isSame)
  );
}
