import { execFileSync } from "node:child_process";
import path from "node:path";
import * as vscode from "vscode";
import type { KeptApi } from "../../../extension/main.ts";
import type { Report } from "../../../protocol/report.ts";

const pollMs = 50;
const longestMs = 30_000;
const quietMs = 1500;

export function keptExtension(): vscode.Extension<KeptApi> {
  const extension = vscode.extensions.getExtension<KeptApi>("kept.kept");
  if (!extension) throw new Error("The package is not installed.");
  return extension;
}

export async function kept(): Promise<KeptApi> {
  return keptExtension().activate();
}

/** What the installed command line says of the database that the installed extension writes. */
export function report(): Report {
  const cli = path.join(keptExtension().extensionPath, "dist", "cli.js");
  const output = execFileSync(process.execPath, [cli, "report", "--json"], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    encoding: "utf8",
  });
  return JSON.parse(output) as Report;
}

/** Edits recorded so far, by origin. */
export function edits(): Record<string, number> {
  return Object.fromEntries(report().origins.map(({ origin, edits: count }) => [origin, count]));
}

export function typedEdits(): number {
  return edits()["human"] ?? 0;
}

export function allEdits(): number {
  return Object.values(edits()).reduce((total, count) => total + count, 0);
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await pause(pollMs);
  }
}

/** Resolves after a time in which nothing more was recorded, long enough for anything that waits to be written. */
export async function quiet(): Promise<void> {
  for (let before = -1; before !== allEdits();) {
    before = allEdits();
    await pause(quietMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The server's process, once it answers and has told its number. */
export async function runningServer(): Promise<number> {
  const api = await kept();
  let processId: number | undefined;
  await until(() => {
    processId = api.recording()?.serverProcessId;
    return processId !== undefined;
  }, "the server runs");
  return processId!;
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** A new, empty document of the workspace, in an editor that has the focus. */
export async function emptyEditor(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new Uint8Array());
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.window.showTextDocument(document);
}

export async function type(text: string): Promise<void> {
  for (const key of text) await vscode.commands.executeCommand("type", { text: key });
}

/** An edit that another extension makes. */
export async function editByProgram(editor: vscode.TextEditor, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const { document } = editor;
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
  await vscode.workspace.applyEdit(edit);
}
