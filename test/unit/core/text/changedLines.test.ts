import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { changedLinesOf } from "../../../../core/text/changedLines.ts";

/** The longest list of lines that both have in the same order, by the table that everybody knows. */
function common(one: readonly string[], other: readonly string[]): number {
  const table = one.map(() => other.map(() => 0));
  for (const [row, line] of one.entries()) {
    for (const [column, against] of other.entries()) {
      const [above, left] = [table[row - 1]?.[column] ?? 0, table[row]![column - 1] ?? 0];
      const both = line === against ? (table[row - 1]?.[column - 1] ?? 0) + 1 : 0;
      table[row]![column] = Math.max(above, left, both);
    }
  }
  return table.at(-1)?.at(-1) ?? 0;
}

suite("Changed lines", () => {
  test("are those that are not common to both texts, of whatever texts", () => {
    const random = seededRandom(5);
    const pick = (count: number) => Math.floor(random() * count);
    for (let round = 0; round < 500; round++) {
      // With few words most lines are in both, with many hardly any.
      const words = 1 + pick(30);
      const linesOf = (most: number) => Array.from({ length: 1 + pick(most) }, () => `line ${pick(words)}`);
      const [before, after] = [linesOf(12), linesOf(12)];
      const same = common(before, after);
      const pieces = [{ before: before.join("\n"), after: `${after.join("\r\n")}\n` }];
      assert.deepEqual(
        changedLinesOf({ kind: "pieces", pieces }),
        { linesAdded: after.length - same, linesDeleted: before.length - same },
        JSON.stringify(pieces),
      );
    }
  });

  test("of nothing are none, of what is new all, and of what is not told unknown", () => {
    assert.deepEqual(changedLinesOf({ kind: "whole", before: "", after: "a\nb\n" }), {
      linesAdded: 2,
      linesDeleted: 0,
    });
    assert.deepEqual(changedLinesOf({ kind: "pieces", pieces: [{ before: "a\na", after: "" }] }), {
      linesAdded: 0,
      linesDeleted: 2,
    });
    assert.deepEqual(changedLinesOf({ kind: "whole", after: "a" }), { linesAdded: null, linesDeleted: null });
  });
});
