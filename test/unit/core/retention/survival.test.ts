import assert from "node:assert/strict";
import { SurvivalTracker } from "../../../../core/retention/survival.ts";
import {
  applyReplacements,
  withRemoved,
  type TextReplacement,
} from "../../../../core/text/textReplacement.ts";

const edit = (start: number, end: number, text: string): TextReplacement => ({ start, end, text });

interface Scenario {
  readonly name: string;
  readonly before: string;
  readonly ai: readonly TextReplacement[];
  readonly later: readonly (readonly TextReplacement[])[];
  readonly fourGram: number;
  readonly noRevert: number;
}

const line = { before: "x\n", ai: [edit(2, 2, "let total = 0;\n")] };

const scenarios: readonly Scenario[] = [
  { name: "nothing happens", ...line, later: [], fourGram: 1, noRevert: 1 },
  { name: "somebody edits elsewhere", ...line, later: [[edit(0, 1, "yz")]], fourGram: 1, noRevert: 1 },
  { name: "a letter is changed", ...line, later: [[edit(6, 7, "T")]], fourGram: 0.666667, noRevert: 1 },
  {
    name: "a letter is changed and put back",
    ...line,
    later: [[edit(6, 7, "T")], [edit(6, 7, "t")]],
    fourGram: 1,
    noRevert: 1,
  },
  {
    name: "the old text is put back",
    before: "const a = 1;\n",
    ai: [edit(0, 12, "const answer = 42;")],
    later: [[edit(0, 18, "const a = 1;")]],
    fourGram: 0.333333,
    noRevert: 0,
  },
  {
    name: "something is typed inside",
    before: "",
    ai: [edit(0, 0, "abcdefgh")],
    later: [[edit(4, 4, "1234")]],
    fourGram: 0.285714,
    noRevert: 1,
  },
  {
    name: "the first of two pieces is deleted",
    before: "aa\nbb\n",
    ai: [edit(0, 2, "alpha1"), edit(3, 5, "bravo2")],
    later: [[edit(0, 6, "")]],
    fourGram: 0.5,
    noRevert: 1,
  },
  {
    name: "all of it is deleted and typed again",
    ...line,
    later: [[edit(2, 17, "")], [edit(2, 2, "let total")], [edit(11, 11, " = 0;\n")]],
    fourGram: 1,
    noRevert: 1,
  },
  {
    name: "the edit only deleted",
    before: "abcdef",
    ai: [edit(0, 3, "")],
    later: [],
    fourGram: 1,
    noRevert: 1,
  },
  { name: "the edit did nothing", before: "abcdef", ai: [], later: [], fourGram: 1, noRevert: 1 },
];

suite("The survival of an AI edit when", () => {
  for (const { name, before, ai, later, fourGram, noRevert } of scenarios) {
    test(name, () => {
      const tracker = new SurvivalTracker(before, ai);
      let text = applyReplacements(before, ai);
      for (const step of later) {
        tracker.apply(withRemoved(text, step));
        text = applyReplacements(text, step);
      }
      const scores = tracker.scores(text);
      assert.equal(scores.fourGram.toFixed(6), fourGram.toFixed(6));
      assert.equal(scores.noRevert.toFixed(6), noRevert.toFixed(6));
    });
  }
});
