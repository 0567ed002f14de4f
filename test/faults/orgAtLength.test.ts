import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** The short tests of the org service, as long as their promises are. */
const atLength: Record<string, { readonly file: string; readonly environment: Record<string, string> }> = {
  "H1: 10,000 malformed bodies of every kind": {
    file: "test/wire/orgMalformed.test.ts",
    environment: { KEPT_MALFORMED_PER_KIND: "320" },
  },
  "H2 to H5: a thousand of each that mean no good": {
    file: "test/wire/orgHardening.test.ts",
    environment: { KEPT_HARDENING: "1000" },
  },
};

suite("The org service at length", function () {
  this.timeout(1_800_000);
  for (const [what, { file, environment }] of Object.entries(atLength)) {
    test(what, () => {
      const mocha = path.join(root, "node_modules/mocha/bin/mocha.js");
      const { status, stdout, stderr } = spawnSync(process.execPath, [mocha, "--timeout", "1800000", file], {
        cwd: root,
        env: { ...process.env, ...environment },
        encoding: "utf8",
      });
      assert.equal(status, 0, `${stdout}\n${stderr}`);
    });
  }
});
