import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { Spans } from "../../../../core/spans/spans.ts";
import { applyReplacements } from "../../../../core/text/textReplacement.ts";
import { OpenDocument } from "../../../../server/edits/openDocument.ts";
import { anyText, seed } from "../../core/randomEdits.ts";

const uri = "file:///work/a.ts";
const plain = { owner: "edit", reason: undefined, reloaded: false } as const;

function open(text: string): OpenDocument {
  return new OpenDocument({
    uri,
    languageId: "plaintext",
    workspace: null,
    session: 1,
    version: 1,
    text,
    spans: Spans.ofLength(text.length),
  });
}

/** Anew for every change: after a range that lies outside the text, the library's table of lines is wrong. */
function changedByLibrary(text: string, change: TextDocumentContentChangeEvent): string {
  const document = TextDocument.create(uri, "plaintext", 1, text);
  return TextDocument.update(document, [change], 2).getText();
}

const anyPosition = fc.record({ line: fc.nat(6), character: fc.oneof(fc.nat(5), fc.nat(40)) });
const anyRange = fc.record({ start: anyPosition, end: anyPosition });
const anyChange = fc.oneof(
  { weight: 9, arbitrary: fc.record({ range: anyRange, text: anyText }) },
  { weight: 1, arbitrary: fc.record({ text: anyText }) },
);

suite("An open document", () => {
  test(`has the text the protocol says after any changes (KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.array(anyChange, { maxLength: 3 }), { maxLength: 5 }), (text, all) => {
        const document = open(text);
        let expected = text;
        all.forEach((contentChanges, index) => {
          const version = index + 2;
          const before = document.text;
          const after = document.textAfter({ version, contentChanges });
          const { edit, texts } = document.apply({ version, contentChanges }, plain);
          for (const change of contentChanges) expected = changedByLibrary(expected, change);
          assert.equal(document.text, expected);
          assert.equal(after, expected);
          assert.equal(applyReplacements(before, edit), expected);
          for (const { start, end, removed } of edit) assert.equal(removed, before.slice(start, end));
          const textBefore = document.textBefore(edit);
          assert.equal(textBefore.length, before.length);
          for (const [start, end] of [
            [0, before.length],
            [version % (before.length + 1), before.length],
            [1, before.length >> 1],
          ] as const) {
            if (start <= end) assert.equal(textBefore.slice(start, end), before.slice(start, end));
          }
          assert.equal(document.version, version);
          assert.equal(document.spans.length, document.view.length);
          assert.equal(texts.length, contentChanges.length);
        });
      }),
      { numRuns: 2_000, seed },
    );
  });

  test("takes positions beyond a line's end for its end, and ends lines as the protocol does", () => {
    const document = open("ab\r\ncd\re\nf");
    const at = (line: number, character: number) => ({ line, character });
    const put = (version: number, line: number, character: number) =>
      document.apply(
        {
          version,
          contentChanges: [{ range: { start: at(line, character), end: at(line, character) }, text: "|" }],
        },
        plain,
      );
    put(2, 0, 99);
    put(3, 1, 3);
    put(4, 2, 9);
    put(5, 7, 0);
    assert.equal(document.text, "ab|\r\ncd|\re|\nf|");
  });

  test("counts several carets as what each of them did, wherever the others were", () => {
    const document = open("one two three");
    const at = (character: number) => ({ line: 0, character });
    const carets = [8, 4, 0].map((start) => ({ range: { start: at(start), end: at(start + 3) }, text: "x" }));
    const applied = document.apply({ version: 2, contentChanges: carets }, plain);
    assert.equal(document.text, "x x xee");
    assert.deepEqual(applied.texts, [
      { deleted: "thr", inserted: "x" },
      { deleted: "two", inserted: "x" },
      { deleted: "one", inserted: "x" },
    ]);
    assert.deepEqual(applied.edit, [
      { start: 0, end: 3, text: "x", removed: "one" },
      { start: 4, end: 7, text: "x", removed: "two" },
      { start: 8, end: 11, text: "x", removed: "thr" },
    ]);
    assert.deepEqual([applied.insertedChars, applied.deletedChars], [3, 9]);
  });
});
