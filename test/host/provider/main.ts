/**
 * A test-only extension that completes as an AI tool would: after "say " it proposes the rest of one sentence, and in a
 * line with "teh" the next edit that puts it right.
 */
import * as vscode from "vscode";

const sentence = "hello brave world";
const mistake = "teh";
const correction = "the";

export function activate(context: vscode.ExtensionContext) {
  const everywhere = { pattern: "**" };
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider(everywhere, {
      provideInlineCompletionItems(document, position) {
        const line = document.lineAt(position).text;
        const mistaken = line.indexOf(mistake);
        if (mistaken >= 0) return [nextEdit(position.line, mistaken)];
        const before = line.slice(0, position.character);
        const said = /\bsay (.*)$/.exec(before)?.[1];
        if (said === undefined || said === sentence || !sentence.startsWith(said)) return [];
        const rest = sentence.slice(said.length);
        return [new vscode.InlineCompletionItem(rest, new vscode.Range(position, position))];
      },
    }),
  );
}

/** A completion is shown as an edit beside the line through a proposed addition to it. */
function nextEdit(line: number, from: number) {
  const range = new vscode.Range(line, from, line, from + mistake.length);
  return Object.assign(new vscode.InlineCompletionItem(correction, range), { isInlineEdit: true });
}
