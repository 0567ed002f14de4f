import * as vscode from "vscode";
import type { Moment } from "../../protocol/coaching.ts";
import type { Host } from "../host.ts";
import { Scope } from "../scope.ts";

/** A longer pause ends a review. */
const pauseMs = 5 * 60_000;
const lookMs = 30_000;
const minuteMs = 60_000;

/** For how long differences are open before the person, and how many of their lines: constructed only where that is asked for. */
export class Review implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #host: Host;
  readonly #onChanged: () => void;
  #lines = new Map<string, Set<number>>();
  #beganAt: number | undefined;
  #seenAt = 0;
  #stopTimer: (() => void) | undefined;

  constructor(host: Host, onChanged: () => void) {
    this.#host = host;
    this.#onChanged = onChanged;
    const { window } = vscode;
    this.#scope.add(window.tabGroups.onDidChangeTabs(() => this.#look()));
    this.#scope.add(window.onDidChangeTextEditorVisibleRanges(() => this.#look()));
    this.#scope.add(window.onDidChangeWindowState(() => this.#look()));
    this.#later();
  }

  get now(): Moment["review"] {
    if (this.#beganAt === undefined) return null;
    const lines = [...this.#lines.values()].reduce((sum, { size }) => sum + size, 0);
    return { minutes: (this.#seenAt - this.#beganAt) / minuteMs, lines };
  }

  dispose(): void {
    this.#stopTimer?.();
    this.#scope.dispose();
  }

  #later(): void {
    this.#stopTimer = this.#host.startTimer(lookMs, () => {
      this.#look();
      this.#onChanged();
      this.#later();
    });
  }

  #look(): void {
    const at = this.#host.now();
    if (this.#beganAt !== undefined && at - this.#seenAt > pauseMs) {
      this.#beganAt = undefined;
      this.#lines = new Map();
    }
    const shown = vscode.window.state.focused ? differencesShown() : [];
    if (shown.length === 0) return;
    this.#beganAt ??= at;
    this.#seenAt = at;
    for (const { document, visibleRanges } of shown) {
      const uri = document.uri.toString();
      const lines = this.#lines.get(uri) ?? new Set();
      this.#lines.set(uri, lines);
      for (const { start, end } of visibleRanges)
        for (let line = start.line; line <= end.line; line++) lines.add(line);
    }
  }
}

/** The changed sides of the differences before the person. */
function differencesShown(): readonly vscode.TextEditor[] {
  const changed = new Set(
    vscode.window.tabGroups.all.flatMap(({ activeTab }) =>
      activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab.input.modified.toString() : [],
    ),
  );
  return vscode.window.visibleTextEditors.filter(({ document }) => changed.has(document.uri.toString()));
}
