import * as vscode from "vscode";
import { describeProblem } from "../../protocol/errors.ts";
import { lineQuestionSchema } from "../../protocol/provenance.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";

const scheme = "kept-explanation";

/** Documents that explain a line. Each is asked for anew when it is shown, and nothing of it is kept. */
export class Explanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  readonly #changed = this.#scope.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#scope.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  /** Explains the line the cursor is in. */
  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const line = editor.selection.active.line;
    const uri = editor.document.uri;
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const explanation = vscode.Uri.from({
      scheme,
      path: `/${vscode.l10n.t("Line {0} of {1}", line + 1, name)}.md`,
      query: JSON.stringify({ uri: uri.toString(), line }),
    });
    this.#changed.fire(explanation);
    try {
      await vscode.commands.executeCommand("markdown.showPreviewToSide", explanation);
    } catch {
      // The editor's own Markdown extension is switched off: the text can be read as it is.
      await vscode.window.showTextDocument(explanation, { viewColumn: vscode.ViewColumn.Beside });
    }
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const question = lineQuestionSchema.safeParse(JSON.parse(query));
    if (!question.success) return "";
    const reply = await this.#session.ask("kept/explain", question.data);
    if (!reply.ok) {
      const { message, whatToDo } = describeProblem(reply.problem);
      return `${message} ${whatToDo}\n`;
    }
    return (
      reply.value.markdown ?? vscode.l10n.t("Kept does not record this file, or it is no longer open.") + "\n"
    );
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
