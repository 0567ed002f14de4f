import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readRuleFiles, readRules } from "../../../../server/coaching/ruleFiles.ts";
import type { Rule } from "../../../../protocol/coaching.ts";
import { ruleOf } from "../../../support/coaching/situation.ts";

/** A file with each rule on lines of its own: a rule's `when` stands four lines below its brace. */
function fileOf(...rules: readonly Partial<Rule>[]): string {
  return JSON.stringify({ rules: rules.map((rule) => ruleOf(rule)) }, undefined, 2);
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}

suite("Rules of a workspace", () => {
  const problemsOf = (text: string) =>
    readRules("rules.json", text, new Set(["C01"])).problems.map(({ line, reason }) => ({ line, reason }));

  test("are used beside Kept's own", () => {
    const { rules, problems } = readRules("rules.json", fileOf({ id: "A" }, { id: "B" }), new Set(["C01"]));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ rule, source }) => [rule.id, source]),
      [
        ["A", "workspace"],
        ["B", "workspace"],
      ],
    );
  });

  for (const [what, text, part, reason] of [
    ["no JSON", '{\n  "rules": [\n}', "}", /it is no JSON: ValueExpected/],
    ["nothing", "", "", /it is empty|no JSON/],
    ["no list", '{\n  "rules": 3\n}', "3", /rules: .*array/],
    ["another field", fileOf({ id: "A" }).replace('"title"', '"tittle"'), '"version"', /title/],
    [
      "a condition of what there is not",
      fileOf({ when: "everything > 1" }),
      '"everything',
      /^when: .*everything/,
    ],
    ["a condition that never ends", fileOf({ when: "(uncommitted.lines" }), '"(uncommitted', /expected \)/],
    [
      "a slow condition",
      fileOf({ when: `uncommitted.lines > ${Array.from({ length: 110 }, () => "1").join("+")}` }),
      '"uncommitted.lines > 1',
      /more than 100 steps/,
    ],
    ["a pattern", fileOf({ when: "contextFile.name =~ '(a+)+'" }), '"contextFile.name =~', /means nothing/],
    ["a name that is taken", fileOf({ id: "C01" }), '"C01"', /C01 already/],
    ["a message without a number", fileOf({ message: "Be careful." }), '"Be careful."', /quotes no number/],
    ["an action there is not", fileOf({}).replace("openPanel", "runShell"), '"runShell"', /actions\.0/],
    [
      "a link that is none",
      fileOf({}).replace('"reference"', '"url": "command:x", "reference"'),
      '"command:x"',
      /evidence\.0\.url/,
    ],
  ] as const) {
    test(`with ${what} are refused with line and reason`, () => {
      const problems = problemsOf(text);
      assert.ok(problems.length > 0, "refused");
      assert.match(problems[0]!.reason, reason);
      if (what !== "another field") assert.equal(problems[0]!.line, lineOf(text, part));
    });
  }

  for (const [what, text, line] of [
    ["lists in lists", "[".repeat(60_000), 1],
    ["objects in objects", `{\n"a":`.repeat(9_000), 21],
    ["lists in a rule", fileOf({ id: "A" }).replace('"A"', `${"[".repeat(100)}${"]".repeat(100)}`), 4],
  ] as const) {
    test(`with ${what} without end are refused with line and reason`, () => {
      assert.deepEqual(problemsOf(text), [
        { line, reason: "it has more than 20 lists and objects in one another" },
      ]);
    });
  }

  test("may have brackets in their words and remarks", () => {
    const text = fileOf({ id: "A", title: "[".repeat(40) }).replace("{", `{ // ${"{".repeat(40)}\n`);
    assert.deepEqual(problemsOf(text), []);
  });

  test("that are right are used though another in the file is refused", () => {
    const { rules, problems } = readRules(
      "rules.json",
      fileOf({ id: "A", when: "1" }, { id: "B" }),
      new Set(),
    );
    assert.deepEqual(
      rules.map(({ rule }) => rule.id),
      ["B"],
    );
    assert.equal(problems.length, 1);
  });

  test("are refused at the line that the editor shows, whatever ends its lines", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = fileOf({ id: "A", when: "1" }).replaceAll("\n", end);
      const [problem] = problemsOf(text);
      const line = text.slice(0, text.indexOf('"when"')).split(end).length;
      assert.ok(line > 1);
      assert.equal(problem!.line, line, JSON.stringify(end));
    }
  });

  test("are refused where they are too many", () => {
    const many = fileOf(...Array.from({ length: 51 }, (_, index) => ({ id: `R${index}` })));
    assert.match(problemsOf(many)[0]!.reason, /51 rules; 50 is the most/);
  });

  suite("in files", () => {
    let folder: string;
    const rulesIn = (name: string) => path.join(folder, ".kept/rules", name);
    setup(() => {
      folder = mkdtempSync(path.join(tmpdir(), "kept-rules-"));
      mkdirSync(path.join(folder, ".kept/rules"), { recursive: true });
    });
    teardown(() => rmSync(folder, { recursive: true }));

    test("are read in order; a huge file, a broken link and other files are not", () => {
      writeFileSync(rulesIn("a.json"), fileOf({ id: "A" }));
      writeFileSync(rulesIn("b.json"), fileOf({ id: "A" }, { id: "B" }));
      writeFileSync(rulesIn("huge.json"), fileOf({ id: "H" }) + " ".repeat(64 * 1024));
      writeFileSync(rulesIn("notes.md"), "no rules");
      symlinkSync(path.join(folder, "nowhere"), rulesIn("link.json"));
      const { rules, problems } = readRuleFiles([folder], new Set());
      assert.deepEqual(
        rules.map(({ rule }) => rule.id),
        ["A", "B"],
      );
      assert.deepEqual(
        problems.map(({ file, line }) => [path.basename(file), line]),
        [
          ["b.json", lineOf(fileOf({ id: "A" }), '"A"')],
          ["huge.json", null],
          ["link.json", null],
        ],
      );
    });

    test("hold though another file of them has no end to its lists", () => {
      writeFileSync(rulesIn("a.json"), fileOf({ id: "A" }));
      writeFileSync(rulesIn("deep.json"), "[".repeat(60_000));
      writeFileSync(rulesIn("z.json"), fileOf({ id: "Z" }));
      const { rules, problems } = readRuleFiles([folder], new Set());
      assert.deepEqual(
        rules.map(({ rule }) => rule.id),
        ["A", "Z"],
      );
      assert.deepEqual(
        problems.map(({ file, line }) => [file, line]),
        [[rulesIn("deep.json"), 1]],
      );
    });

    test("are none where there is no such folder", () => {
      assert.deepEqual(readRuleFiles([path.join(folder, "none")], new Set()), { rules: [], problems: [] });
    });

    test("of more than twenty files are read of twenty", () => {
      for (let index = 10; index < 32; index++)
        writeFileSync(rulesIn(`${index}.json`), fileOf({ id: `R${index}` }));
      const { rules, problems } = readRuleFiles([folder], new Set());
      assert.equal(rules.length, 20);
      assert.equal(problems.length, 2);
    });
  });
});
