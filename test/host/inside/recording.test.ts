import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import {
  allEdits,
  editByProgram,
  edits,
  emptyEditor,
  isAlive,
  kept,
  keptExtension,
  quiet,
  report,
  runningServer,
  type,
  typedEdits,
  until,
} from "./kept.ts";

suite("Recording in the editor", () => {
  suiteSetup(async () => {
    // The editor in the browser saves by itself, which would come between a key and a save.
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update("files.autoSave", "off", vscode.ConfigurationTarget.Workspace);
    await runningServer();
    const { activationMs } = await kept();
    console.log(`activate returned after ${activationMs.toFixed(1)} ms`);
  });

  teardown(async () => {
    for (const editor of vscode.window.visibleTextEditors) {
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });

  test("tells a typed key from an edit by a program", async () => {
    const editor = await emptyEditor("typed.ts");
    // What the suite before this one wrote is told a moment later.
    await quiet();
    const before = edits();
    await type("x");
    await editByProgram(editor, "const answer = 42;\n");
    const difference = () => {
      const now = edits();
      return Object.keys(now)
        .map((origin) => [origin, now[origin]! - (before[origin] ?? 0)] as const)
        .filter(([, count]) => count > 0)
        .sort();
    };
    await until(() => difference().length > 1, "both are recorded");
    assert.deepEqual(difference(), [
      ["human", 1],
      ["unknown", 1],
    ]);
  });

  test("tells the first key after a save from a reload", async () => {
    const editor = await emptyEditor("saved.ts");
    await type("a");
    await editor.document.save();
    await quiet();
    const before = edits();
    await type("b");
    await until(() => (edits()["human"] ?? 0) === (before["human"] ?? 0) + 1, "the key is recorded as typed");
    await editor.document.save();
    writeFileSync(editor.document.uri.fsPath, "ab written by something else");
    await until(
      () => (edits()["external"] ?? 0) === (before["external"] ?? 0) + 1,
      "the reload is recorded as external",
    );
  });

  test("loses no edit made while the server is killed, and starts it again", async () => {
    const editor = await emptyEditor("killed.ts");
    await quiet();
    const before = allEdits();
    const first = await runningServer();
    await type("before");
    process.kill(first, "SIGKILL");
    for (let line = 0; line < 20; line++) await editByProgram(editor, `line ${line}\n`);
    await until(async () => (await runningServer()) !== first, "another server runs");
    await type("after");
    await until(() => allEdits() >= before + 31, "everything is recorded");
    await quiet();
    assert.equal(allEdits(), before + 31);
  });

  test("is restarted three times at most, then stops once and says so, and starts by hand", async () => {
    const api = await kept();
    // The test before has used up one.
    for (let time = 0; time < 2; time++) {
      const running = await runningServer();
      process.kill(running, "SIGKILL");
      await until(async () => (await runningServer()) !== running, "another server runs");
    }
    process.kill(await runningServer(), "SIGKILL");
    await until(() => api.recording()?.state.state === "stopped", "it is left stopped");
    const state = api.recording()!.state;
    assert.equal(state.state === "stopped" && state.problem.code, "server.crashed");
    await quiet();
    assert.equal(api.recording()!.state.state, "stopped", "it does not start by itself");
    await emptyEditor("stopped.ts");
    const before = typedEdits();
    await type("while stopped");
    await vscode.commands.executeCommand("kept.restart");
    await runningServer();
    await until(() => typedEdits() >= before + 13, "what was typed meanwhile is recorded");
    await quiet();
    assert.equal(typedEdits(), before + 13);
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  test("is not there at all while it is off, and comes back without a reload", async () => {
    const api = await kept();
    const running = await runningServer();
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update("kept.enabled", false, vscode.ConfigurationTarget.Workspace);
    try {
      await until(() => !isAlive(running), "the server has ended");
      assert.equal(api.recording(), undefined);
      const commands = await vscode.commands.getCommands(true);
      assert.equal(commands.includes("kept.restart"), false);
      assert.equal(commands.includes("kept.turnOn"), true);
      const before = filesOfKept();
      const numbers = report();
      await emptyEditor("off.ts");
      await type("nobody sees this");
      await quiet();
      assert.deepEqual(filesOfKept(), before);
      assert.deepEqual(report().origins, numbers.origins);
    } finally {
      await vscode.commands.executeCommand("kept.turnOn");
    }
    await until(() => api.recording() !== undefined, "it is on again");
    const again = await runningServer();
    assert.notEqual(again, running);
    await emptyEditor("on.ts");
    const before = typedEdits();
    await type("ab");
    await until(() => typedEdits() === before + 2, "typing is recorded again");
  });

  test("keeps excluded files out", async () => {
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update("kept.exclude", ["**/secret/**"], vscode.ConfigurationTarget.Workspace);
    try {
      await runningServer();
      const before = typedEdits();
      await emptyEditor("secret/hidden.ts");
      await type("hidden");
      await emptyEditor("shown.ts");
      await type("ab");
      await until(() => typedEdits() >= before + 2, "what is not excluded is recorded");
      await quiet();
      assert.equal(typedEdits(), before + 2);
    } finally {
      await configuration.update("kept.exclude", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

/** Every file Kept has, with when it was last written. Reading the database touches only its shared memory. */
function filesOfKept(): Record<string, number> {
  const folder = process.env["KEPT_HOME"]!;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => !/-(wal|shm)$/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, statSync(path.join(folder, name)).size]));
}

suite("The installed package", () => {
  test("holds no dependencies' folder and one native binary", () => {
    const names = readdirSync(keptExtension().extensionPath, { recursive: true, encoding: "utf8" });
    assert.equal(
      names.some((name) => name.includes("node_modules")),
      false,
    );
    assert.equal(names.filter((name) => name.endsWith(".node")).length, 1);
  });
});
