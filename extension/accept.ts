import * as vscode from "vscode";
import type { AcceptCommandId } from "../protocol/commandIds.ts";
import { acceptCommands, alreadyAccepted } from "../protocol/keybindings.ts";
import type { Observation } from "../protocol/observation.ts";

/** In which way a suggestion was accepted. */
export type AcceptedBy = Extract<Observation["pending"][number], `accept${string}`>;
export type NoteAccept = (by: AcceptedBy) => void;

const acceptedBy = {
  "kept.acceptCompletion": "acceptCompletion",
  "kept.acceptNextWord": "acceptWord",
  "kept.acceptNextLine": "acceptLine",
  "kept.acceptNextEdit": "acceptNextEdit",
} as const satisfies Record<AcceptCommandId, AcceptedBy>;

const nothingYet = "nothing";

/**
 * Has the editor run each accept command once for nothing. It asks all extensions before it runs a command for the
 * first time, and a note that is late by that would be put on a later change.
 */
export async function prepareAccepts(): Promise<void> {
  const once = Object.keys(acceptCommands).map((command) => ({ command, args: nothingYet }));
  await vscode.commands.executeCommand("runCommands", { commands: once });
}

/** Notes an accepted suggestion. Run by itself, and not by Kept's own keybinding, it accepts it first. */
export async function accept(id: AcceptCommandId, argument: unknown, note: NoteAccept): Promise<void> {
  if (argument === nothingYet) return;
  if (argument !== alreadyAccepted) await vscode.commands.executeCommand(acceptCommands[id]);
  if (mayBeTheEditors(acceptedBy[id])) return;
  note(acceptedBy[id]);
}

/**
 * The editor can show its own suggestions, words of the file among them, in the place of a completion. Nobody says
 * then whose it was, and it must not count as AI.
 */
function mayBeTheEditors(by: AcceptedBy): boolean {
  const document = vscode.window.activeTextEditor?.document;
  const editor = vscode.workspace.getConfiguration("editor", document);
  const quick = editor.get<unknown>("quickSuggestions");
  if (typeof quick === "object" && quick !== null && Object.values(quick).includes("inline")) return true;
  // While its list is open, Tab belongs to the list.
  return (by === "acceptWord" || by === "acceptLine") && editor.get("suggest.preview") === true;
}
