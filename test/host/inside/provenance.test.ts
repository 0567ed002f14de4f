import assert from "node:assert/strict";
import * as vscode from "vscode";
import { runningServer, until } from "./kept.ts";

suite("Whose text is, in the editor", () => {
  let editor: vscode.TextEditor;

  suiteSetup(async () => {
    await runningServer();
    const document = await vscode.workspace.openTextDocument({
      content: "was there\n",
      language: "typescript",
    });
    editor = await vscode.window.showTextDocument(document);
    const end = new vscode.Position(1, 0);
    assert.ok(await editor.edit((edit) => edit.insert(end, "const answer = 42;\n")));
  });

  suiteTeardown(async () => {
    for (const name of ["kept.hover.enabled", "kept.codeLens.enabled", "kept.gutter.enabled"])
      await set(name, undefined);
    await vscode.window.showTextDocument(editor.document);
    // Without asking whether to save it.
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  test("is what the person says of the selection, and shown on hover", async () => {
    editor.selection = new vscode.Selection(1, 0, 1, 18);
    await vscode.commands.executeCommand("kept.labelAi");
    await until(async () => /■ AI.*\n?.*You said so/.test(await hover(editor, 1)), "the hover says AI");
    await vscode.commands.executeCommand("kept.labelMine");
    await until(async () => (await hover(editor, 1)).includes("○ Human"), "the hover says human");
    assert.equal(await hover(editor, 0), "", "nothing is said of what was there before");
  });

  test("is in no hover while the setting is off", async () => {
    await set("kept.hover.enabled", false);
    await until(async () => (await hover(editor, 1)) === "", "the hover is quiet");
    await set("kept.hover.enabled", undefined);
    await until(async () => (await hover(editor, 1)) !== "", "the hover is back");
  });

  test("is summed up above the text while the setting is on", async () => {
    assert.deepEqual(await lenses(editor), []);
    await set("kept.codeLens.enabled", true);
    await until(async () => (await lenses(editor)).length > 0, "there is a code lens");
    const [title] = await lenses(editor);
    assert.match(title!, /^○ Human \d+ % {2}· Unknown \d+ %$/);
  });

  test("can be said by code action, which the editor offers when asked", async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      editor.document.uri,
      new vscode.Range(1, 0, 1, 18),
      "refactor",
    );
    const action = actions.find(({ title }) => title === "Kept: AI wrote this");
    assert.ok(action?.command, actions.map(({ title }) => title).join());
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments as unknown[]));
    await until(async () => (await hover(editor, 1)).includes("■ AI"), "the hover says AI");
  });

  test("is explained in a document beside the text", async () => {
    await vscode.window.showTextDocument(editor.document);
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    await vscode.commands.executeCommand("kept.explainLine");
    const labels = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).join(", ");
    await until(() => /Line 2 of Untitled-\d+\.md/.test(labels()), `there is a tab, among ${labels()}`);
    const explained = () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "kept-explanation")?.getText() ?? "";
    await until(() => /## ■ AI[^]*\| label \| labelled \|/.test(explained()), "it lists the label");
  });
});

async function set(name: string, value: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** What Kept says of the first character of a line. */
async function hover({ document }: vscode.TextEditor, line: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    new vscode.Position(line, 0),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .filter((text) => /AI|Human|Tooling|External/.test(text))
    .join();
}

async function lenses({ document }: vscode.TextEditor): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    10,
  );
  return found.flatMap(({ command }) => (command && /Human|AI/.test(command.title) ? [command.title] : []));
}
