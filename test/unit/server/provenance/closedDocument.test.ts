import assert from "node:assert/strict";
import { toCompact } from "../../../../core/spans/compactSpans.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { noGit } from "../../../../server/gitView.ts";
import { readClosedDocument } from "../../../../server/provenance/closedDocument.ts";
import { editorAddress } from "../../../../server/provenance/fileAddress.ts";
import { knownEdit, readOnce } from "../../../../server/provenance/knownEdit.ts";
import type { DocumentRow } from "../../../../server/store/store.ts";
import { plainHashes } from "../desk.ts";
import { copilot, documentOf, editOf, evidenceOf } from "../../../support/store/rows.ts";

/** A store that has recorded one text, all of it one edit's. */
function storeWith(recorded: string, uri = "file:///a.ts") {
  const row: DocumentRow = documentOf({
    uri,
    textLength: recorded.length,
    textHash: plainHashes.text(recorded),
    spans: JSON.stringify(
      toCompact(Spans.ofRuns([{ owner: "edit-1", length: recorded.length, restored: false }])),
    ),
  });
  const readDocument = (asked: string) => (asked === uri ? row : undefined);
  return { store: { readDocument, readSnapshots: () => [] }, hashes: plainHashes, git: noGit };
}

suite("The spans of a closed file", () => {
  const addresses = ["file:///other.ts", "file:///a.ts"];

  test("are known where the text is the one that was recorded, whatever a file adds to it", () => {
    for (const [onDisk, recorded] of [
      ["a\nb\n", "a\nb\n"],
      ["\uFEFFa\nb\n", "a\nb\n"],
      ["a\r\nb\nc", "a\nb\nc"],
      ["a\r\nb\nc", "a\r\nb\r\nc"],
      ["a\rb", "a\nb"],
    ] as const) {
      const { state, text, spans } = readClosedDocument(onDisk, addresses, storeWith(recorded));
      assert.deepEqual([state, text], ["same", recorded], JSON.stringify(onDisk));
      assert.equal(spans.ownedBy("edit-1").kept, recorded.length);
    }
  });

  test("are nobody's where the text is another one, even of the same length", () => {
    const { state, spans } = readClosedDocument("abc", addresses, storeWith("abd"));
    assert.equal(state, "lost");
    assert.deepEqual([spans.length, spans.owners()], [3, []]);
  });

  test("are nobody's where nothing was recorded", () => {
    const { state, spans } = readClosedDocument("abc", ["file:///other.ts"], storeWith("abc"));
    assert.deepEqual([state, spans.owners()], ["never", []]);
  });

  test("are nobody's where they do not fit the text", () => {
    const odd = storeWith("abc");
    const row = { ...odd.store.readDocument("file:///a.ts")! };
    const spans = { ...row.spans, spans: '{"owners":[],"runs":[[0,9]]}' };
    const store = { ...odd.store, readDocument: () => ({ ...row, spans }) };
    assert.deepEqual(readClosedDocument("abc", addresses, { ...odd, store }).spans.owners(), []);
  });
});

suite("The address of a file", () => {
  test("is what VS Code calls it", () => {
    assert.equal(
      editorAddress("/home/me/a b/ä(1)'!*.ts", "/"),
      "file:///home/me/a%20b/%C3%A4%281%29%27%21%2A.ts",
    );
    assert.equal(editorAddress("C:\\Users\\me\\a#b.ts", "\\"), "file:///c%3A/Users/me/a%23b.ts");
    assert.equal(editorAddress("\\\\server\\share\\a.ts", "\\"), "file://server/share/a.ts");
  });
});

suite("An edit as it is known", () => {
  test("has the fields that are there, and no evidence of another form", () => {
    const row = editOf({
      origin: { ...copilot, model: null },
      evidence: [evidenceOf(), evidenceOf({ origin: '{"kind":"martian"}' })],
    });
    const { origin, strength, evidence } = knownEdit(row);
    assert.deepEqual(origin, { kind: "ai", tool: "github-copilot", mode: "agent" });
    assert.equal(strength, "exact");
    assert.deepEqual(
      evidence.map((item) => item.origin),
      [{ kind: "human" }],
    );
  });

  test("is read once, and one that is not there is not asked for again", () => {
    const asked: string[] = [];
    const read = readOnce((id) => {
      asked.push(id);
      return id === "edit-1" ? editOf() : undefined;
    });
    assert.deepEqual(
      [read("edit-1")?.id, read("edit-1")?.id, read("gone"), read("gone")],
      ["edit-1", "edit-1", undefined, undefined],
    );
    assert.deepEqual(asked, ["edit-1", "gone"]);
  });
});
