import assert from "node:assert/strict";
import { copilot, Desk, uri } from "../desk.ts";

const other = "file:///work/b.ts";
const written = "const answer = compute(42);";

/** A window with a line of a tool's, and a second document. */
function deskWithLine(): Desk {
  const desk = new Desk("");
  desk.edit(0, 0, written, copilot);
  return desk;
}

const runsOf = (desk: Desk, document = uri) =>
  desk.ledger
    .look(document)!
    .spans.runs()
    .map(({ owner, length, restored }) => `${owner ?? "-"} ${length}${restored ? " restored" : ""}`);

suite("Text that is put in anew", () => {
  test("stays a tool's where it was copied from what the tool wrote, and is not new", () => {
    const desk = deskWithLine();
    desk.edit(written.length, written.length, written);
    assert.deepEqual(runsOf(desk), ["one-1 27", "one-1 27 restored"]);
    assert.deepEqual(desk.sums(), [["github-copilot", 2, 27, 27]]);
    const edit = desk.store.readEditById("one-2")!;
    assert.deepEqual(
      edit.evidence.map(({ source, strength }) => [source, strength]),
      [["paste", "matched"]],
    );
  });

  test("stays a tool's where it was cut and pasted, and what was cut stays lost", () => {
    const desk = deskWithLine();
    desk.edit(0, 27, "");
    desk.edit(0, 0, written);
    assert.deepEqual(runsOf(desk), ["one-1 27 restored"]);
    const [[, , , kept]] = desk.sums() as [[string, number, number, number]];
    assert.equal(kept, 0);
    desk.edit(0, 27, "", { reason: "undo" });
    assert.deepEqual(runsOf(desk), []);
    desk.edit(0, 0, written, { reason: "redo" });
    assert.deepEqual(runsOf(desk), ["one-1 27 restored"]);
  });

  test("stays a tool's in another document", () => {
    const desk = deskWithLine();
    desk.ledger.opening(other, 1);
    desk.ledger.open({ uri: other, languageId: "typescript", version: 1, text: "" });
    const at = { line: 0, character: 0 };
    desk.ledger.observe({ ...desk.observationOfNext(0, 0, written), uri: other, version: 2 });
    desk.ledger.change({
      uri: other,
      version: 2,
      contentChanges: [{ range: { start: at, end: at }, text: written }],
    });
    assert.deepEqual(runsOf(desk, other), ["one-1 27 restored"]);
  });

  test("stays nobody's where it was there before, and a person's where a person wrote it", () => {
    const desk = new Desk(`${written}\n`);
    desk.edit(0, 0, written);
    assert.deepEqual(runsOf(desk), ["- 55"]);
    assert.deepEqual(desk.sums(), [["unknown", 1, 0, 0]], "a copy is no new text");
  });

  test("is unknown where it is short, not the same, or could be several people's", () => {
    const desk = deskWithLine();
    desk.edit(27, 27, "compute(42);");
    desk.edit(0, 0, `${written} `);
    assert.deepEqual(runsOf(desk), ["one-3 28", "one-1 27", "one-2 12"]);
    // One copy is a tool's by now, the other nobody knows whose.
    desk.edit(0, 0, written);
    assert.deepEqual(runsOf(desk)[0], "one-4 27");
  });

  test("is whoever's is known to have written it, not whose it is like", () => {
    const desk = new Desk(`${written}\n`);
    desk.edit(0, 0, written, copilot);
    assert.deepEqual(runsOf(desk), ["one-1 27", "- 28"]);
  });

  test("stays whose it was where a line is moved over another in one change", () => {
    const desk = new Desk("");
    desk.edit(0, 0, written, copilot);
    desk.edit(27, 27, "\nlast line");
    // As the editor moves the last line up: it takes it out below and puts it in above.
    desk.ledger.observe({
      ...desk.observationOfNext(0, 0, ""),
      changes: [
        { offset: 27, deletedLength: 10, insertedLength: 0 },
        { offset: 0, deletedLength: 0, insertedLength: 10 },
      ],
    });
    const at = { line: 0, character: 0 };
    desk.ledger.change({
      uri,
      version: 4,
      contentChanges: [
        { range: { start: { line: 0, character: 27 }, end: { line: 1, character: 9 } }, text: "" },
        { range: { start: at, end: at }, text: "last line\n" },
      ],
    });
    assert.equal(desk.ledger.look(uri)!.text, `last line\n${written}`);
    assert.deepEqual(runsOf(desk), ["one-2 10 restored", "one-1 27"]);
  });
});
