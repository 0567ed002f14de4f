import * as vscode from "vscode";
import type { ShownProblems } from "../../protocol/coaching.ts";
import type { Host } from "../host.ts";
import type { IsRecorded } from "../recordedDocuments.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";

/** Language servers say the same many times while somebody types. */
const settleMs = 2000;
const mostDocuments = 50;
const mostLines = 500;

/** Tells the server on which lines of recorded documents there are errors. What they say stays in the editor. */
export class Problems implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  readonly #host: Host;
  readonly #isRecorded: IsRecorded;
  readonly #said = new Map<string, string>();
  #stopTimer: (() => void) | undefined;

  constructor(session: Session, host: Host, isRecorded: IsRecorded) {
    this.#session = session;
    this.#host = host;
    this.#isRecorded = isRecorded;
    this.#scope.add(vscode.languages.onDidChangeDiagnostics(() => this.#tellSoon()));
    this.#scope.add(vscode.workspace.onDidOpenTextDocument(() => this.#tellSoon()));
    this.#scope.add(
      session.onStateChanged(({ state }) => {
        if (state !== "running") return;
        this.#said.clear();
        this.#tellSoon();
      }),
    );
    this.#tellSoon();
  }

  dispose(): void {
    this.#stopTimer?.();
    this.#scope.dispose();
  }

  #tellSoon(): void {
    this.#stopTimer ??= this.#host.startTimer(settleMs, () => {
      this.#stopTimer = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    const documents: ShownProblems["documents"] = [];
    for (const document of vscode.workspace.textDocuments) {
      if (documents.length === mostDocuments) break;
      if (!this.#isRecorded(document)) continue;
      const uri = document.uri.toString();
      const lines = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
        .map(({ range }) => range.start.line)
        .slice(0, mostLines);
      const text = lines.join(" ");
      if (this.#said.get(uri) === text) continue;
      this.#said.set(uri, text);
      documents.push({ uri, lines });
    }
    if (documents.length > 0) this.#session.notify("kept/problems", { documents });
  }
}
