import * as vscode from "vscode";
import type { Host } from "./host.ts";

const hourMs = 60 * 60_000;

/** Stops this window's recording for a while: what records is taken down as if Kept were off, and comes back by itself. */
export class Pause implements vscode.Disposable {
  readonly #host: Host;
  readonly #onChanged: () => void;
  #item: vscode.StatusBarItem | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(host: Host, onChanged: () => void) {
    this.#host = host;
    this.#onChanged = onChanged;
  }

  get isOn(): boolean {
    return this.#item !== undefined;
  }

  async ask(): Promise<void> {
    const hour = vscode.l10n.t("For an hour");
    const restart = vscode.l10n.t("Until the window is reloaded or closed");
    const chosen = await vscode.window.showQuickPick([hour, restart], {
      title: vscode.l10n.t("Pause Kept in this window"),
      placeHolder: vscode.l10n.t("Nothing is recorded meanwhile, and nothing is made up for afterwards."),
    });
    if (chosen !== undefined) this.#begin(chosen === hour ? this.#host.now() + hourMs : undefined);
  }

  resume(): void {
    if (!this.isOn) return;
    this.#end();
    this.#onChanged();
  }

  dispose(): void {
    this.#end();
  }

  #begin(until: number | undefined): void {
    this.#end();
    this.#item = vscode.window.createStatusBarItem("kept.paused", vscode.StatusBarAlignment.Right, 90);
    this.#item.name = vscode.l10n.t("Kept");
    this.#item.text = `$(debug-pause) ${vscode.l10n.t("Kept paused")}`;
    const time = until === undefined ? "" : timeOf(until);
    this.#item.tooltip = time
      ? vscode.l10n.t("Kept records nothing in this window until {0}. Click to resume.", time)
      : vscode.l10n.t("Kept records nothing in this window until it is reloaded. Click to resume.");
    this.#item.command = "kept.resume";
    this.#item.show();
    if (until !== undefined) this.#stopTimer = this.#host.startTimer(hourMs, () => this.resume());
    void vscode.commands.executeCommand("setContext", "kept.paused", true);
    this.#onChanged();
  }

  #end(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#item?.dispose();
    this.#item = undefined;
    void vscode.commands.executeCommand("setContext", "kept.paused", false);
  }
}

function timeOf(at: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { hour: "numeric", minute: "2-digit" }).format(at);
}
