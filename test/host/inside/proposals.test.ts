import assert from "node:assert/strict";
import * as vscode from "vscode";

/** What a change carries where the host grants the proposal. */
type ChangeWithReason = vscode.TextDocumentChangeEvent & { readonly detailedReason?: unknown };

suite("The reason of a change", () => {
  /** A changed text would ask the next suite whether to save it, once editors are closed. */
  teardown(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  const expected = process.env["KEPT_TEST_FLAVOUR"] === "proposed";

  test(
    expected ? "is given to who declares the proposal" : "is kept from who declares no proposal",
    async () => {
      const kept = vscode.extensions.getExtension<unknown>("kept.kept");
      const declared = (kept?.packageJSON as { enabledApiProposals?: string[] }).enabledApiProposals ?? [];
      assert.equal(declared.includes("textDocumentChangeReason"), expected);

      const [file] = await vscode.workspace.findFiles("sample.ts");
      assert.ok(file);
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const change = nextChange(document);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "// changed\n");
      assert.ok(await vscode.workspace.applyEdit(edit));
      const { detailedReason } = await change;
      assert.equal(detailedReason !== undefined, expected);
    },
  );
});

function nextChange(document: vscode.TextDocument): Promise<ChangeWithReason> {
  return new Promise((resolve) => {
    const listener = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document !== document || change.contentChanges.length === 0) return;
      listener.dispose();
      resolve(change);
    });
  });
}
