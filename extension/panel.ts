import * as vscode from "vscode";
import { answer, type Handlers } from "../protocol/messages.ts";
import { requestsFromPanel, type NotificationToPanel, type PanelNotice } from "../protocol/panel.ts";
import { openCommit, openEdit } from "./differences.ts";
import { panelHandlers } from "./panelHandlers.ts";
import { panelPage } from "./panelPage.ts";
import { Scope } from "./scope.ts";
import type { Session } from "./session.ts";

export const panelViewId = "kept.panel";
const editorPanelType = "kept.panelEditor";

/** The panel, as a view in the side bar and as an editor tab: the same page, fed by the same session. */
export class Panel implements vscode.Disposable, vscode.WebviewViewProvider, vscode.WebviewPanelSerializer {
  readonly #scope = new Scope();
  readonly #extensionUri: vscode.Uri;
  readonly #onMalformed: () => void;
  readonly #handlers: Handlers<typeof requestsFromPanel>;
  readonly #webviews = new Set<vscode.Webview>();
  readonly #editors = new Set<vscode.WebviewPanel>();

  constructor(extensionUri: vscode.Uri, session: Session, onMalformed: () => void) {
    this.#extensionUri = extensionUri;
    this.#onMalformed = onMalformed;
    this.#handlers = panelHandlers(session, {
      run: (command, ...args) => vscode.commands.executeCommand(command, ...args),
      openEdit,
      openCommit,
    });
    this.#scope.add(vscode.window.registerWebviewViewProvider(panelViewId, this));
    this.#scope.add(vscode.window.registerWebviewPanelSerializer(editorPanelType, this));
    this.#scope.add(session.onStateChanged((state) => this.#tellAll("state", state)));
    this.#scope.add(session.onNumbersChanged(() => this.#tellAll("changed", {})));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#fill(view.webview, (release) => view.onDidDispose(release));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel);
    return Promise.resolve();
  }

  openAsEditor(): void {
    this.#adopt(
      vscode.window.createWebviewPanel(editorPanelType, vscode.l10n.t("Kept"), vscode.ViewColumn.Active),
    );
  }

  refresh(): void {
    this.#tellAll("changed", {});
  }

  dispose(): void {
    this.#scope.dispose();
    for (const editor of [...this.#editors]) editor.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const icon = (name: string) => vscode.Uri.joinPath(this.#extensionUri, "media", name);
    panel.iconPath = { light: icon("kept-on-light.svg"), dark: icon("kept-on-dark.svg") };
    this.#fill(panel.webview, (release) => panel.onDidDispose(release));
    this.#editors.add(panel);
    panel.onDidDispose(() => this.#editors.delete(panel));
  }

  #fill(webview: vscode.Webview, onDispose: (release: () => void) => vscode.Disposable): void {
    webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.#extensionUri, "dist")],
    };
    const listening = webview.onDidReceiveMessage((message: unknown) => void this.#answer(webview, message));
    this.#webviews.add(webview);
    onDispose(() => {
      this.#webviews.delete(webview);
      listening.dispose();
    });
    webview.html = panelPage(webview, this.#extensionUri, vscode.env.language);
  }

  async #answer(webview: vscode.Webview, message: unknown): Promise<void> {
    const answered = await answer(requestsFromPanel, this.#handlers, message);
    if (answered) await webview.postMessage(answered);
    else this.#onMalformed();
  }

  #tellAll<Method extends NotificationToPanel>(method: Method, params: PanelNotice<Method>): void {
    for (const webview of this.#webviews) void webview.postMessage({ type: "notice", method, params });
  }
}
