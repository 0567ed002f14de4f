import * as vscode from "vscode";
import { sharesTitle } from "../../core/provenance/provenanceWords.ts";
import type { DocumentLines } from "../../protocol/provenance.ts";
import type { Host } from "../host.ts";
import type { IsRecorded } from "../recordedDocuments.ts";
import { recordedSchemes } from "../recordedSchemes.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";
import { createMark, markedKinds, type MarkedKind } from "./marks.ts";

export interface GutterOptions {
  readonly session: Session;
  readonly host: Host;
  readonly isRecorded: IsRecorded;
}

/** What was written may settle this long before it is marked. */
const settleMs = 300;

/** Marks beside the lines and in the overview ruler, and their legend. Exists only while the setting is on. */
export class Gutter implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #options: GutterOptions;
  readonly #types: ReadonlyMap<MarkedKind, vscode.TextEditorDecorationType>;
  readonly #legend: vscode.LanguageStatusItem;
  #stopTimer: (() => void) | undefined;
  #ended = false;

  constructor(options: GutterOptions) {
    this.#options = options;
    this.#types = new Map(markedKinds.map((kind) => [kind, this.#scope.add(createMark(kind))]));
    this.#legend = this.#scope.add(
      vscode.languages.createLanguageStatusItem(
        "kept.marks",
        recordedSchemes.map((scheme) => ({ scheme })),
      ),
    );
    this.#legend.name = vscode.l10n.t("Kept: who wrote this file");
    this.#legend.text = vscode.l10n.t("Kept");
    this.#legend.detail = vscode.l10n.t("the marks beside the lines");
    this.#scope.add(vscode.window.onDidChangeVisibleTextEditors(() => this.#drawSoon()));
    this.#scope.add(vscode.window.onDidChangeActiveTextEditor(() => this.#drawSoon()));
    this.#scope.add(options.session.onNumbersChanged(() => this.#drawSoon()));
    this.#scope.add(
      options.session.onStateChanged(({ state }) => {
        if (state === "running") this.#drawSoon();
      }),
    );
    this.#drawSoon();
  }

  dispose(): void {
    this.#ended = true;
    this.#stopTimer?.();
    this.#scope.dispose();
  }

  #drawSoon(): void {
    this.#stopTimer ??= this.#options.host.startTimer(settleMs, () => {
      this.#stopTimer = undefined;
      for (const editor of vscode.window.visibleTextEditors) void this.#draw(editor);
    });
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (!this.#options.isRecorded(document)) return;
    const reply = await this.#options.session.ask("kept/lines", { uri: document.uri.toString() });
    // What was written meanwhile will be told of, and then it is drawn.
    if (this.#ended || !reply.ok || (reply.value.version ?? document.version) !== document.version) return;
    for (const [kind, type] of this.#types) editor.setDecorations(type, rangesOf(reply.value, kind));
    if (editor === vscode.window.activeTextEditor) {
      this.#legend.text = sharesTitle(reply.value.shares) || vscode.l10n.t("Origin unknown");
    }
  }
}

function rangesOf({ ranges }: DocumentLines, wanted: MarkedKind): vscode.Range[] {
  return ranges
    .filter(({ kind }) => kind === wanted)
    .map(({ firstLine, lastLine }) => new vscode.Range(firstLine, 0, lastLine, 0));
}
