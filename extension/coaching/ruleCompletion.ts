import * as vscode from "vscode";

/** Where an expression, or a message that quotes numbers, is being written. */
const inExpression = /"(?:when|suppressIf)"\s*:\s*"(?:[^"\\]|\\.)*?([\w.]*)$/;
const inMessage = /"message"\s*:\s*"(?:[^"\\]|\\.)*?\{([\w.]*)$/;

interface RulesSchema {
  readonly properties: {
    readonly rules: {
      readonly items: {
        readonly properties: {
          readonly when: {
            readonly defaultSnippets: readonly { readonly body: string; readonly description: string }[];
          };
        };
      };
    };
  };
}

/** Completes the names of numbers anywhere in the conditions and messages of a workspace's own rules. */
export function completeRules(extensionUri: vscode.Uri): vscode.Disposable {
  let names: Promise<readonly (readonly [name: string, does: string])[]> | undefined;
  return vscode.languages.registerCompletionItemProvider(
    { pattern: "**/.kept/rules/*.json", scheme: "file" },
    {
      provideCompletionItems: async (document, position) => {
        const before = document.lineAt(position).text.slice(0, position.character);
        const word = (inExpression.exec(before) ?? inMessage.exec(before))?.[1];
        if (word === undefined) return [];
        names ??= readNames(extensionUri);
        const range = new vscode.Range(position.translate(0, -word.length), position);
        return (await names).map(([name, does]) => {
          const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable);
          item.detail = does;
          item.range = range;
          return item;
        });
      },
    },
    ".",
    "{",
  );
}

/** They are those of the schema, which is made from what rules may speak of. */
async function readNames(extensionUri: vscode.Uri): Promise<readonly (readonly [string, string])[]> {
  const file = vscode.Uri.joinPath(extensionUri, "media", "rules.schema.json");
  const schema = JSON.parse(
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file)),
  ) as RulesSchema;
  const { defaultSnippets } = schema.properties.rules.items.properties.when;
  return defaultSnippets.map(({ body, description }) => [body.split(" ", 1)[0]!, description]);
}
