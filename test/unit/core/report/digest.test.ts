import assert from "node:assert/strict";
import { budgetStanding } from "../../../../core/requests/budget.ts";
import { digestMarkdown, digestOf, type DigestInput } from "../../../../core/report/digest.ts";
import { dollarsText } from "../../../../core/requests/money.ts";
import { recordOf, rowOf, situationOf } from "../../../support/coaching/situation.ts";

suite("A month's budget", () => {
  test("is within, near from four fifths on, and over once it is spent", () => {
    const state = (spent: number) => budgetStanding(spent, 100, "2026-02-14")?.state;
    assert.deepEqual([79.9, 80, 99.9, 100, 250].map(state), ["within", "near", "near", "over", "over"]);
    assert.equal(budgetStanding(10, 100, "2026-02-14")?.monthShare, 0.5);
    assert.equal(budgetStanding(10, 0, "2026-02-14"), undefined);
  });

  test("amounts are written in dollars and cents, and less than a cent is not nothing", () => {
    assert.deepEqual([0, 1, 12_345_678_900].map(dollarsText), ["$0.00", "<$0.01", "$12.35"]);
  });
});

suite("The weekly digest", () => {
  const of = (
    days: number,
    rows = [rowOf({ edits: 40, keptChars: 3000, keptSquared: 300_000, insertedTimesKept: 300_000 })],
  ) => ({
    ...situationOf({ rows }).summary,
    ...lastDays(days, rows),
  });
  function lastDays(days: number, rows: ReturnType<typeof rowOf>[]) {
    const { summary } = situationOf({ rows });
    return { from: summary.days.at(-days)!.day, days: summary.days.slice(-days) };
  }

  const page = (input: DigestInput) => digestMarkdown(digestOf(input));

  test("says the week's numbers with their samples, and what tips did", () => {
    const markdown = page({
      week: of(7),
      fortnight: of(14),
      tips: [
        recordOf({ state: "seen", message: "12 lines of <b>_x_</b>." }),
        recordOf({ id: "2", day: "2026-02-20", state: "done", effect: "helped", message: "Small steps." }),
        recordOf({ id: "3", isHeldOut: true, message: "Held out." }),
      ],
    });
    assert.match(markdown, /^# Your week, 2026-03-25 to 2026-03-31\n/);
    assert.match(markdown, /Kept of what AI wrote: 75 % \(\d+ % to \d+ %, 40 edits\)/);
    assert.match(markdown, /Kept of what was typed: not enough data \(0 edits/);
    assert.match(markdown, /AI inserted 4,000 characters; 0 in the week before/);
    assert.match(markdown, /No request to a model is known of/);
    assert.match(markdown, /12 lines of \\<b\\>\\_x\\_\\<\/b\\>\. \(seen\)/);
    assert.match(markdown, /## Tips\n\n- 12 lines[^\n]*\n\n## What earlier tips came to\n/);
    assert.match(markdown, /2026-02-20: Small steps\. \(helped\)/);
    assert.doesNotMatch(markdown, /Held out|NaN|undefined/);
  });

  test("of an empty week says so", () => {
    const markdown = page({ week: of(7, []), fortnight: of(14, []), tips: [] });
    assert.match(markdown, /Nothing was inserted/);
    assert.doesNotMatch(markdown, /NaN|undefined|## Tips|\| Written by/);
  });
});
