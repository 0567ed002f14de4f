import { plainHashes } from "../desk.ts";
import assert from "node:assert/strict";
import type { Observation } from "../../../../protocol/observation.ts";
import { noGit } from "../../../../server/gitView.ts";
import { Ledger } from "../../../../server/edits/ledger.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import type { Batch, Written } from "../../../../server/store/store.ts";

const uri = "file:///work/a.ts";
const start = 1_000_000;

/** A window with one document, into which one edit of four characters was made. */
function windowWithEdit(): { ledger: Ledger; store: MemoryStore; id: string } {
  const store = new MemoryStore({ now: () => start });
  let ids = 0;
  const ledger = new Ledger({
    window: "window",
    store,
    now: () => start,
    utcOffsetMinutes: () => 0,
    uuid: () => `edit-${++ids}`,
    hashes: plainHashes,
    git: noGit,
    readFile: () => "unreadable",
    workspaceOf: () => null,
  });
  ledger.opening(uri, 1);
  ledger.open({ uri, languageId: "typescript", version: 1, text: "" });
  const at = { line: 0, character: 0 };
  ledger.change({ uri, version: 2, contentChanges: [{ range: { start: at, end: at }, text: "mine" }] });
  const [id] = ledger.look(uri)!.spans.owners();
  return { ledger, store, id: id! };
}

const byCopilot: Observation = {
  sequence: 1,
  uri,
  languageId: "typescript",
  session: 1,
  version: 2,
  at: start,
  utcOffsetMinutes: 0,
  changes: [{ offset: 0, deletedLength: 0, insertedLength: 4 }],
  detailedReason: {
    source: "inlineCompletionAccept",
    metadata: { source: "inlineCompletionAccept", $extensionId: "github.copilot", $nes: false },
  },
  reloaded: false,
  focused: true,
  active: true,
  carets: 1,
  pending: [],
};

const full: Written = { outcome: "retry", problem: { code: "store.full", details: { reason: "test" } } };

suite("A label in the ledger", () => {
  test("is taken in for an edit that is not written yet", () => {
    const { ledger, store, id } = windowWithEdit();
    assert.equal(ledger.label([id, "nobody"], "human", start + 5), 1);
    assert.equal(ledger.readEdit(id)?.origin.kind, "human");
    ledger.commit((batch) => store.write(batch));
    const edit = store.readEditById(id)!;
    assert.deepEqual([edit.origin.kind, edit.origin.strength], ["human", "labelled"]);
  });

  test("is taken in for one that is, and seen before it is written", () => {
    const { ledger, store, id } = windowWithEdit();
    ledger.commit((batch) => store.write(batch));
    ledger.label([id], "ai", start + 5);
    assert.equal(store.readEditById(id)!.origin.kind, "unknown");
    assert.equal(ledger.readEdit(id)?.origin.kind, "ai");
    assert.equal(ledger.hasNews, true);
  });

  test("is not lost to evidence that comes before it could be written", () => {
    const { ledger, store, id } = windowWithEdit();
    ledger.commit((batch) => store.write(batch));
    ledger.label([id], "human", start + 5);
    ledger.commit(() => full);
    ledger.observe(byCopilot);
    let written: Batch | undefined;
    ledger.commit((batch) => {
      written = batch;
      return store.write(batch);
    });
    assert.equal(written?.origins.length, 2);
    const edit = store.readEditById(id)!;
    assert.equal(edit.origin.kind, "human");
    assert.deepEqual(
      edit.evidence.map(({ source }) => source),
      ["label", "detailedReason"],
    );
  });

  test("can be changed, and the one that was said last holds", () => {
    const { ledger, store, id } = windowWithEdit();
    ledger.commit((batch) => store.write(batch));
    ledger.label([id], "human", start + 5);
    ledger.label([id], "ai", start + 6);
    ledger.commit((batch) => store.write(batch));
    assert.equal(store.readEditById(id)!.origin.kind, "ai");
    assert.equal(store.readLabelledEdits().length, 1);
  });

  test("can be withdrawn, and then what else is known holds again", () => {
    const { ledger, store, id } = windowWithEdit();
    assert.equal(ledger.label([id], "withdrawn", start + 4), 0, "nothing was said yet");
    ledger.label([id], "human", start + 5);
    assert.equal(ledger.label([id], "withdrawn", start + 6), 1);
    assert.equal(ledger.readEdit(id)?.origin.kind, "unknown");
    ledger.commit((batch) => store.write(batch));
    ledger.label([id], "human", start + 7);
    ledger.commit((batch) => store.write(batch));
    assert.equal(store.readLabelledEdits().length, 1);
    assert.equal(ledger.label([id], "withdrawn", start + 8), 1);
    ledger.commit((batch) => store.write(batch));
    assert.equal(ledger.label([id], "withdrawn", start + 9), 0);
    ledger.observe(byCopilot);
    ledger.commit((batch) => store.write(batch));
    const { origin } = store.readEditById(id)!;
    assert.deepEqual([origin.kind, origin.strength], ["ai", "exact"]);
    assert.deepEqual(store.readLabelledEdits(), []);
  });

  test("leaves each character in the sums once", () => {
    const { ledger, store, id } = windowWithEdit();
    ledger.commit((batch) => store.write(batch));
    ledger.label([id], "ai", start + 5);
    ledger.commit((batch) => store.write(batch));
    const sums = store.readSums({ from: "1970-01-01", to: "1970-01-02", workspaces: undefined });
    assert.deepEqual(
      sums.map(({ kind, insertedChars, keptChars }) => [kind, insertedChars, keptChars]),
      [["ai", 4, 4]],
    );
  });
});

suite("An open document that is looked at", () => {
  test("waits while a change has not been told of, and not longer than patience lasts", () => {
    let now = start;
    const ledger = new Ledger({
      window: "window",
      store: new MemoryStore({ now: () => now }),
      now: () => now,
      utcOffsetMinutes: () => 0,
      uuid: () => "edit",
      hashes: plainHashes,
      git: noGit,
      readFile: () => "unreadable",
      workspaceOf: () => null,
    });
    assert.equal(ledger.peek(uri), undefined);
    ledger.opening(uri, 1);
    ledger.open({ uri, languageId: "typescript", version: 1, text: "" });
    const at = { line: 0, character: 0 };
    ledger.change({ uri, version: 2, contentChanges: [{ range: { start: at, end: at }, text: "x" }] });
    assert.equal(ledger.peek(uri)!.waiting, true);
    assert.equal(ledger.peek(uri)!.document.text, "");
    now += 1000;
    assert.equal(ledger.peek(uri)!.waiting, false);
    assert.equal(ledger.peek(uri)!.document.text, "x");
  });
});
