import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { commands } from "../../protocol/commands.ts";

/** Every English text the extension shows, as the base for translations. */
export async function translatableTexts(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const texts = new Set<string>(Object.values(commands).map(({ title }) => title));
  for (const name of names) {
    const source = ts.createSourceFile(
      name,
      await readFile(path.join(folder, name), "utf8"),
      ts.ScriptTarget.Latest,
    );
    collect(source, texts);
  }
  return Object.fromEntries([...texts].sort().map((text) => [text, text]));
}

function collect(node: ts.Node, texts: Set<string>): void {
  if (ts.isCallExpression(node) && isTranslation(node.expression)) {
    const [text] = node.arguments;
    if (text && ts.isStringLiteral(text)) texts.add(text.text);
  }
  ts.forEachChild(node, (child) => collect(child, texts));
}

/** `vscode.l10n.t` */
function isTranslation(called: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(called) &&
    called.name.text === "t" &&
    ts.isPropertyAccessExpression(called.expression) &&
    called.expression.name.text === "l10n"
  );
}
