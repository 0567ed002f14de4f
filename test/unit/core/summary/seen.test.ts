import assert from "node:assert/strict";
import {
  rangesOfLines,
  readSeen,
  seenAfter,
  timeToRead,
  unreadLines,
  writeSeen,
  type Seen,
} from "../../../../core/summary/seen.ts";
import { Spans } from "../../../../core/spans/spans.ts";

const text = "typed\none one\ntwo\n  \nlast\n";
/** One edit wrote the lines 1 to 3, another the last. */
const spans = () =>
  Spans.ofRuns([
    { owner: "human", length: 6, restored: false },
    { owner: "ai", length: 15, restored: false },
    { owner: "other", length: 5, restored: true },
  ]);

class Known {
  readonly seen = new Map<string, Seen>();
  readonly of = (id: string) => (id === "human" ? undefined : (this.seen.get(id) ?? "unread"));
  see(owned: Spans, start: number, end: number): string[] {
    const news = seenAfter(owned, [{ start, end }], this.of);
    for (const [id, seen] of news) this.seen.set(id, readSeen(writeSeen(seen))!);
    return [...news.keys()];
  }
}

suite("AI text that was on screen", () => {
  test("is unread until it was, line by line, and blank lines are nothing to read", () => {
    const known = new Known();
    const owned = spans();
    assert.deepEqual(unreadLines(text, owned, known.of), [1, 2, 4]);
    assert.deepEqual(known.see(owned, 14, 18), ["ai"]);
    assert.deepEqual(unreadLines(text, owned, known.of), [1, 4]);
    assert.deepEqual(known.see(owned, 0, 14), ["ai"]);
    assert.deepEqual(unreadLines(text, owned, known.of), [4]);
    assert.deepEqual(known.see(owned, 0, 14), [], "no news");
    known.see(owned, 0, 26);
    assert.deepEqual(unreadLines(text, owned, known.of), []);
    assert.deepEqual(
      [...known.seen],
      [
        ["ai", { length: 15, places: [0, 15] }],
        ["other", { length: 5, places: [0, 5] }],
      ],
    );
  });

  test("stays seen where it becomes less, if all of it was; else it has to be seen again", () => {
    const [whole, part] = [new Known(), new Known()];
    const owned = spans();
    whole.see(owned, 0, 26);
    part.see(owned, 6, 14);
    owned.replace(6, 4, 0, undefined);
    const less = "typed\none\ntwo\n  \nlast\n";
    assert.deepEqual(unreadLines(less, owned, whole.of), []);
    assert.deepEqual(unreadLines(less, owned, part.of), [1, 2, 4]);
  });

  test("is unread again where it becomes more", () => {
    const known = new Known();
    const owned = spans();
    known.see(owned, 0, 26);
    owned.replace(21, 0, 4, "ai");
    assert.deepEqual(unreadLines("typed\none one\ntwo\n  \nnew\nlast\n", owned, known.of), [1, 2, 4]);
  });

  test("is where an edit of somebody else has come between", () => {
    const known = new Known();
    const owned = spans();
    known.see(owned, 6, 14);
    owned.replace(6, 0, 6, "human");
    assert.deepEqual(unreadLines("typed\nhuman\none one\ntwo\n  \nlast\n", owned, known.of), [3, 5]);
  });

  test("takes two seconds, or a fifth of a second a line", () => {
    assert.deepEqual([1, 10, 11, 50].map(timeToRead), [2000, 2000, 2200, 10_000]);
  });

  test("is told by ranges of lines", () => {
    assert.deepEqual(rangesOfLines([1, 2, 3, 7, 9, 10]), [
      { firstLine: 1, lastLine: 3 },
      { firstLine: 7, lastLine: 7 },
      { firstLine: 9, lastLine: 10 },
    ]);
    assert.deepEqual(rangesOfLines([]), []);
  });

  test("is unread where what was stored makes no sense", () => {
    for (const stored of ["[]", "{}", '["1"]', "[3,1]", "[1.5]", "null"]) {
      assert.equal(readSeen(stored), undefined, stored);
    }
  });
});
