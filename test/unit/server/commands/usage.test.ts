import assert from "node:assert/strict";
import { usage, usageOf } from "../../../../server/commands/usage.ts";

suite("What the command line says of itself", () => {
  test("has each command's own part, with all of its forms", () => {
    assert.equal(
      usageOf("doctor"),
      "  kept doctor [--json]                  what is found, what works, what to fix",
    );
    assert.deepEqual(
      usageOf("export")
        .split("\n")
        .map((line) => line.trim().split("  ", 1)[0]),
      [
        "kept export [--format json|csv] [--period 30d] [--out FILE]",
        "everything that is recorded; docs/data.md says what it means",
        "kept export --format agent-trace [--repo DIR] [--out FILE]",
        "whose the lines of a repository's commits are, as Agent Trace",
      ],
    );
    assert.ok(!usageOf("demo").includes("--json prints"));
  });

  test("says nothing of what is no command", () => {
    for (const name of ["", "nonsense", "kept"]) assert.equal(usageOf(name), "");
  });

  test("names each command", () => {
    const named = new Set([...usage.matchAll(/^ {2}kept (\w+)/gm)].map(([, name]) => name!));
    assert.ok(named.size >= 16);
    for (const name of named) assert.match(usageOf(name), new RegExp(`^ {2}kept ${name}\\b`));
  });
});
