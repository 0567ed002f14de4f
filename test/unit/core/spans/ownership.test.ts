import assert from "node:assert/strict";
import fc from "fast-check";
import { Ownership } from "../../../../core/spans/ownership.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { diffTexts } from "../../../../core/text/textDiff.ts";
import { applyReplacements, type TextReplacement } from "../../../../core/text/textReplacement.ts";
import { anyCursors, anyText, placeCursors, seed, sequences } from "../randomEdits.ts";

/** A document with an editor's undo stack: each undo goes back to an earlier text, however the editor words it. */
class Document {
  text: string;
  readonly ownership: Ownership;
  readonly #past: string[] = [];
  readonly #future: string[] = [];

  constructor(text: string) {
    this.text = text;
    this.ownership = new Ownership(Spans.ofLength(text.length));
  }

  edit(owner: string, ...edit: TextReplacement[]): void {
    this.#past.push(this.text);
    this.#future.length = 0;
    this.ownership.change(this.text, edit, owner);
    this.text = applyReplacements(this.text, edit);
  }

  undo(steps = 1, word = diffTexts) {
    const before = this.text;
    const after = this.#past.splice(-steps)[0]!;
    this.#future.push(before);
    this.text = after;
    return this.ownership.undo(before, word(before, after), "undo");
  }

  redo(word = diffTexts) {
    const before = this.text;
    const after = this.#future.pop()!;
    this.#past.push(before);
    this.text = after;
    return this.ownership.redo(before, word(before, after), "redo");
  }

  get runs() {
    return this.ownership.spans.runs().map(({ owner, length, restored }) => [owner, length, restored]);
  }
}

const whole = (before: string, after: string) => [{ start: 0, end: before.length, text: after }];

suite("Undo", () => {
  test("gives text back to whoever wrote it, as restored", () => {
    const document = new Document("ab");
    document.edit("ai", { start: 1, end: 1, text: "123456" });
    document.edit("me", { start: 3, end: 5, text: "" });
    const followed = document.undo();
    assert.equal(followed.insertedLength, 0);
    assert.deepEqual(document.runs, [
      [undefined, 1, false],
      ["ai", 2, false],
      ["ai", 2, true],
      ["ai", 2, false],
      [undefined, 1, false],
    ]);
  });

  test("takes AI text out and redo puts it back without counting it", () => {
    const document = new Document("ab");
    document.edit("ai", { start: 1, end: 1, text: "123456" });
    assert.deepEqual(document.undo().removed, [{ owner: "ai", length: 6, restored: false }]);
    assert.deepEqual(document.redo().insertedLength, 0);
    assert.deepEqual(document.ownership.spans.ownedBy("ai"), { kept: 0, restored: 6 });
  });

  test("of several steps at once is recognised", () => {
    const document = new Document("ab");
    document.edit("ai", { start: 1, end: 1, text: "123456" });
    document.edit("me", { start: 1, end: 3, text: "x" });
    document.edit("me", { start: 2, end: 4, text: "y" });
    document.undo(2);
    assert.equal(document.text, "a123456b");
    assert.deepEqual(document.runs.slice(1, -1), [
      ["ai", 4, true],
      ["ai", 2, false],
    ]);
  });

  test("that an editor words as a whole new text removes no more than was changed", () => {
    const document = new Document("ab");
    document.edit("ai", { start: 1, end: 1, text: "123456" });
    document.edit("me", { start: 0, end: 1, text: "A" });
    const followed = document.undo(1, whole);
    assert.deepEqual(followed.edit, [{ start: 0, end: 1, text: "a", removed: "A" }]);
    assert.deepEqual(document.ownership.spans.ownedBy("ai"), { kept: 6, restored: 0 });
  });

  test("of what nobody saw belongs to the undo", () => {
    const ownership = new Ownership(Spans.ofLength(3));
    const followed = ownership.undo("abc", [{ start: 1, end: 1, text: "zz" }], "undo");
    assert.equal(followed.insertedLength, 2);
    assert.deepEqual(ownership.spans.ownedBy("undo"), { kept: 2, restored: 0 });
  });

  test("is forgotten once something new is typed", () => {
    const document = new Document("");
    document.edit("ai", { start: 0, end: 0, text: "123" });
    document.undo();
    document.edit("me", { start: 0, end: 0, text: "x" });
    const followed = document.ownership.redo("x", [{ start: 1, end: 1, text: "123" }], "redo");
    assert.equal(followed.insertedLength, 3);
  });

  test(`always brings back the owners there were (KEPT_SEED=${seed})`, function () {
    this.timeout(0);
    const anyAction = fc.record({
      does: fc.constantFrom("edit", "edit", "edit", "undo", "redo"),
      cursors: anyCursors,
      asWhole: fc.boolean(),
    });
    fc.assert(
      fc.property(anyText, fc.array(anyAction, { maxLength: 12 }), (initial, actions) => {
        const document = new Document(initial);
        const owners = () =>
          document.ownership.spans
            .runs()
            .flatMap(({ owner, length }) => Array<string | undefined>(length).fill(owner));
        const past: (typeof owners extends () => infer Value ? Value : never)[] = [];
        const future: typeof past = [];
        actions.forEach(({ does, cursors, asWhole }, index) => {
          const word = asWhole ? whole : diffTexts;
          const now = owners();
          if (does === "undo" && past.length > 0) {
            future.push(now);
            document.undo(1, word);
            assert.deepEqual(owners(), past.pop());
          } else if (does === "redo" && future.length > 0) {
            past.push(now);
            document.redo(word);
            assert.deepEqual(owners(), future.pop());
          } else if (does === "edit") {
            past.push(now);
            future.length = 0;
            document.edit(`e${index}`, ...placeCursors(document.text, cursors));
          }
        });
      }),
      { numRuns: sequences, seed },
    );
  });
});
