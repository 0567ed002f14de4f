import assert from "node:assert/strict";
import fc from "fast-check";
import { ChunkedText } from "../../../../core/text/chunkedText.ts";
import { anyText, seed } from "../randomEdits.ts";

suite("A text in chunks", () => {
  test(`is the same text after any changes (KEPT_SEED=${seed})`, () => {
    const anyChange = fc.record({
      at: fc.nat(100_000),
      deletes: fc.oneof(fc.nat(5), fc.nat(9_000)),
      text: anyText,
      times: fc.constantFrom(1, 1, 1_000),
    });
    fc.assert(
      fc.property(anyText, fc.array(anyChange, { maxLength: 8 }), (initial, changes) => {
        let text = initial;
        const chunked = new ChunkedText(initial);
        for (const { at, deletes, text: piece, times } of changes) {
          const start = at % (text.length + 1);
          const end = Math.min(start + deletes, text.length);
          const inserted = piece.repeat(times);
          chunked.replace(start, end, inserted);
          text = text.slice(0, start) + inserted + text.slice(end);
          const middle = at % (end + 1);
          assert.equal(chunked.slice(middle, middle + 100), text.slice(middle, middle + 100));
        }
        assert.equal(chunked.toString(), text);
        assert.equal(chunked.length, text.length);
        const breaks = [...text.matchAll(/\r\n|\r|\n/g)];
        for (const line of [0, 1, breaks.length >> 1, breaks.length - 1, breaks.length].filter(
          (it) => it >= 0,
        )) {
          const previous = breaks[line - 1];
          const start = previous ? previous.index + previous[0].length : 0;
          const end = breaks[line]?.index ?? text.length;
          if (line > breaks.length) continue;
          assert.equal(chunked.offsetAt({ line, character: 0 }), start);
          assert.equal(chunked.offsetAt({ line, character: 1 }), Math.min(start + 1, end));
          assert.equal(chunked.offsetAt({ line, character: 1_000_000 }), end);
        }
      }),
      { numRuns: 500, seed },
    );
  });

  test("answers for positions outside it", () => {
    const text = new ChunkedText("ab\ncd");
    assert.equal(text.offsetAt({ line: 9, character: 0 }), 5);
    assert.equal(text.offsetAt({ line: -1, character: 3 }), 0);
    assert.equal(text.offsetAt({ line: 1, character: -3 }), 3);
    assert.equal(new ChunkedText("").slice(0, 5), "");
  });
});
