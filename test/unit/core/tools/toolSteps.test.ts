import assert from "node:assert/strict";
import { testOutcome } from "../../../../core/tools/testOutcome.ts";
import { changesAssertions, kindOfCall, secretKindOf } from "../../../../core/tools/toolSteps.ts";

suite("Steps of an agent", () => {
  test("are told by what is called", () => {
    const shell = (command: string) => kindOfCall("Bash", { command })?.kind;
    for (const command of [
      "npm test",
      "cd app && pnpm run test:unit",
      "npx vitest run",
      "go test ./...",
      "pytest -q",
    ])
      assert.equal(shell(command), "test", command);
    for (const command of ["cat > a.ts <<'END'\none\nEND", "cat <<END > a.ts\none\nEND"])
      assert.equal(kindOfCall("Bash", { command }), undefined, command);
    for (const command of ["cat a.ts", "cd /work && rg x", "git diff HEAD", "sed -n 1,9p a"])
      assert.equal(shell(command), "read", command);
    for (const command of ["npm run build", "git commit -m 'test it'", "rm -rf test", "echo latest"])
      assert.equal(shell(command), undefined, command);
    assert.equal(kindOfCall("functions.update_plan", {})?.kind, "plan");
    assert.deepEqual(kindOfCall("mcp__one_two__list__all", {}), { kind: "server", subject: "one_two" });
    assert.equal(kindOfCall("Edit", { path: "/a" }), undefined);
  });

  test("know files with secrets by their names", () => {
    for (const path of [
      ".env",
      "app/.env.local",
      "C:\\keys\\id_rsa",
      "/home/me/.aws/config",
      "deploy/tls.key",
    ])
      assert.notEqual(secretKindOf(path), undefined, path);
    for (const path of [".env.example", "src/environment.ts", "keys.ts", "docs/secrets.md", "public.pub"])
      assert.equal(secretKindOf(path), undefined, path);
  });

  test("know a changed assertion from added, moved and other lines", () => {
    const before = "test('x', () => {\n  const a = one();\n  expect(a).toBe(1);\n});\n";
    assert.equal(changesAssertions(before, before.replace("toBe(1)", "toBe(2)")), true);
    assert.equal(changesAssertions(before, before.replace("  expect(a).toBe(1);\n", "")), true);
    assert.equal(changesAssertions(before, before.replace("one()", "two()")), false);
    assert.equal(changesAssertions(before, `${before}expect(b).toBe(2);\n`), false);
    assert.equal(changesAssertions("  assert x == 1\n", "    assert x == 1\n"), false);
  });

  test("say of a test run only what is known", () => {
    const run = { command: "npm test", isSuccess: true, output: undefined };
    assert.equal(testOutcome(run), "passed");
    assert.equal(testOutcome({ ...run, isSuccess: false }), "failed");
    const hidden = { ...run, command: "npm test | tee log" };
    assert.equal(testOutcome(hidden), undefined);
    assert.equal(testOutcome({ ...hidden, output: "Tests: 2 failed, 3 passed" }), "failed");
    assert.equal(testOutcome({ ...hidden, output: "0 failed, 3 passed" }), "passed");
    assert.equal(testOutcome({ ...run, isSuccess: undefined, output: "ok" }), "passed");
  });
});
