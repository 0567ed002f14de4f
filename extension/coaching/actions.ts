import * as vscode from "vscode";
import type { TipAction } from "../../protocol/coaching.ts";
import { context, description, failure, parts, plan, secrets } from "./notes.ts";
import { chooseLighterDefault, type DefaultModel } from "./defaultModel.ts";
import { openFiles } from "./openFiles.ts";
import { gitApi, isUntracked, type GitRepository } from "./gitApi.ts";

/** The files that a tip is about, and what helps with a default model. */
type Act = (files: readonly vscode.Uri[], models: DefaultModel) => Promise<boolean>;

/** What each action does with what a tip is about. It says whether it did something. */
export const actions: Readonly<Record<TipAction, Act>> = {
  openTodaysEdits: openDifferences,
  stagePart,
  runTests,
  openUnread: async (files) => {
    await vscode.commands.executeCommand("workbench.view.scm");
    return openFiles(files);
  },
  openFiles,
  insertPlan: () => openText(plan()),
  writeDescription: () => openText(description()),
  openLighterDefault: (_, model) => chooseLighterDefault(model),
  describeFailure: () => openText(failure()),
  showProblems: async (files) => {
    await openFiles(files);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    return true;
  },
  insertContext: () => openText(context()),
  keepSecrets: () => openText(secrets()),
  askToSplit: () => openText(parts()),
  openPanel: async () => {
    await vscode.commands.executeCommand("kept.openPanel");
    return true;
  },
};

async function openText(content: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
  return true;
}

/** Beside the last commit; a file that is in none is shown as it is. */
async function openDifferences(files: readonly vscode.Uri[]): Promise<boolean> {
  const git = await gitApi();
  const pairs = files.flatMap((uri) => {
    const repository = git?.getRepository(uri);
    if (!git || !repository) return [];
    return [[uri, isUntracked(repository, uri) ? undefined : git.toGitUri(uri, "HEAD"), uri]];
  });
  if (pairs.length === 0) return openFiles(files);
  await vscode.commands.executeCommand("vscode.changes", vscode.l10n.t("AI text in no commit"), pairs);
  return true;
}

interface Part extends vscode.QuickPickItem {
  readonly repository: GitRepository;
  readonly paths: readonly string[];
}

/** Stages the files of one folder, so that the rest can follow in a commit of its own. */
async function stagePart(files: readonly vscode.Uri[]): Promise<boolean> {
  const git = await gitApi();
  const parts = new Map<string, Part & { readonly paths: string[] }>();
  for (const uri of files) {
    const repository = git?.getRepository(uri);
    if (!repository) continue;
    const folder = folderOf(uri, repository.rootUri);
    const key = `${repository.rootUri.toString()} ${folder}`;
    const part = parts.get(key) ?? { label: folder, description: "", repository, paths: [] };
    part.paths.push(uri.fsPath);
    parts.set(key, part);
  }
  if (parts.size === 0) return openFiles(files);
  const items = [...parts.values()].map((part) => ({
    ...part,
    description:
      part.paths.length === 1 ? vscode.l10n.t("1 file") : vscode.l10n.t("{0} files", part.paths.length),
  }));
  const chosen = await vscode.window.showQuickPick<Part>(items, {
    title: vscode.l10n.t("Stage a Part"),
    placeHolder: vscode.l10n.t("Which folder is to be the first commit?"),
  });
  if (!chosen) return false;
  await chosen.repository.add(chosen.paths);
  await vscode.commands.executeCommand("workbench.view.scm");
  return true;
}

function folderOf(uri: vscode.Uri, root: vscode.Uri): string {
  const within = uri.path.slice(root.path.length + 1);
  const end = within.lastIndexOf("/");
  return end === -1 ? "." : within.slice(0, end);
}

async function runTests(): Promise<boolean> {
  const tasks = (await vscode.tasks.fetchTasks()).filter(
    ({ group }) => group?.id === vscode.TaskGroup.Test.id,
  );
  const items = tasks.map((task) => ({ label: task.name, description: task.source, task }));
  if (items.length === 0) {
    await vscode.commands.executeCommand("workbench.action.tasks.configureDefaultTestTask");
    return false;
  }
  const placeHolder = vscode.l10n.t("Which tests are to run?");
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder });
  if (!chosen) return false;
  await vscode.tasks.executeTask(chosen.task);
  return true;
}
