/** A test-only extension that completes as an AI tool would: after "say " it proposes the rest of one sentence. */
import * as vscode from "vscode";

const sentence = "hello brave world";

export function activate(context: vscode.ExtensionContext) {
  const everywhere = { pattern: "**" };
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider(everywhere, {
      provideInlineCompletionItems(document, position) {
        const before = document.lineAt(position).text.slice(0, position.character);
        const said = /\bsay (.*)$/.exec(before)?.[1];
        if (said === undefined || said === sentence || !sentence.startsWith(said)) return [];
        const rest = sentence.slice(said.length);
        return [new vscode.InlineCompletionItem(rest, new vscode.Range(position, position))];
      },
    }),
  );
}
