import assert from "node:assert/strict";
import { minimise, minimiseAll } from "../../../../core/text/minimise.ts";

suite("A minimised replacement", () => {
  const cases: readonly [
    string,
    string,
    number,
    number,
    string,
    { start: number; end: number; text: string },
  ][] = [
    [
      "keeps nothing of what it leaves unchanged",
      "hello world",
      0,
      11,
      "hello brave world",
      { start: 6, end: 6, text: "brave " },
    ],
    ["takes from its start first", "aa", 0, 2, "aaa", { start: 2, end: 2, text: "a" }],
    ["may be a deletion", "abcabc", 0, 6, "abc", { start: 3, end: 6, text: "" }],
    ["may be nothing", "abc", 0, 3, "abc", { start: 3, end: 3, text: "" }],
    ["may be all of it", "abc", 0, 3, "xyz", { start: 0, end: 3, text: "xyz" }],
    ["may split a surrogate pair", "\u{1F600}", 0, 2, "\u{1F601}", { start: 1, end: 2, text: "\ude01" }],
    ["may split a CRLF", "a\r\nb", 1, 3, "\n", { start: 1, end: 2, text: "" }],
    ["never takes a character twice", "aba", 0, 3, "aa", { start: 1, end: 2, text: "" }],
    ["is found inside a longer text", "xx abc yy", 3, 6, "aXc", { start: 4, end: 5, text: "X" }],
  ];
  for (const [name, text, start, end, inserted, expected] of cases) {
    test(name, () => assert.deepEqual(minimise(text, { start, end, text: inserted }), expected));
  }

  test("is left out where it changes nothing", () => {
    const edits = [
      { start: 0, end: 1, text: "a" },
      { start: 1, end: 2, text: "X" },
    ];
    assert.deepEqual(minimiseAll("abc", edits), [{ start: 1, end: 2, text: "X" }]);
  });
});
