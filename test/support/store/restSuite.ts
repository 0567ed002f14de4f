import assert from "node:assert/strict";
import { mostSnapshots } from "../../../server/store/store.ts";
import { atRest, batchOf, documentOf, editsBatch, followedOf, noon, sampleOf, snapshotOf } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const uri = "file:///project/a.ts";
const day = 86_400_000;

/** What every store does with texts at rest and with edits whose samples are still to be taken. */
export function restSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with documents at rest`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    test("gives back what is known of a text, until the text changes", () => {
      const document = { ...documentOf(), rest: { ...atRest, gitMark: "mark" } };
      under.store.write(batchOf({ documents: [document] }));
      assert.deepEqual(under.restart().readDocument(uri), document);
      under.store.write(batchOf({ documents: [documentOf({ version: 3 })] }));
      assert.deepEqual(under.restart().readDocument(uri), documentOf({ version: 3 }));
    });

    test("finds the documents of a text", () => {
      const other = documentOf({ uri: "file:///project/b.ts" });
      const changed = documentOf({ uri: "file:///project/c.ts", textHash: "other" });
      under.store.write(batchOf({ documents: [other, changed, documentOf()] }));
      const store = under.restart();
      assert.deepEqual(store.readDocumentsOfText("hash"), [documentOf(), other]);
      assert.deepEqual(store.readDocumentsOfText("none"), []);
    });

    test("keeps the last texts a document had, each once", () => {
      const texts = Array.from({ length: mostSnapshots + 2 }, (_, index) => `text ${index}`);
      under.store.write(batchOf({ documents: [documentOf()] }));
      for (const textHash of [...texts, texts[3]!]) {
        under.store.write(batchOf({ snapshots: [snapshotOf({ textHash })] }));
      }
      under.store.write(batchOf({ snapshots: [snapshotOf({ uri: "file:///none" })] }));
      const kept = under.restart().readSnapshots(uri);
      const expected = [
        texts[3]!,
        ...texts
          .slice(2)
          .reverse()
          .filter((text) => text !== texts[3]),
      ];
      assert.deepEqual(
        kept,
        expected.slice(0, mostSnapshots).map((textHash) => snapshotOf({ textHash })),
      );
      assert.deepEqual(under.store.readSnapshots("file:///none"), []);
    });

    test("tells which samples are due, in the order of time, until the last was taken", () => {
      under.store.write({
        ...editsBatch({}, {}),
        followed: [
          followedOf({ editId: "edit-2", since: noon + 1 }),
          followedOf(),
          followedOf({ editId: "none" }),
        ],
      });
      const due = (until: number) =>
        under
          .restart()
          .readDue(until)
          .map(({ editId, nextDueMs }) => [editId, nextDueMs]);
      assert.deepEqual(due(noon), [["edit-1", 0]]);
      assert.deepEqual(due(noon + 1), [
        ["edit-1", 0],
        ["edit-2", 0],
      ]);
      under.store.write(batchOf({ samples: [sampleOf({ dueMs: 5_000 }), sampleOf({ dueMs: 0 })] }));
      assert.deepEqual(under.store.readDue(noon + 30_000), [
        { ...followedOf({ editId: "edit-2", since: noon + 1 }), nextDueMs: 0 },
        { ...followedOf(), nextDueMs: 30_000 },
      ]);
      assert.deepEqual(
        under.store.readFollowed(uri).map(({ editId }) => editId),
        ["edit-1", "edit-2"],
      );
      under.store.write(batchOf({ samples: [sampleOf({ dueMs: day })] }));
      assert.deepEqual(due(noon + 9 * day), [["edit-2", 0]]);
      under.store.write(batchOf({ stopped: ["edit-2", "none"] }));
      assert.deepEqual(due(noon + 9 * day), []);
    });

    test("follows an edit into another document without asking for samples again", () => {
      under.store.write({
        ...editsBatch({}),
        followed: [followedOf()],
        samples: [sampleOf({ dueMs: 60_000 })],
      });
      const other = "file:///project/b.ts";
      under.store.write(
        batchOf({ documents: [documentOf({ uri: other })], followed: [followedOf({ uri: other })] }),
      );
      const store = under.restart();
      assert.deepEqual(store.readFollowed(uri), []);
      assert.deepEqual(store.readFollowed(other), [{ ...followedOf({ uri: other }), nextDueMs: 120_000 }]);
    });

    test("forgets all of it with the edit and the document", () => {
      under.setNow(noon);
      under.store.write({
        ...editsBatch({}),
        documents: [{ ...documentOf(), rest: atRest }],
        followed: [followedOf()],
        snapshots: [snapshotOf()],
      });
      under.store.prune({ editsBefore: noon + day, sumsBefore: "0000-00-00" });
      const store = under.restart();
      assert.deepEqual(
        [
          store.readDocument(uri),
          store.readSnapshots(uri),
          store.readFollowed(uri),
          store.readDue(noon + day),
        ],
        [undefined, [], [], []],
      );
      store.write(editsBatch({}));
      assert.deepEqual([store.readSnapshots(uri), store.readDue(noon + day)], [[], []]);
    });
  });
}
