import assert from "node:assert/strict";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { reportMarkdown, reportOf } from "../../../../core/report/report.ts";
import { reportHtml } from "../../../../core/report/reportHtml.ts";
import { nowWords, shareWords } from "../../../../core/report/reportWords.ts";
import type { TipRecord } from "../../../../protocol/coaching.ts";
import { proposedUnseen } from "../../../../protocol/funnel.ts";
import { reportSchema } from "../../../../protocol/report.ts";
import { hourOf, month, summaryOf, today } from "../../webview/summary.ts";

const tip: TipRecord = {
  id: "1",
  rule: "C01",
  ruleVersion: 1,
  at: 1,
  day: today,
  isHeldOut: false,
  state: "seen",
  changedAt: 1,
  snoozedUntil: null,
  nudgedAt: null,
  message: "This change is <b>812</b> lines.",
  before: { value: 0.4, low: 0.3, high: 0.5, n: 40, needsMore: 0 },
  after: null,
  effect: null,
};
const hostile = `<img src=x onerror="window.broken=true">`;
const summary = summaryOf(
  month,
  Array.from({ length: 30 }, (_, index) => hourOf({ tool: hostile, hour: index % 24 })),
);

suite("The report as a page", () => {
  const page = reportHtml(summary, [tip]);

  test("says the numbers of the other forms", () => {
    for (const each of measureSummary(summary)) {
      if (each.value !== null) assert.ok(page.includes(nowWords(each)), each.id);
    }
    assert.ok(page.includes(shareWords(summary.keptAi)));
    assert.ok(reportMarkdown(summary).includes(shareWords(summary.keptAi)));
  });

  test("says everything that the other forms say, of other machines and of tools too", () => {
    const share = { value: 0.61, n: 37 };
    const said = {
      ...summary,
      otherMachines: { machines: 3, skipped: [{ reason: "newer" as const, count: 4711 }] },
      toolsSay: {
        decisions: [{ tool: "codex", by: "person" as const, accepted: 1234, rejected: 56 }],
        survival: [
          {
            tool: "codex",
            measure: "fourGram" as const,
            dueMs: 300_000,
            theirs: share,
            ours: { value: null, n: 0 },
          },
        ],
      },
    };
    const whole = reportHtml(said, [tip]);
    const numbers = reportMarkdown(said, [tip]).match(/\d[\d,.]*/g)!;
    assert.ok(numbers.includes("4711") && numbers.includes("1,234") && numbers.includes("61"));
    for (const number of numbers) assert.ok(whole.includes(number.replace(/[.,]$/, "")), number);
    assert.ok(whole.includes(proposedUnseen));
  });

  test("shows names and messages as text, and needs nothing from anywhere", () => {
    assert.ok(!page.includes(hostile) && page.includes("&lt;img src=x onerror=&quot;"));
    assert.ok(page.includes("This change is &lt;b&gt;812&lt;/b&gt; lines."));
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|url\(|https?:|javascript:|\son\w+="/i);
    assert.match(page, /default-src 'none'/);
    assert.doesNotMatch(page, /NaN|undefined|Infinity|\[object/);
  });

  test("of an empty store says that nothing is there", () => {
    const empty = reportHtml(summaryOf(month, []), []);
    assert.match(empty, /nothing was inserted yet/);
    assert.doesNotMatch(empty, /NaN|undefined|null/);
  });
});

suite("The tips of a report", () => {
  test("are those that were said in the period and not answered yet", () => {
    const said = reportOf(summary, [
      tip,
      { ...tip, id: "2", rule: "C02", at: 2 },
      { ...tip, id: "3", isHeldOut: true },
      { ...tip, id: "4", state: "dismissed" },
      { ...tip, id: "5", day: "2026-10-01" },
    ]);
    assert.deepEqual(
      reportSchema.parse(JSON.parse(JSON.stringify(said))).tips.map(({ rule, message }) => [rule, message]),
      [
        ["C02", tip.message],
        ["C01", tip.message],
      ],
    );
    assert.deepEqual(reportOf(summary).tips, []);
  });

  test("are in its page and its text", () => {
    assert.match(reportMarkdown(summary, [tip]), /^- 2026-11-20, C01: This change is \\<b\\>812/m);
    assert.match(reportHtml(summary, [tip]), /<h2>Tips<\/h2>/);
    assert.doesNotMatch(reportHtml(summary, []), /<h2>Tips<\/h2>/);
  });
});
