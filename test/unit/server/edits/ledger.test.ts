import assert from "node:assert/strict";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { chat, copilot, Desk, uri } from "../desk.ts";

suite("The ledger", () => {
  test("gives undone text back to nobody and redone text to whoever wrote it, as no new edit", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "const a = 1;", copilot);
    desk.commit();
    desk.edit(0, 12, "", { reason: "undo" });
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 12, 0]]);
    desk.edit(0, 0, "const a = 1;", { reason: "redo" });
    // Redone text belongs to Copilot again, but was removed once and so never counts as kept.
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 12, 0]]);
    assert.equal(desk.ledger.look(uri)?.spans.ownedBy("one-1").restored, 12);
  });

  test("lowers what is kept of an edit that was committed long ago", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "abcdef", copilot);
    desk.commit();
    desk.edit(2, 4, "");
    assert.deepEqual(desk.sums(), [
      ["github-copilot", 1, 6, 4],
      ["human", 1, 0, 0],
    ]);
  });

  test("says whose text an edit took out, and not its own", () => {
    const desk = new Desk("nobody's");
    desk.edit(0, 0, "const a = 1;", copilot);
    desk.commit();
    desk.edit(6, 7, "b", chat);
    desk.edit(6, 10, "", chat);
    desk.edit(0, 6, "");
    desk.edit(0, 0, "const ", { reason: "undo" });
    desk.edit(0, 6, "");
    desk.commit();
    const all = { from: "0000", to: "9999", workspaces: undefined };
    const overwrites = desk.store
      .readOverwrites(all)
      .map(({ kind, tool, ofKind, ofTool, edits, chars }) => [tool ?? kind, ofTool ?? ofKind, edits, chars]);
    // Of the chat's own text its second edit took one character; what was brought back was taken out before.
    assert.deepEqual(overwrites.sort(), [
      ["github-copilot", "github-copilot", 1, 4],
      ["human", "github-copilot", 1, 6],
    ]);
  });

  test("counts of a reload only what differs", () => {
    const desk = new Desk("let alpha = one + two;");
    desk.edit(0, 22, "let omega = one + two + three;", { reloaded: true, active: false, carets: 0 });
    // "omeg" in place of "alph", and " + three".
    assert.deepEqual(desk.sums(), [["external", 1, 12, 12]]);
  });

  test("takes a reload for known when another window has recorded the same text", () => {
    const store = new MemoryStore({ now: () => 0, problems: [] });
    const one = new Desk("start ", store, "one");
    const other = new Desk("start ", store, "other");
    one.edit(6, 6, "written by AI", copilot);
    one.commit();
    other.edit(0, 6, "start written by AI", { reloaded: true, active: false, carets: 0 });
    assert.deepEqual(other.sums(), [["github-copilot", 1, 13, 13]]);
    other.edit(6, 14, "");
    assert.deepEqual(other.sums(), [
      ["github-copilot", 1, 13, 5],
      ["human", 1, 0, 0],
    ]);
  });

  test("restores what it knew of a document that is opened again unchanged, and nothing of a changed one", () => {
    const store = new MemoryStore({ now: () => 0, problems: [] });
    const first = new Desk("", store);
    first.edit(0, 0, "kept by AI", copilot);
    first.ledger.close(uri);
    first.commit();
    const again = new Desk("kept by AI", store, "two");
    assert.equal(again.ledger.look(uri)?.spans.ownedBy("one-1").kept, 10);
    const changed = new Desk("kept by somebody", store, "three");
    assert.deepEqual(changed.ledger.look(uri)?.spans.owners(), []);
  });

  test("keeps everything for the next time when the store cannot take it", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "a");
    const problem = { code: "store.full", details: { reason: "no space" } } as const;
    const refused = desk.ledger.commit(() => ({ outcome: "retry", problem }))!.batch;
    desk.edit(1, 1, "b");
    const written = desk.commit()!;
    assert.equal(refused.edits.length, 1);
    assert.deepEqual(
      written.edits.map(({ version, origin }) => [version, origin.kind]),
      [
        [2, "human"],
        [3, "human"],
      ],
    );
    assert.deepEqual(written.receipt, { window: "one", sequence: 2 });
    assert.equal(desk.commit(), undefined);
  });

  test("acknowledges no observation whose change has not come", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "a");
    desk.ledger.observe({
      sequence: 2,
      uri,
      languageId: "typescript",
      session: 1,
      version: 9,
      at: desk.now,
      utcOffsetMinutes: 0,
      changes: [{ offset: 1, deletedLength: 0, insertedLength: 1 }],
      reloaded: false,
      focused: true,
      active: true,
      carets: 1,
      pending: [],
    });
    assert.deepEqual(desk.commit()!.receipt, { window: "one", sequence: 1 });
  });

  test("follows several carets as one edit", () => {
    const desk = new Desk("a a a");
    desk.now++;
    desk.ledger.change({
      uri,
      version: 2,
      contentChanges: [4, 2, 0].map((character) => ({
        range: { start: { line: 0, character }, end: { line: 0, character: character + 1 } },
        text: "long",
      })),
    });
    desk.ledger.settleAll();
    assert.equal(desk.ledger.look(uri)?.text, "long long long");
    assert.deepEqual(desk.sums(), [["unknown", 1, 12, 12]]);
  });

  test("joins what comes right after a document was closed, and keeps what it knew of it", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "by AI", copilot);
    const late = desk.observationOfNext(5, 5, " typed");
    desk.changeNext(5, 5, " typed");
    desk.ledger.close(uri);
    desk.ledger.observe({ ...late, ...copilot });
    assert.deepEqual(desk.sums(), [["github-copilot", 2, 11, 11]]);
    const again = new Desk("by AI typed", desk.store, "two");
    assert.deepEqual(again.ledger.look(uri)?.spans.owners().length, 2);
  });

  test("knows a document that is opened again before it was written", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "by AI", copilot);
    desk.ledger.close(uri);
    desk.ledger.open({ uri, languageId: "javascript", version: 1, text: "by AI" });
    assert.equal(desk.ledger.look(uri)?.spans.ownedBy("one-1").kept, 5);
  });

  test("follows several changes of a closed document, one after the other", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "by AI", copilot);
    desk.commit();
    desk.ledger.close(uri);
    desk.ledger.observe(desk.observationOfNext(0, 1, ""));
    desk.ledger.observe(desk.observationOfNext(0, 1, ""));
    assert.deepEqual(desk.sums(), [
      ["github-copilot", 1, 5, 3],
      ["human", 2, 0, 0],
    ]);
  });

  test("believes no number of a malformed observation that is far ahead", () => {
    const desk = new Desk("");
    desk.ledger.skip(1_000_000);
    desk.edit(0, 0, "a");
    assert.deepEqual(desk.sums(), [["human", 1, 1, 1]]);
  });

  test("gives up a batch that the store refuses by mistake, counts it and goes on", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "a");
    assert.throws(() =>
      desk.ledger.commit(() => {
        throw new Error("a mistake");
      }),
    );
    desk.edit(1, 1, "b");
    assert.deepEqual(desk.sums(), [["human", 1, 1, 1]]);
    assert.deepEqual(desk.store.readDrops(), [{ name: "batch.refused", count: 1 }]);
  });

  test("lets an observation whose change never comes hold nothing up for long", () => {
    const desk = new Desk("");
    desk.ledger.observe(desk.observationOfNext(0, 0, "x", 900));
    desk.edit(0, 0, "a");
    assert.equal(desk.commit()?.receipt?.sequence, 0);
    desk.now += 11_000;
    desk.edit(1, 1, "b");
    assert.equal(desk.commit()?.receipt?.sequence, 3);
    assert.deepEqual(desk.store.readDrops(), [{ name: "observation.withoutChange", count: 1 }]);
  });
});
