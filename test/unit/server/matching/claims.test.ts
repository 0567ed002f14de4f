import assert from "node:assert/strict";
import type { ReadFile } from "../../../../server/unseen/textFile.ts";
import { copilot, Desk, uri } from "../desk.ts";
import { record, replaced, tell } from "./told.ts";

/** A window in which nothing is open, and a file. */
class ClosedDesk extends Desk {
  file: string | undefined;

  constructor(file?: string) {
    const readFile: ReadFile = () => (this.file === undefined ? "missing" : { text: this.file });
    super("", undefined, "one", { readFile, isBare: true });
    this.file = file;
  }

  open(): void {
    this.ledger.opening(uri, 1);
    this.ledger.open({ uri, languageId: "typescript", version: 1, text: this.file! });
  }

  runs(): string[] {
    if (!this.ledger.look(uri)) this.open();
    return this.ledger
      .look(uri)!
      .spans.runs()
      .map(({ owner, length }) => `${owner ?? "-"} ${length}`);
  }
}

suite("What a tool wrote into documents that nobody had open", () => {
  test("is an edit, and its text is the tool's when the file is opened", () => {
    const desk = new ClosedDesk("first\nother\nthird\n");
    tell(desk, replaced("second", "other"));
    assert.deepEqual(desk.sums(), [["claude-code", 1, 5, 5]]);
    assert.deepEqual(desk.runs(), ["- 6", "one-1 5", "- 7"]);
    const edit = desk.store.readEditById("one-1")!;
    assert.deepEqual([edit.origin.kind, edit.origin.strength, edit.at], ["ai", "exact", 1000]);
  });

  test("is one edit where a hook and a log tell of it, and no edit while it is only proposed", () => {
    const desk = new ClosedDesk("first\nother\n");
    tell(desk, replaced("second", "other", { outcome: "proposed" }));
    assert.deepEqual(desk.sums(), []);
    tell(desk, replaced("second", "other"));
    desk.commit();
    tell(desk, replaced("second", "other", { model: "opus" }), "log");
    assert.deepEqual(desk.sums(), [["claude-code", 1, 5, 5]]);
    assert.equal(desk.store.readEditById("one-1")!.origin.model, "opus");
  });

  const made = "first\nother\n";
  const unnamed = { call: undefined };
  const ofHook = [
    record({ kind: "whole", after: made }, { ...unnamed, outcome: "proposed" }),
    record({ kind: "whole", before: "", after: made }, unnamed),
  ];
  const ofLog = [
    record({ kind: "whole", after: made }, { at: 990, outcome: "proposed" }),
    record({ kind: "whole", before: "", after: made }, { at: 1020, model: "opus" }),
  ];
  for (const [first, ways] of Object.entries({ hook: ["hook", "log"], log: ["log", "hook"] } as const))
    test(`is one edit where a hook does not name its call, and the log does, the ${first} first`, () => {
      const desk = new ClosedDesk(made);
      for (const by of ways) {
        for (const each of by === "log" ? ofLog : ofHook) tell(desk, each, by);
        desk.commit();
      }
      assert.deepEqual(desk.sums(), [["claude-code", 1, made.length, made.length]]);
      const { origin } = desk.store.readEditById("one-1")!;
      assert.deepEqual([origin.model, origin.strength], ["opus", "exact"]);
      // Another call that wrote the same once more is another edit.
      tell(
        desk,
        record({ kind: "whole", before: "", after: made }, { call: "call-2", at: 1030, model: "opus" }),
        "log",
      );
      const sums = desk.sums() as [string, edits: number, insertedChars: number, keptChars: number][];
      const total = (at: 1 | 3) => sums.reduce((sum, row) => sum + row[at], 0);
      assert.deepEqual([total(1), total(3)], [2, made.length]);
    });

  test("is of each of several calls, though they say the same, and of each session", () => {
    const desk = new ClosedDesk("first\nother\n");
    tell(desk, replaced("second", "other", unnamed));
    tell(desk, replaced("second", "other", { session: "session-2" }), "log");
    tell(desk, replaced("second", "others", { call: "call-2" }), "log");
    tell(desk, replaced("second", "other", { call: "call-3", at: 1000 + 11 * 60_000 }), "log");
    assert.deepEqual(desk.sums(), [["claude-code", 4, 21, 5]]);
  });

  test("counts as written and not as kept where it is gone, or stands twice", () => {
    const desk = new ClosedDesk("first\n");
    tell(desk, replaced("second", "other"));
    desk.file = "other other";
    tell(desk, replaced("second", "other", { call: "call-2" }));
    assert.deepEqual(desk.sums(), [["claude-code", 2, 10, 0]]);
  });

  test("is followed: later edits add up, and what is overwritten is lost", () => {
    const desk = new ClosedDesk("first\nother\n");
    tell(desk, replaced("second", "other"));
    desk.commit();
    desk.file = "first\nmother\n";
    tell(desk, replaced("other", "mother", { call: "call-2", tool: "codex" }));
    assert.deepEqual(desk.sums(), [
      ["claude-code", 1, 5, 5],
      ["codex", 1, 1, 1],
    ]);
    desk.file = "first\n";
    tell(desk, replaced("\nmother", "", { call: "call-3" }));
    assert.deepEqual(desk.sums(), [
      ["claude-code", 2, 5, 0],
      ["codex", 1, 1, 0],
    ]);
  });

  test("is nothing of a text that is somebody's already", () => {
    const desk = new ClosedDesk("");
    desk.open();
    desk.edit(0, 0, "written by a completion", copilot);
    desk.ledger.close(uri);
    desk.commit();
    desk.file = "written by a completion";
    desk.now += 3_600_000;
    tell(desk, record({ kind: "whole", before: "", after: desk.file }, { at: desk.now }));
    assert.deepEqual(desk.sums(), [
      ["claude-code", 1, 23, 0],
      ["github-copilot", 1, 23, 23],
    ]);
  });

  test("is not counted again where the change was recorded, and nobody can tell whether it is the same", () => {
    const desk = new ClosedDesk("first\nsecond\n");
    desk.open();
    desk.reload("first\nother and more\n");
    desk.ledger.close(uri);
    desk.file = "first\nother and more\n";
    tell(desk, replaced("second", "other"));
    assert.deepEqual(desk.sums(), [["external", 1, 14, 14]]);
    assert.deepEqual(desk.store.readDrops(), [{ name: "record.unclear", count: 1 }]);
  });

  test("is claimed in a document that was opened since, and only there", () => {
    const desk = new ClosedDesk("first\nother\n");
    desk.now = 5000;
    desk.open();
    tell(desk, replaced("second", "other", { at: 4000 }));
    tell(desk, replaced("zero", "first", { at: 6000, call: "call-2" }));
    assert.deepEqual(desk.sums(), [["claude-code", 1, 5, 5]]);
    assert.deepEqual(desk.runs(), ["- 6", "one-1 5", "- 1"]);
  });

  test("is one edit where the document was opened just before the editor read it again", () => {
    const desk = new ClosedDesk("first\nsecond\n");
    desk.now = 5000;
    desk.open();
    tell(desk, replaced("second", "other", { at: 4990 }));
    assert.deepEqual(desk.sums(), []);
    desk.reload("first\nother\n");
    assert.deepEqual(desk.sums(), [["claude-code", 1, 5, 5]]);
  });

  test("is left out where nobody knows what was there before, where there is no file, or it was refused", () => {
    const desk = new ClosedDesk("all new\n");
    tell(desk, record({ kind: "whole", after: "all new\n" }));
    tell(desk, record({ kind: "unsaid" }, { call: "call-2" }));
    tell(desk, replaced("old", "new", { call: "call-3", outcome: "rejected" }));
    desk.file = undefined;
    tell(desk, replaced("old", "new", { call: "call-4" }));
    assert.deepEqual(desk.sums(), []);
  });

  test("is sampled while it is closed", () => {
    const desk = new ClosedDesk("first\nother\n");
    tell(desk, replaced("second", "other"));
    desk.commit();
    desk.now += 400_000;
    desk.file = "first\notter\n";
    desk.ledger.sampleClosed();
    desk.commit();
    const arcs = desk.store.readSamples("one-1").map(({ dueMs, arc }) => [dueMs / 1000, arc]);
    assert.deepEqual(arcs.slice(0, 1), [[0, 5]]);
    assert.ok(arcs.length > 1 && arcs.at(-1)![1]! < 5, JSON.stringify(arcs));
  });
});
