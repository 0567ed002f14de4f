import assert from "node:assert/strict";
import { Desk } from "../desk.ts";
import { record, replaced, tell } from "./told.ts";

const before = "first\nsecond\nthird\n";

/** Key, strength and sources of what was recorded, in the order of the edits. */
function origins(desk: Desk, ids: readonly string[]) {
  desk.commit();
  return ids.map((id) => {
    const { origin, evidence } = desk.store.readEditById(id)!;
    const { kind, tool, model, strength, conflict } = origin;
    const from = evidence.map(({ source }) => source).sort();
    return [kind, tool, model, strength, conflict ? "conflict" : "", ...from]
      .filter((each) => each !== null && each !== "")
      .join(" ");
  });
}

suite("Records that tools keep of their edits", () => {
  test("tell whose a file is that was read again, be the hook earlier or later than the file", () => {
    const earlier = new Desk(before);
    tell(earlier, replaced("second", "other", { outcome: "proposed" }));
    earlier.reload("first\nother\nthird\n");
    assert.deepEqual(origins(earlier, ["one-1"]), ["ai claude-code exact hook reload"]);
    const later = new Desk(before);
    later.reload("first\nother\nthird\n");
    tell(later, replaced("second", "other"));
    assert.deepEqual(origins(later, ["one-1"]), ["ai claude-code exact hook reload"]);
    const latest = new Desk(before);
    latest.reload("first\nother\nthird\n");
    latest.commit();
    tell(latest, replaced("second", "other"));
    assert.deepEqual(origins(latest, ["one-1"]), ["ai claude-code exact hook reload"], "it was in the store");
  });

  test("are one record where a hook and a log tell the same, and the log adds the model", () => {
    const desk = new Desk(before);
    tell(desk, replaced("second", "other", { outcome: "proposed" }));
    desk.reload("first\nother\nthird\n");
    tell(desk, replaced("second", "other"));
    desk.commit();
    tell(desk, replaced("second", "other", { model: "opus" }), "log");
    assert.deepEqual(origins(desk, ["one-1"]), ["ai claude-code opus exact hook log reload"]);
    assert.deepEqual(desk.sums(), [["claude-code", 1, 5, 5]]);
    assert.equal(desk.store.readRecordAt("one-1"), "claude-code:session-1");
  });

  test("tell of changes that were streamed in, of which the editor gave no account", () => {
    const desk = new Desk("");
    const unknown = { active: false };
    desk.edit(0, 0, "const answer = ", unknown);
    desk.edit(15, 15, "compute(", unknown);
    desk.edit(23, 23, "42);", unknown);
    tell(desk, replaced("", "const answer = compute(42);", { call: "no place" }));
    assert.deepEqual(origins(desk, ["one-1"]), ["unknown"]);
    tell(desk, record({ kind: "whole", after: "const answer = compute(42);" }, { tool: "codex" }));
    assert.deepEqual(origins(desk, ["one-1", "one-2", "one-3"]), [
      "ai codex exact hook",
      "ai codex exact hook",
      "ai codex exact hook",
    ]);
  });

  test("say nothing of what a person typed, before, between or after", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "a");
    desk.edit(1, 1, "b");
    tell(desk, record({ kind: "whole", after: "ab" }));
    desk.now += 10_000;
    assert.deepEqual(origins(desk, ["one-1", "one-2"]), [
      "human inferred keyboard",
      "human inferred keyboard",
    ]);
  });

  test("leave a change alone that has more in it than they tell of", () => {
    const desk = new Desk(before);
    tell(desk, replaced("second", "other"));
    desk.reload("first\nother\nthird\nand more\n");
    assert.deepEqual(origins(desk, ["one-1"]), ["external exact reload"]);
  });

  test("leave a change alone where they were refused, or lie too far off in time", () => {
    const desk = new Desk(before);
    tell(desk, replaced("second", "other", { outcome: "rejected" }));
    tell(desk, replaced("second", "other", { call: "late", at: 1000 + 3_600_000 }));
    desk.reload("first\nother\nthird\n");
    assert.deepEqual(origins(desk, ["one-1"]), ["external exact reload"]);
  });

  test("are a conflict where two tools claim the same text", () => {
    const desk = new Desk(before);
    desk.reload("first\nother\nthird\n");
    tell(desk, replaced("second", "other"));
    tell(desk, replaced("second", "other", { tool: "codex", session: "s2", call: "c2" }));
    assert.deepEqual(origins(desk, ["one-1"]), ["ai exact conflict hook hook reload"]);
  });

  test("are all of one change where one reload brought several of them", () => {
    const desk = new Desk(before);
    tell(desk, replaced("first", "FIRST", { call: "c1", at: 1000 }));
    tell(desk, replaced("third", "THIRD", { call: "c2", at: 1001 }));
    desk.reload("FIRST\nsecond\nTHIRD\n");
    assert.deepEqual(origins(desk, ["one-1"]), ["ai claude-code exact hook reload"]);
  });

  test("are found in several reloads together where no one of them is a record's", () => {
    const desk = new Desk(before);
    desk.reload("FIRST\nsecond\nthird\n");
    desk.reload("FIRST\nsecond\nTHIRD\n");
    tell(desk, record({ kind: "pieces", pieces: [{ before, after: "FIRST\nsecond\nTHIRD\n" }] }));
    assert.deepEqual(origins(desk, ["one-1", "one-2"]), [
      "ai claude-code exact hook reload",
      "ai claude-code exact hook reload",
    ]);
  });

  test("of two agents in one file are told apart", () => {
    const desk = new Desk(before);
    tell(desk, replaced("first", "FIRST", { tool: "codex", session: "s2" }));
    tell(desk, replaced("third", "THIRD"));
    desk.reload("first\nsecond\nTHIRD\n");
    desk.reload("FIRST\nsecond\nTHIRD\n");
    assert.deepEqual(origins(desk, ["one-1", "one-2"]), [
      "ai claude-code exact hook reload",
      "ai codex exact hook reload",
    ]);
  });

  test("add what they know to what the editor said already, and change nothing that is sure", () => {
    const desk = new Desk("");
    const account = {
      source: "Chat.applyEdits",
      metadata: { source: "Chat.applyEdits", $extensionId: "github.copilot-chat" },
    };
    desk.edit(0, 0, "written by chat", { detailedReason: account });
    desk.now += 5000;
    desk.commit();
    tell(
      desk,
      record({ kind: "whole", after: "written by chat" }, { tool: "github-copilot", model: "gpt" }),
      "log",
    );
    assert.deepEqual(origins(desk, ["one-1"]), ["ai github-copilot gpt exact detailedReason log"]);
  });
});
