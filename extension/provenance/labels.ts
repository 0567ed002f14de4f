import * as vscode from "vscode";
import { labelWords } from "../../core/provenance/provenanceWords.ts";
import { describeProblem } from "../../protocol/errors.ts";
import type { Saying } from "../../protocol/provenance.ts";
import { inform, warn } from "../messages.ts";
import type { IsRecorded } from "../recordedDocuments.ts";
import type { Session } from "../session.ts";

const shownForMs = 4000;

/** The person says who wrote the selected text, or the lines of the carets where nothing is selected. */
export async function labelSelection(session: Session, isRecorded: IsRecorded, label: Saying): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  if (!isRecorded(editor.document)) {
    await inform(vscode.l10n.t("Kept does not record this file."));
    return;
  }
  const reply = await session.ask("kept/label", {
    uri: editor.document.uri.toString(),
    label,
    ranges: editor.selections.slice(0, 1000).map(({ start, end }) => ({
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    })),
  });
  if (!reply.ok) {
    const { message, whatToDo } = describeProblem(reply.problem);
    await warn(`${message} ${whatToDo}`);
    return;
  }
  const words = labelWords(reply.value, label);
  if (words !== "") await inform(words);
  else {
    vscode.window.setStatusBarMessage(notedWords(label), shownForMs);
  }
}

function notedWords(label: Saying): string {
  switch (label) {
    case "human":
      return vscode.l10n.t("Noted: you wrote this.");
    case "ai":
      return vscode.l10n.t("Noted: AI wrote this.");
    case "withdrawn":
      return vscode.l10n.t("Withdrawn: what you said of this no longer counts.");
  }
}
