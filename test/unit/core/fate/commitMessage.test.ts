import assert from "node:assert/strict";
import { hasBody, isCorrective, subjectKindOf, trailersOf } from "../../../../core/fate/commitMessage.ts";
import { isSetApart } from "../../../../core/fate/setApart.ts";

suite("What a commit says it is for", () => {
  for (const message of [
    "fix: it",
    "fix(core)!: it",
    "Fix the crash",
    'Revert "feat: it"',
    "Take it back\n\nThis reverts commit 0123456789.",
    "Close a leak, fixes #12",
    "Work around a regression",
  ]) {
    test(`corrects: ${message.split("\n")[0]}`, () => assert.ok(isCorrective(message)));
  }
  for (const message of [
    "feat: it",
    "Add a prefix",
    "Fixture for it",
    "docs: say how",
    "Write it\n\nNo bug.",
    "feat: say who is there, closes #12",
    "docs(bug): tell what a crash is",
    "test: a regression that nobody saw",
  ]) {
    test(`does not: ${message.split("\n")[0]}`, () => assert.ok(!isCorrective(message)));
  }

  test("ends with trailers, if the last paragraph has some", () => {
    assert.deepEqual(trailersOf("a\n\nb\n\nX-y: z\nCo-authored-by: A <a@b>\n"), [
      "X-y: z",
      "Co-authored-by: A <a@b>",
    ]);
    assert.deepEqual(trailersOf("a\n\nb\n"), []);
  });

  test("changes files that nobody writes by hand, or that somebody does", () => {
    for (const path of ["package-lock.json", "a/vendor/b.go", "x.min.js", "t/__snapshots__/a.snap"]) {
      assert.ok(isSetApart(path), path);
    }
    for (const path of ["vendors.ts", "lock.json", "src/map.ts"]) assert.ok(!isSetApart(path), path);
  });
});

suite("What a message says a commit is", () => {
  const told: readonly (readonly [string, string, boolean])[] = [
    ["feat(parser)!: read more", "feature", false],
    ["docs: say more\n\nSigned-off-by: A <a@example.org>", "docs", false],
    ["chore: newer packages\n\nBecause they are safer.", "config", true],
    ['Revert "feat: read more"\n\nThis reverts commit 0123456789abcdef.', "revert", true],
    ["Crash when there is no file", "fix", false],
    ["constructor: new words", "unknown", false],
    ["Words alone", "unknown", false],
    ["", "unknown", false],
    ["Words\n\nWhy.\n\nCo-authored-by: Claude <noreply@anthropic.com>", "unknown", true],
  ];
  for (const [message, kind, body] of told)
    test(`is ${kind}, ${body ? "with" : "without"} a reason: ${JSON.stringify(message)}`, () => {
      assert.deepEqual([subjectKindOf(message), hasBody(message)], [kind, body]);
    });
});
