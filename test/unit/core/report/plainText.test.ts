import assert from "node:assert/strict";
import { plainText } from "../../../../core/report/plainText.ts";
import { reportMarkdown } from "../../../../core/report/report.ts";
import { reportHtml } from "../../../../core/report/reportHtml.ts";
import type { Fates } from "../../../../protocol/fates.ts";
import type { Summary } from "../../../../protocol/summary.ts";
import { hourOf, month, summaryOf } from "../../webview/summary.ts";

suite("A report in a terminal", () => {
  test("has its columns in line, and none of Markdown's marks", () => {
    const text = plainText(
      "# Kept\n\n**Made up.**\n\n| id | now |\n|---|---:|\n| a\\|b | 1 |\n| long one | 22 |\n",
    );
    assert.equal(
      text,
      [
        "Kept",
        "────",
        "",
        "Made up.",
        "",
        "id        now",
        "────────  ───",
        "a|b       1",
        "long one  22",
        "",
      ].join("\n"),
    );
  });

  test("says all that Markdown says", () => {
    const markdown = reportMarkdown(summaryOf(month));
    const words = (text: string) => text.replace(/[\s|─#:-]+/g, "");
    assert.equal(words(plainText(markdown)), words(markdown.replace(/\\(.)/g, "$1")));
    assert.doesNotMatch(plainText(markdown), /\|/);
  });
});

suite("What reports say of others' names and of little", () => {
  const summary = summaryOf(month, [hourOf({ tool: "evil\u202etool" })]);

  test("nothing in them turns the rest of a line round", () => {
    const markdown = reportMarkdown(summary);
    for (const text of [markdown, plainText(markdown), reportHtml(summary, [])]) {
      assert.match(text, /evil\ufffdtool/);
      assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/);
    }
  });

  test("a handful of edits has no share: what is known is counted", () => {
    assert.match(reportMarkdown(summary), /^- Origin known: 10 of 10 inserted characters$/m);
    assert.match(reportHtml(summary, []), /10 of 10 inserted characters/);
  });

  test("the page has what became of committed lines, as the other forms have", () => {
    const fates: Fates = {
      ...{ at: 0, repositories: 1, unknown: [], from: "2026-01-05", to: "2026-03-30", coverage: 0.6 },
      ...{ linesSetApart: 3, tools: [], weeks: [], lives: { halfLives: [], hazardRatio: null } },
      kinds: [{ origin: { kind: "ai" }, lines: 7, commits: 2, rework: [], survival: [], reverts: [] }],
    };
    const before: Summary["before"] = {
      ...{ state: "done" as const, read: 1, all: 1, from: "2026-01-01", to: "2026-01-30" },
      ...{ baseline: null, tools: [] },
    };
    const page = reportHtml({ ...summary, fates, before }, []);
    assert.match(page, /<h2>Lines committed 2026-01-05 to 2026-03-30, in one repository/);
    assert.match(page, /<th scope="row">AI<\/th><td>7<\/td><td>2<\/td>/);
    assert.match(page, /<h2>Before Kept watched, 2026-01-01 to 2026-01-30/);
    assert.match(page, /no tool&#39;s records were found/);
  });
});
