import * as vscode from "vscode";
import { describeProblem, type ErrorCode, type Problem } from "../protocol/errors.ts";
import type { CommandId } from "../protocol/commandIds.ts";
import { commands } from "../protocol/commands.ts";
import { warn } from "./messages.ts";

/** The buttons that help with a problem. Problems without any are told in the log alone. */
const buttons: Partial<Record<ErrorCode, readonly CommandId[]>> = {
  "server.crashed": ["kept.restart", "kept.showLog"],
  "server.cannotStart": ["kept.restart", "kept.showLog"],
  "store.cannotOpen": ["kept.restart", "kept.showLog"],
  "store.corrupt": ["kept.showLog"],
  "store.newer": ["kept.showLog"],
  "store.full": ["kept.showLog"],
  "runtime.tooOld": ["kept.showLog"],
  "settings.invalid": [],
  "settings.entriesInvalid": [],
  "policy.malformed": ["kept.showLog"],
};

/** Says each problem once: in the log, and as a message where the user can do something. */
export class Notices {
  readonly #log: vscode.LogOutputChannel;
  readonly #said = new Set<string>();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  say(problem: Problem): void {
    const { message, whatToDo } = describeProblem(problem);
    const cause = `${problem.code} ${message}`;
    if (this.#said.has(cause)) return;
    this.#said.add(cause);
    this.#log.warn(`${problem.code}: ${message} ${whatToDo}`);
    const offered = buttons[problem.code];
    if (offered) void offer(`${message} ${whatToDo}`, offered, problem.code.startsWith("settings."));
  }

  /** A problem that is over may be said again when it returns. */
  forget(): void {
    this.#said.clear();
  }
}

/** Shows a message with commands as buttons. */
export async function offer(
  message: string,
  offered: readonly CommandId[],
  withSettings = false,
): Promise<void> {
  const titles = offered.map((id) => vscode.l10n.t(commands[id].title));
  const openSettings = vscode.l10n.t("Open Settings");
  const chosen = await warn(message, ...titles, ...(withSettings ? [openSettings] : []));
  if (chosen === undefined) return;
  if (withSettings && chosen === openSettings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:kept.kept");
    return;
  }
  const id = offered[titles.indexOf(chosen)];
  if (id) await vscode.commands.executeCommand(id);
}
