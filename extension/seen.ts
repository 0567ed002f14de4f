import * as vscode from "vscode";
import type { Shown } from "../protocol/seen.ts";
import type { Host } from "./host.ts";
import type { IsRecorded } from "./recordedDocuments.ts";
import { Scope } from "./scope.ts";
import { UnreadView } from "./seenView.ts";
import type { Session } from "./session.ts";

/** What scrolls by is told once it stands still for so long. */
const settleMs = 150;

/** Tells the server which lines are on screen while the window has the keyboard, in texts and in diffs. */
export class Seen implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  readonly #host: Host;
  readonly #isRecorded: IsRecorded;
  #stopTimer: (() => void) | undefined;
  #said = "";

  constructor(session: Session, host: Host, isRecorded: IsRecorded) {
    this.#session = session;
    this.#host = host;
    this.#isRecorded = isRecorded;
    const { window } = vscode;
    for (const listen of [
      (run: () => void) => window.onDidChangeVisibleTextEditors(run),
      (run: () => void) => window.onDidChangeTextEditorVisibleRanges(run),
      (run: () => void) => window.onDidChangeWindowState(run),
    ]) {
      this.#scope.add(listen(() => this.#tellSoon()));
    }
    this.#scope.add(
      session.onStateChanged(({ state }) => {
        if (state !== "running") return;
        this.#said = "";
        this.#tellSoon();
      }),
    );
    this.#scope.add(new UnreadView(session, host));
    this.#tellSoon();
  }

  dispose(): void {
    this.#stopTimer?.();
    this.#session.notify("kept/shown", { documents: [] });
    this.#scope.dispose();
  }

  #tellSoon(): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#host.startTimer(settleMs, () => this.#tell());
  }

  #tell(): void {
    const shown = vscode.window.state.focused ? this.#shown() : { documents: [] };
    const text = JSON.stringify(shown);
    if (text === this.#said) return;
    this.#said = text;
    this.#session.notify("kept/shown", shown);
  }

  #shown(): Shown {
    const documents = new Map<string, { firstLine: number; lastLine: number }[]>();
    for (const { document, visibleRanges } of vscode.window.visibleTextEditors) {
      if (!this.#isRecorded(document)) continue;
      const uri = document.uri.toString();
      const ranges = visibleRanges.map(({ start, end }) => ({ firstLine: start.line, lastLine: end.line }));
      documents.set(uri, [...(documents.get(uri) ?? []), ...ranges]);
    }
    return {
      documents: [...documents].map(([uri, ranges]) => ({ uri, ranges: ranges.slice(0, 100) })).slice(0, 50),
    };
  }
}
