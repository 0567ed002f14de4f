import assert from "node:assert/strict";
import { gramsOf } from "../../../../core/retention/fourGram.ts";
import {
  gramsOfList,
  listGrams,
  RecoveredEdit,
  storedEditOf,
} from "../../../../core/retention/recoveredEdit.ts";
import { RetentionTracker } from "../../../../core/retention/retention.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { applyReplacements, withRemoved } from "../../../../core/text/textReplacement.ts";

const hash = (gram: string) =>
  [...gram].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7);

suite("An edit of which only what was stored is known", () => {
  test("has the retention that its texts would give, whenever they were forgotten", () => {
    const seed = 20_261_121;
    const random = seededRandom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    const word = () => Array.from({ length: below(9) }, () => "abcd\n"[below(5)]).join("");
    for (let round = 0; round < 2_000; round++) {
      const message = `seed ${seed}, round ${round}`;
      const original = word() + word();
      const start = below(original.length + 1);
      const edit = [{ start, end: start + below(original.length - start + 1), text: word() + word() }];
      const tracker = new RetentionTracker(original, edit);
      let text = applyReplacements(original, edit);
      const spans = Spans.ofLength(original.length);
      const { end, text: inserted } = edit[0]!;
      // As capture does: what the edit left as it was is not its own.
      let prefix = 0;
      while (prefix < Math.min(end - start, inserted.length) && original[start + prefix] === inserted[prefix])
        prefix++;
      let suffix = 0;
      while (
        suffix < Math.min(end - start, inserted.length) - prefix &&
        original[end - 1 - suffix] === inserted[inserted.length - 1 - suffix]
      )
        suffix++;
      spans.replace(start + prefix, end - start - prefix - suffix, inserted.length - prefix - suffix, "ai");
      const change = () => {
        const at = below(text.length + 1);
        const later = withRemoved(text, [
          { start: at, end: at + below(Math.min(4, text.length - at) + 1), text: word() },
        ]);
        text = applyReplacements(text, later);
        spans.replace(at, later[0]!.end - at, later[0]!.text.length, undefined);
        return later;
      };
      for (let count = below(4); count > 0; count--) tracker.apply(change());
      const recovered = new RecoveredEdit(storedEditOf(original, edit, hash), tracker.ranges);
      const { arc, fourGram, noRevert } = tracker.retention(text);
      const expected = { arc, fourGram, noRevert, linesInserted: null, linesDeleted: null };
      assert.deepEqual(recovered.retention(text, spans.ownedBy("ai").kept, hash), expected, message);
      const later = change();
      tracker.apply(later);
      recovered.apply(
        later.map(({ start: from, end: to, text: put }) => ({
          start: from,
          end: to,
          insertedLength: put.length,
        })),
      );
      const { kept } = spans.ownedBy("ai");
      assert.equal(recovered.retention(text, kept, hash).arc, tracker.retention(text).arc, message);
    }
  });

  test("tells characters alone where its place is not known, or it is too long", () => {
    const edit = [{ start: 0, end: 0, text: "let total = 0;" }];
    const unknown = { linesInserted: null, linesDeleted: null, fourGram: null, noRevert: null };
    const lost = new RecoveredEdit(storedEditOf("", edit, hash), undefined);
    assert.deepEqual(lost.retention("let total = 0;", 14, hash), { arc: 14, ...unknown });
    const long = storedEditOf("", [{ start: 0, end: 0, text: "x".repeat(20_001) }], hash);
    assert.deepEqual(long, { insertedChars: 20_001, pieces: undefined });
    assert.deepEqual(new RecoveredEdit(long, []).retention("", 0, hash), { arc: 0, ...unknown });
  });

  test("is the same after its stretches were listed", () => {
    for (const text of ["", "abc", "abcd", "aaaaaaaa", "abcabcabcabd"]) {
      const grams = gramsOf(text, hash);
      assert.deepEqual(gramsOfList(text.length, listGrams(grams)), grams);
    }
    assert.equal(gramsOfList(9, [1]), undefined);
    assert.equal(gramsOfList(2, []), undefined);
  });
});
