import * as vscode from "vscode";
import type { Unread } from "../protocol/seen.ts";
import type { Host } from "./host.ts";
import { Scope } from "./scope.ts";
import type { Session } from "./session.ts";

export const unreadViewId = "kept.unread";

/** How long the numbers may settle before unread text is asked for again. */
const settleMs = 1000;

type UnreadFile = Unread["files"][number];

interface Hunk {
  readonly file: UnreadFile;
  readonly range: UnreadFile["ranges"][number];
}

/** In the Source Control view: AI text that nobody has had on screen, before it is committed. One click opens it. */
export class UnreadView implements vscode.Disposable, vscode.TreeDataProvider<Hunk> {
  readonly #scope = new Scope();
  readonly #session: Session;
  readonly #host: Host;
  readonly #changed = this.#scope.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Hunk>;
  #hunks: readonly Hunk[] = [];
  #stopTimer: (() => void) | undefined;

  constructor(session: Session, host: Host) {
    this.#session = session;
    this.#host = host;
    this.#view = this.#scope.add(vscode.window.createTreeView(unreadViewId, { treeDataProvider: this }));
    this.#scope.add(session.onNumbersChanged(() => this.#refreshSoon()));
    this.#scope.add(
      session.onStateChanged(({ state }) => {
        if (state === "running") this.#refreshSoon();
      }),
    );
    if (session.state.state === "running") this.#refreshSoon();
  }

  getTreeItem({ file, range }: Hunk): vscode.TreeItem {
    const uri = vscode.Uri.parse(file.uri);
    const [first, last] = [range.firstLine + 1, range.lastLine + 1];
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const item = new vscode.TreeItem(
      first === last
        ? vscode.l10n.t("{0}, line {1}", name, first)
        : vscode.l10n.t("{0}, lines {1} to {2}", name, first, last),
    );
    item.resourceUri = uri;
    item.iconPath = vscode.ThemeIcon.File;
    item.description = vscode.workspace.asRelativePath(uri).slice(0, -name.length - 1);
    item.tooltip = vscode.l10n.t("AI wrote this, and it was never on screen in this editor.");
    item.command = {
      command: "kept.openUnread",
      title: vscode.l10n.t("Open"),
      arguments: [{ uri: file.uri, firstLine: range.firstLine, lastLine: range.lastLine }],
    };
    return item;
  }

  getChildren(hunk?: Hunk): Hunk[] {
    return hunk ? [] : [...this.#hunks];
  }

  dispose(): void {
    this.#stopTimer?.();
    void vscode.commands.executeCommand("setContext", "kept.hasUnread", false);
    this.#scope.dispose();
  }

  #refreshSoon(): void {
    this.#stopTimer ??= this.#host.startTimer(settleMs, () => {
      this.#stopTimer = undefined;
      void this.#refresh();
    });
  }

  async #refresh(): Promise<void> {
    const reply = await this.#session.ask("kept/unread", {});
    if (!reply.ok) return;
    const { files } = reply.value;
    this.#hunks = files.flatMap((file) => file.ranges.map((range) => ({ file, range })));
    const lines = files.reduce((total, file) => total + file.lines, 0);
    this.#view.description =
      lines === 0 ? "" : lines === 1 ? vscode.l10n.t("1 line") : vscode.l10n.t("{0} lines", lines);
    this.#changed.fire(undefined);
    await vscode.commands.executeCommand("setContext", "kept.hasUnread", this.#hunks.length > 0);
  }
}

/** Opens what an item of the view stands for. */
export async function openUnread(argument: unknown): Promise<void> {
  const { uri, firstLine, lastLine } = argument as { uri?: unknown; firstLine?: unknown; lastLine?: unknown };
  if (typeof uri !== "string" || typeof firstLine !== "number" || typeof lastLine !== "number") return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const last = document.lineAt(Math.min(lastLine, document.lineCount - 1));
  const selection = new vscode.Range(Math.min(firstLine, last.lineNumber), 0, last.lineNumber, 0);
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  editor.selection = new vscode.Selection(selection.start, selection.start);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
