import assert from "node:assert/strict";
import { readOptions } from "../../../../scripts/test/options.ts";

suite("The options of npm test", () => {
  test("mean every suite when none is named", () => {
    assert.deepEqual(readOptions([]).suites, ["check", "unit", "wire", "panel", "org", "host"]);
  });

  test("name one suite, its files and a pattern", () => {
    const { suites, files, grep } = readOptions(["unit", "test/unit/a.test.ts", "--grep", "arc"]);
    assert.deepEqual(
      { suites, files, grep },
      { suites: ["unit"], files: ["test/unit/a.test.ts"], grep: "arc" },
    );
  });

  test("are refused where they make no sense", () => {
    assert.throws(() => readOptions(["units"]), /There is no suite units/);
    assert.throws(() => readOptions(["unit", "--electron"]), /for the host suite/);
    assert.throws(() => readOptions(["--nonsense"]), /nonsense/);
  });

  test("take a desktop VS Code by path or by version", () => {
    assert.deepEqual(readOptions(["host", "--electron", "--executable", "/opt/code"]).desktop, {
      executable: "/opt/code",
      version: "stable",
    });
    assert.equal(readOptions(["host", "--electron", "--vscode", "minimum"]).desktop?.version, "minimum");
    assert.equal(readOptions(["host"]).desktop, undefined);
  });
});
