import * as vscode from "vscode";
import { inform } from "../messages.ts";
import { openFiles } from "./openFiles.ts";

export interface DefaultModel {
  /** Where a tool's default model is set; null where that is among the editor's settings. */
  readonly place: {
    readonly tool: string;
    readonly file: string | null;
    /** Models of lower tiers that were used with the tool. */
    readonly lighter: readonly string[];
  } | null;
  /** A text of that file with another model in it; null where it has no place for one. */
  readonly withModel: (tool: string, text: string, model: string) => Promise<string | null>;
}

/** A tool's own file is shown, and a lighter model is put in where one is chosen: it holds once the person saves it. */
export async function chooseLighterDefault({ place, withModel }: DefaultModel): Promise<boolean> {
  if (place === null) {
    await vscode.commands.executeCommand("workbench.action.openSettings", defaultModelSetting());
    return true;
  }
  const { tool, file, lighter } = place;
  if (file === null) {
    await inform(vscode.l10n.t("{0} has its default model among its own settings. Look for it there.", tool));
    return false;
  }
  const uri = vscode.Uri.file(file);
  if (!(await isFile(uri))) {
    await inform(vscode.l10n.t("{0} has its default model in {1}, which is not there yet.", tool, file));
    return false;
  }
  await openFiles([uri]);
  const model = lighter.length === 0 ? undefined : await choose(tool, lighter);
  if (model === undefined) return true;
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  const after = await withModel(tool, before, model);
  if (after === null) {
    await inform(
      vscode.l10n.t(
        "This file has no place for a model that Kept is sure of. Write it there yourself: {0}",
        model,
      ),
    );
    return true;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), after);
  return vscode.workspace.applyEdit(edit);
}

function choose(tool: string, lighter: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showQuickPick(lighter, {
    title: vscode.l10n.t("Choose a Lighter Default"),
    placeHolder: vscode.l10n.t(
      "Which model is {0} to begin with? These you used before. It is put into the file and holds once you save that.",
      tool,
    ),
    ignoreFocusOut: true,
  });
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}

/** Where this editor keeps it; where none of these is known, what its settings say of models. */
function defaultModelSetting(): string {
  const known = [
    "inlineChat.defaultModel",
    "chat.planAgent.defaultModel",
    "github.copilot.selectedCompletionModel",
  ];
  const settings = vscode.workspace.getConfiguration();
  return known.find((name) => settings.inspect(name)?.defaultValue !== undefined) ?? "default model";
}
