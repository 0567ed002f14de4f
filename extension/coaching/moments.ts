import * as vscode from "vscode";
import type { Host } from "../host.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";

/** Tells the server what the window does, so that nobody is disturbed in it. What is typed it knows already. */
export class Moments implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  #isPresenting = false;
  #testedAt: number | null = null;

  constructor(session: Session, host: Host) {
    this.#session = session;
    const { debug, tasks, window } = vscode;
    this.#scope.add(window.onDidChangeWindowState(() => this.#tell()));
    this.#scope.add(debug.onDidStartDebugSession(() => this.#tell()));
    this.#scope.add(debug.onDidTerminateDebugSession(() => this.#tell()));
    this.#scope.add(
      tasks.onDidEndTaskProcess(({ execution }) => {
        if (execution.task.group?.id !== vscode.TaskGroup.Test.id) return;
        this.#testedAt = host.now();
        this.#tell();
      }),
    );
    this.#scope.add(
      session.onStateChanged(({ state }) => {
        if (state === "running") this.#tell();
      }),
    );
  }

  /** No editor says by itself whether somebody presents. */
  togglePresenting(): void {
    this.#isPresenting = !this.#isPresenting;
    this.#tell();
    vscode.window.setStatusBarMessage(
      this.#isPresenting
        ? vscode.l10n.t(
            "Kept gives no tips by itself in this window until you say that you stopped presenting.",
          )
        : vscode.l10n.t("Kept may give tips again."),
      6000,
    );
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #tell(): void {
    this.#session.notify("kept/moment", {
      isFocused: vscode.window.state.focused,
      isDebugging: vscode.debug.activeDebugSession !== undefined,
      isPresenting: this.#isPresenting,
      testedAt: this.#testedAt,
    });
  }
}
