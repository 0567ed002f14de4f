import assert from "node:assert/strict";
import { FollowedEdits } from "../../../../core/spans/followedEdits.ts";
import {
  applyReplacements,
  withRemoved,
  type TextReplacement,
} from "../../../../core/text/textReplacement.ts";

const edit = (start: number, end: number, text: string): TextReplacement => ({ start, end, text });

suite("Followed edits", () => {
  test("have the same retention whether asked for after each change or in the end, however many there are", () => {
    const edits = new FollowedEdits();
    let text = "one zwei und mehr three";
    const asked = edits.follow("one two three", [edit(4, 7, "zwei und mehr")]);
    const waiting = edits.follow("one two three", [edit(4, 7, "zwei und mehr")]);
    for (let index = 0; index < 12_000; index++) {
      const start = (index * 7) % text.length;
      const step = withRemoved(text, [
        edit(start, start + (index % 2), index % 2 ? "" : ("ab"[index % 3] ?? "c")),
      ]);
      edits.apply(step);
      text = applyReplacements(text, step);
      if (index % 50 === 0) assert.ok(asked.retention(text).arc >= 0);
    }
    assert.deepEqual(waiting.retention(text), asked.retention(text));
  });

  test("are followed from their own time on", () => {
    const edits = new FollowedEdits();
    const first = edits.follow("", [edit(0, 0, "abcdef")]);
    edits.apply(withRemoved("abcdef", [edit(0, 2, "")]));
    edits.apply(withRemoved("cdef", [edit(4, 4, "gh")]));
    const second = edits.follow("cdef", [edit(4, 4, "gh")]);
    first.stop();
    edits.apply(withRemoved("cdefgh", [edit(3, 5, "")]));
    assert.equal(second.insertedChars, 2);
    assert.equal(second.retention("cdeh").arc, 1);
    second.stop();
    edits.apply(withRemoved("cdeh", [edit(0, 4, "")]));
    assert.equal(edits.follow("", [edit(0, 0, "x")]).retention("x").arc, 1);
  });
});
