import assert from "node:assert/strict";
import * as vscode from "vscode";

const longestStartMs = 30_000;
const pollMs = 50;

suite("The extension", () => {
  test("becomes active by itself once the editor has started", async () => {
    const extension = vscode.extensions.getExtension("kept.kept");
    assert.ok(extension, "The package is not installed.");
    const until = Date.now() + longestStartMs;
    while (!extension.isActive && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    assert.equal(extension.isActive, true);
  });

  test("has registered every command of its manifest", async () => {
    const manifest = vscode.extensions.getExtension<unknown>("kept.kept")?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
