import assert from "node:assert/strict";
import { packagedManifest } from "../../../../scripts/package/manifest.ts";

const manifest = {
  name: "kept",
  publisher: "kept",
  version: "1.2.3",
  private: true,
  type: "module",
  main: "./dist/extension.js",
  engines: { vscode: "^1.101.0", node: ">=20" },
  scripts: { test: "node scripts/test.mjs" },
  dependencies: { zod: "4.0.0" },
  workspaces: ["org"],
  contributes: { commands: [] },
};

suite("The packaged manifest", () => {
  test("says what the editor needs and of the repository's scripts none", () => {
    assert.deepEqual(packagedManifest(manifest, false), {
      name: "kept",
      publisher: "kept",
      version: "1.2.3",
      main: "./dist/extension.js",
      engines: { vscode: "^1.101.0" },
      scripts: { "vscode:uninstall": "node ./dist/cli.js uninstall" },
      contributes: { commands: [] },
    });
  });

  test("declares the proposal in the flavour for hosts that grant it, and only there", () => {
    assert.deepEqual(packagedManifest(manifest, true)["enabledApiProposals"], ["textDocumentChangeReason"]);
    assert.equal("enabledApiProposals" in packagedManifest(manifest, false), false);
  });
});
