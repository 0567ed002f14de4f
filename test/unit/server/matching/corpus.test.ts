import assert from "node:assert/strict";
import { silentTellers, tellers, tellersOfBoth, type Teller } from "../../../support/matching/madeAgent.ts";
import {
  measurePrecision,
  shareOf,
  type Precision,
  type Share,
} from "../../../support/matching/precision.ts";
import type { WorldOptions } from "../../../support/matching/world.ts";

const least = 0.99;
/** Days of what one kind of record tells; of several kinds at once fewer do. */
const [days, daysOfBoth] = [3, 2];

/** Other tools that are at work on the same files, a different one each day. */
function othersOf(teller: Teller, count: number): Teller[] {
  const others = tellers.filter(({ tool }) => tool !== teller.tool);
  const from = Math.max(0, tellers.indexOf(teller));
  return Array.from({ length: count }, (_, day) => others[(from + 5 * day) % others.length]!);
}

const printedShare = (share: Share) => (share.of === 0 ? "-" : shareOf(share).toFixed(4));

function printed({ title, precision, recall, coverage }: Precision): string {
  const numbers = [precision, recall, coverage].map((share) => printedShare(share).padStart(10));
  return `${title.padEnd(44)}${numbers.join("")}${String(recall.of).padStart(9)}`;
}

/**
 * Made days at work with a known truth for each letter, in which each tool tells by records of its own form, which Kept's own
 * readers and its own matching take in.
 */
suite("A labelled corpus", () => {
  test("is attributed with a precision of at least 0.99 by each tool and each kind of its records", function () {
    this.timeout(500_000);
    console.log(`${"".padEnd(44)} precision    recall  coverage  letters`);
    const wrong: string[] = [];
    for (const teller of [...tellers, ...tellersOfBoth]) {
      const count = tellersOfBoth.includes(teller) ? daysOfBoth : days;
      const measured = measurePrecision(teller, othersOf(teller, count));
      console.log(printed(measured));
      for (const [source, share] of Object.entries(measured.bySource))
        if (shareOf(share) < least) wrong.push(`${teller.title}, ${source}: ${printedShare(share)}`);
      // Who claims nothing is never wrong.
      if (shareOf(measured.recall) < 0.05)
        wrong.push(`${teller.title}: recall ${printedShare(measured.recall)}`);
    }
    assert.deepEqual(wrong, []);
  });

  test("is left alone by records that name a file and not what was written", () => {
    for (const teller of silentTellers) {
      const { title, precision, recall } = measurePrecision(teller, othersOf(teller, 1));
      assert.equal(precision.of, 0, title);
      assert.ok(recall.of > 1000);
    }
  });

  const mistakes: Readonly<Record<string, NonNullable<WorldOptions["spoil"]>>> = {
    "takes one record in twenty for another tool's": (record, _place, random) =>
      random() < 0.05 ? { ...record, tool: "codex" } : record,
    "takes every record for one of whatever changed in its file": (record, { files }) => {
      const file = files.find(({ path }) => path === record.path);
      return file ? { ...record, text: { kind: "whole", after: file.text } } : record;
    },
  };
  for (const [mistake, spoil] of Object.entries(mistakes))
    test(`shows it where something ${mistake}`, () => {
      const teller = tellers.find(({ title }) => title.startsWith("codex by log"))!;
      const others = tellers.filter(({ title }) => title.startsWith("claude-code by"));
      const share = shareOf(measurePrecision(teller, others, spoil).precision);
      assert.ok(share < least, share.toFixed(4));
    });
});
