import * as vscode from "vscode";
import { withoutLinks } from "../core/report/withoutLinks.ts";

/** The one place that messages go through: what stands in them may be somebody else's, and becomes no link. */

export function inform(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(withoutLinks(message), ...buttons);
}

export function warn(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(withoutLinks(message), ...buttons);
}

/** Nothing else can be done in the window until it is answered. */
export function warnModally(
  question: string,
  detail: string,
  ...buttons: string[]
): Thenable<string | undefined> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return vscode.window.showWarningMessage(withoutLinks(question), options, ...buttons);
}

export function informModally(
  question: string,
  detail: string,
  ...buttons: string[]
): Thenable<string | undefined> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return vscode.window.showInformationMessage(withoutLinks(question), options, ...buttons);
}
