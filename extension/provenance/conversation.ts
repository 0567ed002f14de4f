import * as vscode from "vscode";
import { describeProblem } from "../../protocol/errors.ts";
import { inform, warn } from "../messages.ts";
import type { Session } from "../session.ts";

/** Opens the tool's own record of the edit that the line at the cursor comes from. */
export async function openConversation(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const line = editor.selection.active.line;
  const reply = await session.ask("kept/conversation", { uri: editor.document.uri.toString(), line });
  if (!reply.ok) {
    const { message, whatToDo } = describeProblem(reply.problem);
    await warn(`${message} ${whatToDo}`);
    return;
  }
  const { place } = reply.value;
  if (!place) {
    await inform(vscode.l10n.t("No tool keeps a record of this line, or Kept does not know where."));
    return;
  }
  const start = new vscode.Position(place.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(place.file), {
    preview: true,
    viewColumn: vscode.ViewColumn.Beside,
    selection: new vscode.Range(start, start),
  });
}
