import * as vscode from "vscode";
import { commitAfter } from "../core/fate/commitAfter.ts";
import type { CommitPlace, EditPlace } from "../protocol/panel.ts";
import { gitApi, isUntracked, type GitApi, type GitChange } from "./coaching/gitApi.ts";
import { inform } from "./messages.ts";
import { openUnread } from "./seenView.ts";

/** An edit is kept for 90 days: that many commits of one file are not made in these. */
const mostCommits = 1000;
/** In the git extension's own numbering. */
const added = [1, 7, 9];
const removed = [2, 6];

/** What an edit changed: the first commit of its file since, else its file beside the last commit. Else the code, and why. */
export async function openEdit({ madeAt, ...passage }: EditPlace): Promise<void> {
  const uri = vscode.Uri.parse(passage.uri);
  const git = await gitApi();
  const repository = git?.getRepository(uri);
  if (!git || !repository) {
    await openUnread(passage);
    say(vscode.l10n.t("No difference can be shown: {0} is in no git repository that is open.", nameOf(uri)));
    return;
  }
  const commits = await repository
    .log({ path: uri.fsPath, maxEntries: mostCommits })
    .catch(() => [] as const);
  const commit = commitAfter(commits, madeAt);
  const isNew = commits.length === 0 || isUntracked(repository, uri);
  if (commit) await openFileOf(git, uri, commit);
  else if (isNew) {
    const title = vscode.l10n.t("{0}, in no commit", nameOf(uri));
    await showChanges(title, [[uri, undefined, uri]]);
  } else {
    const selection = new vscode.Range(passage.firstLine, 0, passage.lastLine, 0);
    const title = vscode.l10n.t("{0}, beside the last commit", nameOf(uri));
    await vscode.workspace.fs.stat(uri);
    await showDifference(git.toGitUri(uri, "HEAD"), uri, title, selection);
  }
}

async function openFileOf(
  git: GitApi,
  uri: vscode.Uri,
  { hash, parents: [parent] }: { readonly hash: string; readonly parents: readonly string[] },
): Promise<void> {
  const after = git.toGitUri(uri, hash);
  const title = vscode.l10n.t("{0} in commit {1}", nameOf(uri), shortened(hash));
  const before = parent === undefined ? undefined : git.toGitUri(uri, parent);
  const isThere = before !== undefined && (await isReadable(before));
  if (isThere && (await isReadable(after))) await showDifference(before, after, title);
  else await showChanges(title, [[uri, isThere ? before : undefined, isThere ? undefined : after]]);
}

/** Everything that a commit changed, beside the commit before. What cannot be shown is said. */
export async function openCommit({ commit, folder }: CommitPlace): Promise<void> {
  const git = await gitApi();
  const repository = git?.getRepository(vscode.Uri.parse(folder));
  if (!git || !repository) {
    say(vscode.l10n.t("Commit {0} cannot be shown: its repository is not open here.", shortened(commit)));
    return;
  }
  const found = await repository.getCommit(commit).catch(() => undefined);
  if (!found) {
    say(vscode.l10n.t("Commit {0} is not in its repository any more.", shortened(commit)));
    return;
  }
  const { hash, parents } = found;
  const [parent] = parents;
  if (parent === undefined) {
    say(
      vscode.l10n.t(
        "Commit {0} is the first of its repository: there is none to compare it with.",
        shortened(hash),
      ),
    );
    return;
  }
  const pairs = (await repository.diffBetween(parent, hash)).map((change) =>
    pairOf(git, change, parent, hash),
  );
  await showChanges(vscode.l10n.t("Commit {0}", shortened(hash)), pairs);
}

type Pair = readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined];

function pairOf(git: GitApi, change: GitChange, parent: string, hash: string): Pair {
  const { originalUri, renameUri, status } = change;
  const now = renameUri ?? change.uri;
  return [
    now,
    added.includes(status) ? undefined : git.toGitUri(originalUri, parent),
    removed.includes(status) ? undefined : git.toGitUri(now, hash),
  ];
}

function showDifference(
  before: vscode.Uri,
  after: vscode.Uri,
  title: string,
  selection?: vscode.Range,
): Thenable<unknown> {
  const options = { preview: true, ...(selection ? { selection } : {}) };
  return vscode.commands.executeCommand("vscode.diff", before, after, title, options);
}

function showChanges(title: string, pairs: readonly Pair[]): Thenable<unknown> {
  return vscode.commands.executeCommand("vscode.changes", title, pairs);
}

function isReadable(uri: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.readFile(uri).then(
    () => true,
    () => false,
  );
}

/** Whoever asked goes on; nothing waits for this to be read. */
function say(words: string): void {
  void inform(words);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function shortened(hash: string): string {
  return hash.slice(0, 7);
}
