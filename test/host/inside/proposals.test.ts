import assert from "node:assert/strict";
import * as vscode from "vscode";

/** What a change carries where the host grants the proposal. */
type ChangeWithReason = vscode.TextDocumentChangeEvent & { readonly detailedReason?: unknown };

suite("The reason of a change", () => {
  const expected = process.env["KEPT_TEST_FLAVOUR"] === "proposed";

  test(
    expected ? "is given to who declares the proposal" : "is kept from who declares no proposal",
    async () => {
      const kept = vscode.extensions.getExtension<unknown>("kept.kept");
      const declared = (kept?.packageJSON as { enabledApiProposals?: string[] }).enabledApiProposals ?? [];
      assert.equal(declared.includes("textDocumentChangeReason"), expected);

      const document = await vscode.workspace.openTextDocument({ content: "one\n", language: "plaintext" });
      const change = nextChange(document);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(1, 0), "two\n");
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
