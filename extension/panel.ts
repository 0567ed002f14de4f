import * as vscode from "vscode";
import { answer, type Handlers } from "../protocol/messages.ts";
import { requestsFromPanel, type NotificationToPanel, type PanelNotice } from "../protocol/panel.ts";
import { panelPage } from "./panelPage.ts";
import { Scope } from "./scope.ts";
import { openUnread } from "./seenView.ts";
import type { Session } from "./session.ts";
import { readSharing } from "./sync/readSharing.ts";

export const panelViewId = "kept.panel";
const editorPanelType = "kept.panelEditor";

/** The panel, as a view in the side bar and as an editor tab: the same page, fed by the same session. */
export class Panel implements vscode.Disposable, vscode.WebviewViewProvider, vscode.WebviewPanelSerializer {
  readonly #scope = new Scope();
  readonly #extensionUri: vscode.Uri;
  readonly #session: Session;
  readonly #onMalformed: () => void;
  readonly #webviews = new Set<vscode.Webview>();
  readonly #editors = new Set<vscode.WebviewPanel>();

  constructor(extensionUri: vscode.Uri, session: Session, onMalformed: () => void) {
    this.#extensionUri = extensionUri;
    this.#session = session;
    this.#onMalformed = onMalformed;
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

  readonly #handlers: Handlers<typeof requestsFromPanel> = {
    state: () => Promise.resolve({ ok: true, value: this.#session.state }),
    summary: (question) => this.#session.ask("kept/summary", { ...question, isCompared: true }),
    edits: (question) => this.#session.ask("kept/edits", question),
    openEdit: async (passage) => {
      await openUnread(passage);
      return { ok: true, value: {} };
    },
    unread: () => this.#session.ask("kept/unread", {}),
    openUnread: async (passage) => {
      await vscode.commands.executeCommand("kept.openUnread", passage);
      return { ok: true, value: {} };
    },
    coach: () => this.#session.ask("kept/coach", {}),
    answerTip: (answer) => this.#session.ask("kept/answerTip", answer),
    takeTip: async ({ tip }) => {
      await vscode.commands.executeCommand("kept.takeTip", tip);
      return { ok: true, value: {} };
    },
    team: () => this.#session.ask("kept/team", {}),
    sharing: () => readSharing(this.#session),
    markFolder: async ({ folder, mark }) => {
      const reply = await this.#session.ask("kept/syncAct", { act: "mark", folder, mark });
      return reply.ok ? { ok: true, value: {} } : reply;
    },
    tools: () => this.#session.ask("kept/tools", {}),
    connectTool: async ({ tool }) => {
      await vscode.commands.executeCommand("kept.connectTool", tool);
      return { ok: true, value: {} };
    },
    runCommand: async ({ command }) => {
      await vscode.commands.executeCommand(command);
      return { ok: true, value: {} };
    },
    openSettings: async () => {
      await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:kept.kept");
      return { ok: true, value: {} };
    },
  };

  #tellAll<Method extends NotificationToPanel>(method: Method, params: PanelNotice<Method>): void {
    for (const webview of this.#webviews) void webview.postMessage({ type: "notice", method, params });
  }
}
