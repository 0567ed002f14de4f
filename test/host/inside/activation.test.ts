import assert from "node:assert/strict";
import * as vscode from "vscode";
import { note } from "../companion/notes.ts";

suite("The extension", () => {
  test("is active after the editor has started", async () => {
    const extension = vscode.extensions.getExtension("kept.kept");
    assert.ok(extension, "The package is not installed.");
    const started = performance.now();
    await extension.activate();
    note(`activate waited ${(performance.now() - started).toFixed(1)} ms`);
    assert.equal(extension.isActive, true);
  });
});
