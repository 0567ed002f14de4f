import * as vscode from "vscode";

const mostOpened = 3;

/** Whether there was anything to open. */
export async function openFiles(files: readonly vscode.Uri[]): Promise<boolean> {
  for (const uri of files.slice(0, mostOpened)) {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
  return files.length > 0;
}
