import * as vscode from "vscode";
import { isCompleter } from "../core/tools/toolName.ts";
import type { Observation } from "../protocol/observation.ts";
import type { Host } from "./host.ts";
import type { AcceptedBy } from "./accept.ts";
import { PendingAccepts, type Unnumbered } from "./pendingAccepts.ts";
import type { IsRecorded } from "./recordedDocuments.ts";
import { Scope } from "./scope.ts";

/**
 * How long an edit to a clean document may wait for the event that says it is dirty now. The event follows within a
 * millisecond or so; a reload from disk has none.
 */
const dirtyEventMs = 50;

/** Formatters and other participants of a save are given up by the editor long before. */
const longestSaveMs = 30_000;

/** The proposed addition to a change event, present where the host grants it. */
interface DetailedReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Watches edits and says what the editor alone knows about each. Decides nothing. */
export class Capture implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #host: Host;
  readonly #isRecorded: IsRecorded;
  readonly #pendingAccepts: PendingAccepts;
  readonly #sessions = new Map<string, number>();
  /** Documents that are being saved, and what stops the timer that ends it. */
  readonly #saving = new Map<string, () => void>();
  /** Edits of which it is not yet known whether they are a reload. */
  readonly #undecided = new Map<string, { observation: Unnumbered; stopTimer: () => void }>();

  constructor(host: Host, isRecorded: IsRecorded, tell: (observation: Unnumbered) => void) {
    this.#host = host;
    this.#isRecorded = isRecorded;
    this.#pendingAccepts = this.#scope.add(new PendingAccepts(host, tell));
    this.#scope.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        const uri = document.uri.toString();
        this.#sessions.set(uri, this.sessionOf(uri) + 1);
      }),
    );
    this.#scope.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#decide(document.uri.toString(), true);
        this.#endSave(document.uri.toString());
      }),
    );
    this.#scope.add(vscode.workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    this.#scope.add(
      vscode.workspace.onWillSaveTextDocument(({ document }) => {
        const uri = document.uri.toString();
        this.#endSave(uri);
        // A save that fails or is cancelled has no end of its own.
        this.#saving.set(
          uri,
          host.startTimer(longestSaveMs, () => this.#endSave(uri)),
        );
      }),
    );
    this.#scope.add(
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.#endSave(document.uri.toString());
      }),
    );
  }

  /** Which time the window has this document open; 0 if it was open before Kept. Versions start anew with it. */
  sessionOf(uri: string): number {
    return this.#sessions.get(uri) ?? 0;
  }

  /** Whether somebody notes accepted suggestions; where nobody does, no change waits for it. */
  awaitAccepts(awaited: boolean): void {
    this.#pendingAccepts.isOn = awaited;
  }

  /** The change that came last in the active document is an accepted suggestion. */
  noteAccept(by: AcceptedBy): void {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    if (active !== undefined) this.#decide(active, false);
    this.#pendingAccepts.note(by, completers());
  }

  dispose(): void {
    this.#scope.dispose();
    for (const { stopTimer } of this.#undecided.values()) stopTimer();
    this.#undecided.clear();
    for (const stopTimer of this.#saving.values()) stopTimer();
    this.#saving.clear();
  }

  #endSave(uri: string): void {
    this.#saving.get(uri)?.();
    this.#saving.delete(uri);
  }

  #changed(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    if (!this.#isRecorded(document)) return;
    const uri = document.uri.toString();
    if (event.contentChanges.length === 0) {
      this.#decide(uri, !document.isDirty);
      return;
    }
    this.#decide(uri, true);
    const observation = this.#observe(uri, event);
    const looksReloaded = !document.isDirty && event.reason === undefined && !document.isUntitled;
    if (!looksReloaded) {
      this.#pendingAccepts.take(observation);
      return;
    }
    const stopTimer = this.#host.startTimer(dirtyEventMs, () => this.#decide(uri, true));
    this.#undecided.set(uri, { observation, stopTimer });
  }

  #decide(uri: string, reloaded: boolean): void {
    const undecided = this.#undecided.get(uri);
    if (!undecided) return;
    this.#undecided.delete(uri);
    undecided.stopTimer();
    this.#pendingAccepts.take({ ...undecided.observation, reloaded });
  }

  #observe(uri: string, event: vscode.TextDocumentChangeEvent): Unnumbered {
    const { document } = event;
    const editor = vscode.window.activeTextEditor;
    const active = editor?.document === document;
    const at = this.#host.now();
    const detailed = (event as { detailedReason?: DetailedReason }).detailedReason;
    return {
      uri,
      languageId: document.languageId,
      session: this.sessionOf(uri),
      version: document.version,
      at,
      utcOffsetMinutes: this.#host.utcOffsetMinutes(at),
      changes: event.contentChanges.map((change) => ({
        offset: change.rangeOffset,
        deletedLength: change.rangeLength,
        insertedLength: change.text.length,
      })),
      ...(event.reason === undefined ? {} : { reason: reasons[event.reason] }),
      ...(detailed ? { detailedReason: plainReason(detailed) } : {}),
      reloaded: false,
      focused: vscode.window.state.focused,
      active,
      carets: active ? editor.selections.length : 0,
      pending: this.#saving.has(uri) ? ["save"] : [],
    };
  }
}

/** The running extensions that may have made an accepted suggestion. */
function completers(): string[] {
  return vscode.extensions.all
    .filter(({ id, isActive }) => isActive && isCompleter(id))
    .map(({ id }) => id)
    .slice(0, 20);
}

const reasons = {
  [vscode.TextDocumentChangeReason.Undo]: "undo",
  [vscode.TextDocumentChangeReason.Redo]: "redo",
} as const;

/** Leaves out what is free text: the editor marks it with three dollar signs, such as a renamed symbol's name. */
function plainReason({ source, metadata }: DetailedReason): NonNullable<Observation["detailedReason"]> {
  const plain: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (name.startsWith("$$$") || name.length > 100) continue;
    if (typeof value === "string") plain[name] = value.slice(0, 1000);
    else if (typeof value === "number" || typeof value === "boolean") plain[name] = value;
  }
  return { source: source.slice(0, 200), metadata: plain };
}
