import assert from "node:assert/strict";
import fc from "fast-check";
import { diffTexts } from "../../../../core/text/textDiff.ts";
import { applyReplacements, type TextReplacement } from "../../../../core/text/textReplacement.ts";
import { anyText, seed } from "../randomEdits.ts";

suite("What turns one text into another", () => {
  const cases: readonly [string, string, string, TextReplacement[]][] = [
    ["nothing", "abc", "abc", []],
    [
      "an insertion between words",
      "hello world",
      "hello brave world",
      [{ start: 6, end: 6, text: "brave " }],
    ],
    [
      "two letters of one word",
      "abcdef",
      "aBcdeF",
      [
        { start: 1, end: 2, text: "B" },
        { start: 5, end: 6, text: "F" },
      ],
    ],
    [
      "words that are little alike, as wholes",
      "/*Computes the nth fibonacci number */",
      "/*Berechnet die nte Fibonacci Zahl */",
      [
        { start: 2, end: 13, text: "Berechnet di" },
        { start: 17, end: 20, text: "e F" },
        { start: 29, end: 35, text: "Zahl" },
      ],
    ],
    [
      "lines at both ends",
      "a\nb\nc\n",
      "a\nc\nd\n",
      [
        { start: 2, end: 4, text: "" },
        { start: 6, end: 6, text: "d\n" },
      ],
    ],
  ];
  for (const [name, before, after, expected] of cases) {
    test(`is ${name}`, () => assert.deepEqual(diffTexts(before, after), expected));
  }

  test(`is right for any texts (KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (first, second, third, fourth) => {
        const before = first + second + third;
        const after = first + fourth + third;
        const replacements = diffTexts(before, after);
        assert.equal(applyReplacements(before, replacements), after);
        replacements.forEach(({ start, end, text }, index) => {
          assert.ok(start < end || text !== "");
          assert.ok(index === 0 || start >= replacements[index - 1]!.end);
        });
      }),
      { numRuns: 3_000, seed },
    );
  });

  test("is found for large texts that have nothing in common", () => {
    const text = (word: string) =>
      Array.from({ length: 8_000 }, (_, index) => `${word} ${(index * 7919) % 97}\n`).join("");
    const before = text("one");
    const after = text("two");
    assert.equal(applyReplacements(before, diffTexts(before, after)), after);
  });
});
