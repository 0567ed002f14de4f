import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compose,
  composeAll,
  lengthContent,
  textContent,
  toOffsetEdit,
  toTextReplacements,
} from "../../../../core/text/offsetEdit.ts";
import { moveRanges } from "../../../../core/text/movedRanges.ts";
import { applyReplacements } from "../../../../core/text/textReplacement.ts";
import { anyCursors, anyText, placeCursors, seed, sequences } from "../randomEdits.ts";

suite("Composed edits", function () {
  this.timeout(0);

  test("hand the range a replacement took to the later edit that touches it", () => {
    const composed = compose(
      textContent,
      [{ start: 2, end: 5, content: "abcd" }],
      [{ start: 3, end: 4, content: "X" }],
    );
    assert.deepEqual(composed, [{ start: 2, end: 5, content: "aXcd" }]);
  });

  test("keep apart what must not be joined, each rest at its own end", () => {
    const owned = {
      length: (content: string) => content.length,
      slice: (content: string, from: number, to: number) => content.slice(from, to),
      join: () => undefined,
    };
    assert.deepEqual(
      compose(owned, [{ start: 2, end: 5, content: "abcd" }], [{ start: 3, end: 4, content: "X" }]),
      [
        { start: 2, end: 2, content: "a" },
        { start: 2, end: 5, content: "X" },
        { start: 5, end: 5, content: "cd" },
      ],
    );
  });

  test(`have the effect of one after the other (KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(anyText, fc.array(anyCursors, { maxLength: 6 }), (initial, all) => {
        let text = initial;
        const edits = all.map((cursors) => {
          const edit = placeCursors(text, cursors);
          text = applyReplacements(text, edit);
          return edit;
        });
        const composed = composeAll(textContent, edits.map(toOffsetEdit));
        assert.equal(applyReplacements(initial, toTextReplacements(composed)), text);

        const lengths = edits.map((edit) =>
          edit.map(({ start, end, text: inserted }) => ({ start, end, content: inserted.length })),
        );
        assert.deepEqual(
          composeAll(lengthContent, lengths),
          composed.map(({ start, end, content }) => ({ start, end, content: content.length })),
        );
      }),
      { numRuns: sequences, seed },
    );
  });
});

suite("Ranges moved by an edit", () => {
  const ranges = [
    { start: 2, end: 4 },
    { start: 4, end: 8 },
  ];

  test("grow by what is inserted inside or at their border, the first one first", () => {
    assert.deepEqual(moveRanges(ranges, [{ start: 4, end: 4, insertedLength: 3 }]), [
      { start: 2, end: 7 },
      { start: 7, end: 11 },
    ]);
    assert.deepEqual(moveRanges(ranges, [{ start: 8, end: 8, insertedLength: 3 }])[1], { start: 4, end: 11 });
    assert.deepEqual(moveRanges(ranges, [{ start: 2, end: 2, insertedLength: 3 }])[0], { start: 2, end: 7 });
  });

  test("shrink by what is removed", () => {
    assert.deepEqual(moveRanges(ranges, [{ start: 3, end: 6, insertedLength: 0 }]), [
      { start: 2, end: 3 },
      { start: 3, end: 5 },
    ]);
    assert.deepEqual(moveRanges(ranges, [{ start: 0, end: 9, insertedLength: 2 }]), [
      { start: 0, end: 2 },
      { start: 2, end: 2 },
    ]);
  });

  test("only shift for edits elsewhere", () => {
    const edit = [
      { start: 0, end: 1, insertedLength: 3 },
      { start: 9, end: 9, insertedLength: 1 },
    ];
    assert.deepEqual(moveRanges(ranges, edit), [
      { start: 4, end: 6 },
      { start: 6, end: 10 },
    ]);
  });
});
