import assert from "node:assert/strict";
import { Desk, uri } from "../desk.ts";
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

/** Whose the text is. */
function pieces(desk: Desk): unknown[] {
  const { text, spans } = desk.ledger.look(uri)!;
  desk.commit();
  return spans.runs().map(({ owner, start, end }) => {
    const origin = owner === undefined ? undefined : desk.store.readEditById(owner)!.origin;
    return [origin && (origin.tool ?? origin.kind), text.slice(start, end)];
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

  test("divide one reload among several tools, by where the text of each ended up", () => {
    const desk = new Desk(before);
    tell(desk, replaced("first", "firstByClaude", { call: "c1" }), "log");
    tell(desk, replaced("third", "thirdByCodex", { tool: "codex", session: "s2", call: "c2" }), "log");
    desk.reload("firstByClaude\nsecond\nthirdByCodex\n");
    assert.deepEqual(pieces(desk), [
      [undefined, "first"],
      ["claude-code", "ByClaude"],
      [undefined, "\nsecond\nthird"],
      ["codex", "ByCodex"],
      [undefined, "\n"],
    ]);
    assert.deepEqual(desk.sums(), [
      ["claude-code", 1, 8, 8],
      ["codex", 1, 7, 7],
    ]);
  });

  test("divide it whenever they come, and leave what none of them tells of to somebody unknown", () => {
    const desk = new Desk(before);
    desk.reload("first\nsecond, by Claude Code\nthird\nfourth, of nobody's\nfifth, by Codex\n");
    desk.commit();
    const inserted = replaced("third\n", "third\nfifth, by Codex\n", { tool: "codex", session: "s2" });
    tell(desk, replaced("second", "second, by Claude Code"));
    desk.commit();
    tell(desk, inserted, "log");
    const divided = [
      [undefined, "first\nsecond"],
      ["claude-code", ", by Claude Code"],
      [undefined, "\nthird\n"],
      ["external", "fourth, of nobody's\n"],
      ["codex", "fifth, by Codex\n"],
    ];
    assert.deepEqual(pieces(desk), divided);
    const sums = [
      ["claude-code", 1, 16, 16],
      ["codex", 1, 16, 16],
      ["external", 1, 20, 20],
    ];
    assert.deepEqual(desk.sums(), sums);
    tell(desk, inserted, "log");
    assert.deepEqual(desk.sums(), sums, "told again, it is the same");
    desk.edit(0, 5, "");
    assert.deepEqual(pieces(desk)[0], [undefined, "\nsecond"]);
  });

  test("divide it by the sessions of one tool, of which one wrote over what the other had written", () => {
    const desk = new Desk(before);
    tell(desk, replaced("second\n", "second\nconst one = compute(1);\n", { call: "c1", at: 1000 }), "log");
    tell(desk, replaced("compute(1)", "compute(20000)", { session: "s2", call: "c2", at: 1001 }), "log");
    desk.reload("first\nsecond\nconst one = compute(20000);\nthird\n");
    const owners = new Set(desk.ledger.look(uri)!.spans.owners());
    assert.equal(owners.size, 2);
    assert.deepEqual(desk.sums(), [["claude-code", 2, 29, 28]]);
  });

  test("are a conflict where two tools claim the same part of a reload", () => {
    const desk = new Desk(before);
    desk.reload("first\nsecond, by a tool\nthird\nfourth, of nobody's\n");
    tell(desk, replaced("second", "second, by a tool"));
    tell(desk, replaced("second", "second, by a tool", { tool: "codex", session: "s2", call: "c2" }));
    assert.deepEqual(desk.sums(), [
      ["ai", 1, 11, 11],
      ["external", 1, 20, 20],
    ]);
    const [owner] = desk.ledger.look(uri)!.spans.runs(12, 13);
    assert.equal(desk.store.readEditById(owner!.owner!)!.origin.conflict, true);
  });

  test("have no part in what was changed inside of theirs, or stands there by chance", () => {
    const desk = new Desk(before);
    tell(desk, replaced("second\n", "second\nconst written = byTheTool();\n"));
    tell(desk, replaced("third", "third;", { call: "c2" }));
    desk.reload("first\nsecond\nconst written = bySomebody();\nthird;\nfourth\n");
    assert.deepEqual(origins(desk, ["one-1"]), ["external exact reload"]);
  });

  test("sample each part of a divided reload by itself", () => {
    const desk = new Desk(before);
    desk.reload("first\nsecond, by a tool\nthird\nfourth, of nobody's\n");
    tell(desk, replaced("second", "second, by a tool"));
    desk.now += 6000;
    desk.edit(0, 5, "");
    desk.now += 30_000;
    desk.commit();
    const sampled = desk.store.readSamples("one-2");
    assert.deepEqual(
      sampled.map(({ dueMs, insertedChars, arc }) => [dueMs, insertedChars, arc]),
      [
        [0, 11, 11],
        [5000, 11, 11],
        [30_000, 11, 11],
      ],
    );
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
