import assert from "node:assert/strict";
import { sampleTimes } from "../../../../core/retention/sampleTimes.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { OpenDocument } from "../../../../server/edits/openDocument.ts";
import { Sampling } from "../../../../server/retention/sampling.ts";
import type { SampleRow } from "../../../../server/store/store.ts";
import { chat, copilot, Desk, plainHashes, uri } from "../desk.ts";

const minute = 60_000;

/** Lets time pass, and commits whenever a sample is due. */
function wait(desk: Desk, until: number): void {
  desk.commit();
  while (desk.ledger.nextAt <= until) {
    desk.now = Math.max(desk.now, desk.ledger.nextAt);
    desk.commit();
  }
  desk.now = until;
}

const arcs = (desk: Desk, id: string) =>
  desk.store.readSamples(id).map(({ dueMs, arc }) => [dueMs / 1000, arc]);

suite("Samples of AI edits", () => {
  test("say what becomes of a comment that is typed into and translated", () => {
    const desk = new Desk(
      "function fib(n) {\n\tif (n <= 1) return n;\n\treturn fib(n - 1) + fib(n - 2);\n}\n",
    );
    desk.now = 999;
    desk.edit(0, 0, "// Computes the nth fibonacci number\n", chat);
    wait(desk, 6_000);
    desk.edit(1, 2, "*");
    desk.edit(36, 36, " */");
    wait(desk, 11_000);
    desk.edit(3, 36, "Berechnet die nte Fibonacci Zahl", chat);
    wait(desk, 30 * 60 * minute);
    assert.match(desk.ledger.look(uri)!.text, /^\/\* Berechnet die nte Fibonacci Zahl \*\/\nfunction fib/);
    const at = 1_000;
    const sample = (dueMs: number, arc: number, fourGram: number): SampleRow => ({
      editId: "one-1",
      dueMs,
      takenAt: at + dueMs,
      arc,
      insertedChars: 37,
      linesInserted: 1,
      linesDeleted: 0,
      fourGram,
      noRevert: 1,
      late: false,
      otherBranch: null,
    });
    // Seven of its 34 sequences of four are among the 36 of what stands there.
    assert.deepEqual(desk.store.readSamples("one-1"), [
      sample(0, 37, 1),
      sample(5_000, 37, 1),
      ...sampleTimes.slice(2).map((dueMs) => sample(dueMs, 16, 0.2)),
    ]);
    const second = desk.store.readSamples("one-4");
    assert.deepEqual(
      second,
      sampleTimes.map((dueMs) => ({
        ...sample(dueMs, 19, 1),
        editId: "one-4",
        takenAt: 11_001 + dueMs,
        insertedChars: 19,
        linesDeleted: 1,
      })),
    );
    assert.equal(desk.ledger.nextAt, Infinity);
    assert.deepEqual(desk.store.readSamples("one-2"), [], "what a person typed is not sampled");
  });

  test("see what came before they were due, and nothing of what came after", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcdefgh", copilot);
    const due = desk.now + 5_000;
    desk.now = due - 2;
    desk.edit(0, 1, "");
    desk.now = due - 1;
    desk.edit(0, 1, "");
    desk.edit(0, 1, "");
    desk.commit();
    assert.deepEqual(arcs(desk, "one-1"), [
      [0, 8],
      [5, 7],
    ]);
  });

  test("are late after a sleep, and only those that are", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcdefgh", copilot);
    const at = desk.now;
    desk.now = at + 66_000;
    desk.commit();
    assert.deepEqual(
      desk.store.readSamples("one-1").map(({ dueMs, takenAt, late }) => [dueMs, takenAt - at, late]),
      [
        [0, 0, false],
        [5_000, 66_000, true],
        [30_000, 66_000, true],
        [60_000, 66_000, false],
      ],
    );
  });

  test("of a stream are of all of it, from when it ended", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "completed ", copilot);
    for (const text of ["one ", "two ", "three "]) {
      desk.now += 799;
      desk.edit(0, 0, text, chat);
      desk.commit();
    }
    const end = desk.now;
    desk.commit();
    assert.deepEqual(arcs(desk, "one-2"), []);
    wait(desk, end + minute);
    const samples = desk.store.readSamples("one-2");
    assert.deepEqual(
      samples.map(({ dueMs, takenAt, arc, insertedChars, late }) => [
        dueMs,
        takenAt - end,
        arc,
        insertedChars,
        late,
      ]),
      [0, 5_000, 30_000, 60_000].map((dueMs) => [dueMs, dueMs, 14, 14, false]),
    );
    assert.deepEqual(arcs(desk, "one-1").at(-1), [60, 10]);
  });

  test("wait for a change of which nobody knows yet when it was", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcd", copilot);
    const at = desk.now;
    desk.now = at + 4_990;
    const all = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
    desk.ledger.change({ uri, version: 3, contentChanges: [{ range: all, text: "" }] });
    desk.now = at + 5_000;
    desk.commit();
    assert.deepEqual(arcs(desk, "one-1"), [[0, 4]]);
    desk.now = at + 5_200;
    desk.commit();
    assert.deepEqual(arcs(desk, "one-1"), [
      [0, 4],
      [5, 0],
    ]);
  });

  test("end with their document", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcd", copilot);
    desk.now += 6_000;
    desk.ledger.close(uri);
    assert.equal(desk.ledger.nextAt, Infinity);
    desk.now += minute;
    desk.commit();
    assert.deepEqual(arcs(desk, "one-1"), [
      [0, 4],
      [5, 4],
    ]);
  });

  test("are tried again when the store cannot take them", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcd", copilot);
    const problem = { code: "store.full", details: { reason: "no space" } } as const;
    desk.ledger.commit(() => ({ outcome: "retry", problem }));
    assert.deepEqual(arcs(desk, "one-1"), []);
    desk.commit();
    assert.deepEqual(arcs(desk, "one-1"), [[0, 4]]);
  });

  test("of the oldest edits are given up when there are too many in a document, and counted", () => {
    const desk = new Desk("");
    for (let count = 0; count < 203; count++) desk.edit(0, 0, "x", copilot);
    wait(desk, desk.now + 10_000);
    assert.deepEqual(desk.store.readDrops(), [{ name: "sample.givenUp", count: 3 }]);
    assert.deepEqual(
      ["one-3", "one-4"].map((id) => arcs(desk, id).length),
      [1, 2],
    );
  });

  test("of the oldest edits are given up when there are too many in all documents", () => {
    const samples: string[] = [];
    let givenUp = 0;
    const sampling = new Sampling({
      now: () => minute,
      onSample: ({ editId, dueMs }) => samples.push(`${editId} ${dueMs}`),
      onGivenUp: () => givenUp++,
      branchOf: () => null,
      hashGram: (gram) => plainHashes.gram(gram),
      mostFollowed: { inDocument: 2, inAll: 3 },
    });
    const documents = ["a", "b"].map((name) => {
      const spans = Spans.ofLength(1);
      const place = { uri: name, languageId: "plaintext", workspace: null, session: 1, version: 1 };
      return new OpenDocument({ ...place, text: "x", spans });
    });
    ["a1", "b1", "b2", "a2"].forEach((id) => {
      const edit = [{ start: 0, end: 0, text: "x" }];
      sampling.follow(id.startsWith("a") ? documents[0]! : documents[1]!, {
        id,
        since: 0,
        original: "",
        edit,
      });
    });
    assert.equal(givenUp, 1);
    samples.length = 0;
    assert.deepEqual(
      documents.map((document) => sampling.dueAt(document)),
      [5_000, 5_000],
    );
    for (const document of documents) sampling.takeDue(document, 5_000);
    assert.deepEqual(samples, ["a2 5000", "b1 5000", "b2 5000"]);
    for (const document of documents) sampling.forget(document);
    assert.deepEqual(
      documents.map((document) => sampling.dueAt(document)),
      [Infinity, Infinity],
    );
  });
});
