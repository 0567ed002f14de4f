import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { installExtension, startEditor, uninstallExtension } from "../../../scripts/editor/serve.ts";
import { isolation } from "../../../scripts/editor/session.ts";
import { shortTemporaryFolder } from "../../../scripts/paths.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";

const { vsix, flavour } = packageUnderTest();

suite(`Uninstalling from the editor (${flavour} package)`, () => {
  let folder: string;
  const inFolder = (name: string) => path.join(folder, name);

  setup(() => (folder = mkdtempSync(path.join(shortTemporaryFolder(), "kept-"))));
  teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  test("takes Kept out of the tools' configurations, and deletes nothing that was recorded", async () => {
    const settings = path.join(folder, "home", ".claude", "settings.json");
    mkdirSync(path.dirname(settings), { recursive: true });
    const before = '{\n  // mine\n  "model": "opus"\n}\n';
    writeFileSync(settings, before);
    const env = isolation({ home: inFolder("home"), keptHome: inFolder("kept") });
    const folders = { extensionsDir: inFolder("ext"), userDataDir: inFolder("user"), env };
    await installExtension(vsix, folders);
    const installed = () => readdirSync(folders.extensionsDir).find((name) => name.startsWith("kept."));
    const cli = path.join(folders.extensionsDir, installed()!, "dist", "cli.js");
    const connected = spawnSync(process.execPath, [cli, "connect", "claude-code"], {
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    assert.equal(connected.status, 0, connected.stderr);
    assert.notEqual(readFileSync(settings, "utf8"), before);

    await uninstallExtension("kept.kept", folders);
    mkdirSync(inFolder("work"));
    const editor = await startEditor({ ...folders, workspace: inFolder("work") });
    try {
      // A page that is asked for is what makes the editor look at its extensions.
      await fetch(editor.url);
      while (installed() !== undefined) await pause(100);
      assert.equal(readFileSync(settings, "utf8"), before, editor.output());
      assert.ok(existsSync(path.join(folder, "kept", "bin", "kept-hook")));
    } finally {
      await editor.stop();
    }
  });
});
