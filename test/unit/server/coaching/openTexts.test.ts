import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Spans } from "../../../../core/spans/spans.ts";
import { OpenTexts } from "../../../../server/coaching/openTexts.ts";
import { editOf } from "../../../support/coaching/situation.ts";

const minute = 60_000;
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `  const total${from + index} = price * ${from + index};`);

suite("Texts that are open", () => {
  let folder: string;
  let now: number;
  let documents: Map<string, { text: string; spans: Spans }>;
  let made: Map<string, number>;
  let texts: OpenTexts;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kept-texts-"));
    now = Date.UTC(2026, 2, 10, 12);
    documents = new Map();
    made = new Map();
    texts = new OpenTexts({
      now: () => now,
      peek: (uri) => documents.get(uri),
      madeAt: (ids) => new Map(ids.flatMap((id) => (made.has(id) ? [[id, made.get(id)!]] : []))),
    });
  });
  teardown(() => rmSync(folder, { recursive: true }));

  /** A document of lines, some of which are an edit's. */
  const open = (name: string, before: readonly string[], own: readonly string[], id = "ai-1") => {
    const uri = pathToFileURL(path.join(folder, name)).href;
    const head = before.map((line) => `${line}\n`).join("");
    const text = `${head}${own.join("\n")}\n`;
    const spans = Spans.ofRuns([
      { owner: undefined, length: head.length, restored: false },
      { owner: id, length: text.length - head.length, restored: false },
    ]);
    documents.set(uri, { text, spans });
    return uri;
  };
  const errors = (uri: string, ...at: number[]) => texts.take({ documents: [{ uri, lines: at }] });

  test("have new problems where AI's lines have errors five minutes later that were not there before", () => {
    const uri = open("a.ts", ["one", "two"], ["three", "four"]);
    assert.equal(texts.problems(), undefined, "no editor tells of errors");
    errors(uri, 0);
    made.set("ai-1", (now += minute));
    now += minute;
    errors(uri, 0, 2, 3);
    assert.deepEqual(texts.problems(), [], "it is too early");
    now += 4 * minute;
    assert.deepEqual(texts.problems(), [{ uri, errors: 2 }]);
    errors(uri, 2);
    assert.deepEqual(texts.problems(), [], "there are no more than before");
    errors(uri, 0, 1);
    assert.deepEqual(texts.problems(), [], "they are in other lines");
    errors(uri, 0, 2);
    assert.deepEqual(texts.problems(), [{ uri, errors: 1 }]);
    now += 60 * minute;
    assert.deepEqual(texts.problems(), [], "it is long ago");
  });

  const others = (...names: string[]) =>
    names.map((name) => ({ uri: pathToFileURL(path.join(folder, name)).href, languageId: "typescript" }));
  test("judge each AI edit once, five minutes after it, by its errors and by what stands in other files", () => {
    const own = lines(1, 6);
    const uri = open("a.ts", ["one"], own);
    const files = () => others("a.ts", "b.ts");
    errors(uri, 0);
    made.set("ai-1", (now += minute));
    now += 1;
    errors(uri, 0, 3);
    now += 4 * minute;
    assert.deepEqual(texts.judge(files), [], "it is too early");
    writeFileSync(path.join(folder, "b.ts"), own.join("\n"));
    now += minute;
    assert.deepEqual(texts.judge(files), [
      { editId: "ai-1", stage: "problems", outcome: "more" },
      { editId: "ai-1", stage: "repeated", outcome: "some" },
    ]);
    assert.deepEqual(texts.judge(files), [], "it was judged");
  });

  test("judge an edit whose errors went, of lines of its own, to have none", () => {
    const uri = open("a.ts", ["one"], lines(1, 6));
    errors(uri, 0, 2);
    made.set("ai-1", (now += minute));
    errors(uri, 0);
    now += 6 * minute;
    assert.deepEqual(
      texts.judge(() => others("a.ts")),
      [
        { editId: "ai-1", stage: "problems", outcome: "none" },
        { editId: "ai-1", stage: "repeated", outcome: "none" },
      ],
    );
  });

  test("judge nothing that is not known: errors before, long ago, too short, or a person's", () => {
    const uri = open("a.ts", ["one"], ["two", "three"]);
    made.set("ai-1", now);
    now += minute;
    errors(uri, 1);
    now += 5 * minute;
    assert.deepEqual(
      texts.judge(() => others("a.ts")),
      [],
      "nobody told of errors before, and two lines are no block",
    );
    const late = open("late.ts", [], lines(1, 6), "ai-2");
    errors(late);
    made.set("ai-2", (now += 1));
    now += 16 * minute;
    assert.deepEqual(
      texts.judge(() => others("late.ts")),
      [],
      "the machine slept meanwhile",
    );
    const typed = open("typed.ts", [], lines(1, 6), "human-1");
    errors(typed);
    now += 6 * minute;
    assert.deepEqual(
      texts.judge(() => others("typed.ts")),
      [],
    );
  });

  test("judge an edit that turns out to be AI's some minutes later", () => {
    const uri = open("a.ts", [], lines(1, 6));
    errors(uri);
    const at = (now += 1);
    now += 2 * minute;
    assert.deepEqual(
      texts.judge(() => others("a.ts")),
      [],
    );
    made.set("ai-1", at);
    now += 4 * minute;
    assert.equal(texts.judge(() => others("a.ts")).length, 2);
  });

  test("say nothing of problems of which nobody knows whether they were there before", () => {
    const uri = open("a.ts", ["one"], ["two"]);
    made.set("ai-1", now);
    now += 6 * minute;
    errors(uri, 1);
    assert.deepEqual(texts.problems(), []);
  });

  test("hold what many documents say for long in little memory", () => {
    for (let index = 0; index < 5000; index++) {
      now += 1;
      errors(`file:///project/${index % 300}.ts`, index % 7);
    }
    assert.deepEqual(texts.problems(), []);
  });

  const duplicates = (uri: string, ...names: string[]) =>
    texts.duplicates([editOf({ uri, at: now, lines: 6 })], [...others("a.ts"), ...others(...names)]);

  test("have a duplicate where five telling lines of AI's stand in another file, however they are indented", () => {
    const own = lines(1, 6);
    const uri = open("a.ts", ["// mine"], own);
    made.set("ai-1", now);
    const file = (name: string, content: readonly string[]) =>
      writeFileSync(path.join(folder, name), content.join("\r\n"));
    file("b.ts", ["function f() {", ...own.map((line) => `\t${line.trim()}`), "}"]);
    assert.deepEqual(duplicates(uri, "b.ts"), [{ uri, other: others("b.ts")[0]!.uri, lines: 6 }]);
    file("c.ts", own.slice(0, 4));
    assert.deepEqual(duplicates(uri, "c.ts"), [], "four are too few");
    file("d.ts", own.toReversed());
    assert.deepEqual(duplicates(uri, "d.ts"), [], "they stand in another order");
    file("b.ts", ["changed"]);
    assert.deepEqual(duplicates(uri, "b.ts", "gone.ts"), [], "it is looked at anew");
  });

  test("have none of brackets, of imports, of the person's lines and of yesterday's", () => {
    const trivial = ["{", "}", "});", 'import a from "a";', "", "};", "]"];
    const uri = open("a.ts", lines(1, 6), trivial);
    made.set("ai-1", now);
    writeFileSync(path.join(folder, "b.ts"), [...lines(1, 6), ...trivial].join("\n"));
    assert.deepEqual(duplicates(uri, "b.ts"), []);
    open("a.ts", [], lines(1, 6));
    made.set("ai-1", now - 25 * 60 * minute);
    assert.deepEqual(duplicates(uri, "b.ts"), []);
  });
});
