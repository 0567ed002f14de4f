import * as vscode from "vscode";
import type { Problem } from "../protocol/errors.ts";
import type { Policies } from "./policies.ts";
import { recordedSchemes } from "./recordedSchemes.ts";
import { readSetting } from "./settings.ts";

export type IsRecorded = (document: vscode.TextDocument) => boolean;

/** Whether a document's edits are recorded, and its text goes to the language server at all. */
export function recordedDocuments(
  policies: Pick<Policies, "mayRecord">,
  /** Where the editor keeps the user's settings; some editors open them as ordinary files. */
  userFolder: vscode.Uri,
  onInvalid: (problem: Problem) => void,
): IsRecorded {
  return (document) => {
    if (!recordedSchemes.includes(document.uri.scheme)) return false;
    if (document.uri.path.startsWith(`${userFolder.path}/`)) return false;
    if (!policies.mayRecord(document)) return false;
    const exclude = readSetting("kept.exclude", onInvalid, document.uri);
    return !exclude.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
  };
}

/** Remembers the answer for as long as the document is open: it is asked with every key. */
export function rememberAnswers(isRecorded: IsRecorded): IsRecorded {
  const answers = new WeakMap<vscode.TextDocument, { languageId: string; recorded: boolean }>();
  return (document) => {
    const known = answers.get(document);
    if (known && known.languageId === document.languageId) return known.recorded;
    const recorded = isRecorded(document);
    answers.set(document, { languageId: document.languageId, recorded });
    return recorded;
  };
}
