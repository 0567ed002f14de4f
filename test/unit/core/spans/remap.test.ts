import assert from "node:assert/strict";
import { mapLines } from "../../../../core/text/lineMap.ts";
import { outlineOf, readOutline, writeOutline } from "../../../../core/text/outline.ts";
import { followReplacements, replacementsBetween } from "../../../../core/spans/remap.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { Spans } from "../../../../core/spans/spans.ts";

/** A text with an owner's letter before each line; `-` for nobody. */
function owned(...lines: readonly string[]) {
  const text = lines.map((line) => line.slice(2)).join("");
  const spans = Spans.ofRuns(
    lines.map((line) => ({
      owner: line.startsWith("-") ? undefined : line[0],
      length: line.length - 2,
      restored: false,
    })),
  );
  return { text, spans };
}

const outline = (text: string) => outlineOf(text, (line) => `#${line.replaceAll(" ", "_")}`);

/** Whose each stretch of another text is, when only the lines of the first are known. */
function ownersAfter({ text, spans }: { text: string; spans: Spans }, after: string): string[] {
  const replacements = replacementsBetween(outline(text), outline(after), spans);
  followReplacements(spans, replacements);
  assert.equal(spans.length, after.length);
  return spans.runs().map(({ owner, start, end }) => `${owner ?? "-"} ${after.slice(start, end)}`);
}

suite("Owners of a text that changed unseen", () => {
  test("stay with the lines that are found again", () => {
    const before = owned("- import a\n", "A const one = 1;\n", "H const two = 2;\n", "- end");
    assert.deepEqual(ownersAfter(before, "// new\nimport a\nconst one = 1;\nconst changed = 3;\nend"), [
      "- // new\nimport a\n",
      "A const one = 1;\n",
      "- const changed = 3;\nend",
    ]);
  });

  test("stay with lines whose break changed", () => {
    const before = owned("A one\r\n", "H two\r\n", "A three");
    assert.deepEqual(ownersAfter(before, "one\ntwo\nthree\nfour"), [
      "A one\n",
      "H two\n",
      "A three",
      "- \nfour",
    ]);
    const back = owned("A one\n", "H two\n", "- ");
    assert.deepEqual(ownersAfter(back, "one\r\ntwo\r\n"), ["A one", "- \r", "A \n", "H two", "- \r", "H \n"]);
  });

  test("are nobody's where equal lines could be either", () => {
    const before = owned("H f() {\n", "H }\n", "A g() {\n", "A }\n", "- end\n");
    // Which brace was taken out?
    assert.deepEqual(ownersAfter(before, "f() {\n}\nend\n"), ["H f() {\n", "- }\nend\n"]);
    // Which brace was put in?
    const other = owned("H f() {\n", "A }\n", "- end\n");
    assert.deepEqual(ownersAfter(other, "f() {\n}\n}\nend\n"), ["H f() {\n", "- }\n}\nend\n"]);
    // It makes no difference here.
    const same = owned("A f() {\n", "A }\n", "A }\n", "- end\n");
    assert.deepEqual(ownersAfter(same, "f() {\n}\nend\n"), ["A f() {\n}\n", "- end\n"]);
  });

  test("are found around a line that occurs once, wherever it went", () => {
    const before = owned("- a\n", "A }\n", "A only\n", "A }\n", "- b\n");
    assert.deepEqual(ownersAfter(before, "x\n}\nonly\n}\ny\n"), ["- x\n", "A }\nonly\n}\n", "- y\n"]);
  });

  test("of a text that is empty or became empty are nobody's", () => {
    assert.deepEqual(ownersAfter(owned("A one\n"), ""), []);
    assert.deepEqual(ownersAfter(owned(), "one\n"), ["- one\n"]);
  });

  test("never go to a line that is another, whatever was changed", () => {
    const seed = 20_261_121;
    const random = seededRandom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let round = 0; round < 3_000; round++) {
      const lineAt = () => ["{", "}", "", "a", "b", `line ${below(40)}`][below(6)]!;
      const lines = Array.from({ length: below(12) }, (_, index) => ({ text: lineAt(), owner: `o${index}` }));
      const spans = Spans.ofRuns(
        lines.map(({ text, owner }) => ({ owner, length: text.length + 1, restored: false })),
      );
      // What is cut out at one place and put in at another is known to the model and to nobody else.
      const at = below(lines.length + 1);
      const count = below(lines.length - at + 1);
      const added = Array.from({ length: below(3) }, () => ({ text: `new ${below(9)}`, owner: undefined }));
      const after = [...lines.slice(0, at), ...added, ...lines.slice(at + count)];
      const before = lines.map(({ text }) => `${text}\n`).join("");
      const now = after.map(({ text }) => `${text}\n`).join("");
      followReplacements(spans, replacementsBetween(outline(before), outline(now), spans));
      assert.equal(spans.length, now.length, `seed ${seed}, round ${round}`);
      let start = 0;
      for (const { text, owner } of after) {
        for (const run of spans.runs(start, start + text.length + 1)) {
          assert.ok(
            run.owner === undefined || run.owner === owner,
            `seed ${seed}, round ${round}: ${run.owner} for ${owner}`,
          );
        }
        start += text.length + 1;
      }
    }
  });
});

suite("The outline of a text", () => {
  test("is the same after it was stored", () => {
    const told = outline("one\r\n\ntwo\rthree");
    assert.deepEqual(readOutline(writeOutline(told)), told);
    assert.deepEqual(
      [told.lengths, told.breaks],
      [
        [3, 0, 3, 5],
        [2, 1, 1, 0],
      ],
    );
    assert.equal(readOutline("[]"), undefined);
    assert.equal(readOutline('["a\\nb",[1],"0"]'), undefined);
  });

  test("of a hundred thousand lines is compared without comparing each with each", () => {
    const before = Array.from({ length: 100_000 }, (_, line) => `${line % 50_000}`);
    const after = before.toSpliced(40_000, 20_000, "x");
    assert.equal(mapLines(before, after).filter((place) => place !== -1).length, 80_000);
  });
});
