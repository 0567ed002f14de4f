import assert from "node:assert/strict";
import { batchOf, editsBatch, noon, sampleOf } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const day = 86_400_000;

/** What every store does with samples, whatever it is made of. */
export function sampleSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with samples`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    test("gives them back by edit, in the order of time", () => {
      const later = sampleOf({
        dueMs: 60_000,
        takenAt: noon + 90_000,
        arc: 0,
        fourGram: 0.285714,
        late: true,
      });
      const first = sampleOf({ noRevert: 0.5, otherBranch: false });
      const unknown = { linesInserted: null, linesDeleted: null, fourGram: null, noRevert: null };
      const other = sampleOf({ editId: "edit-2", otherBranch: true, ...unknown });
      under.store.write({ ...editsBatch({}, {}), samples: [later, other] });
      under.store.write(batchOf({ samples: [first] }));
      const store = under.restart();
      assert.deepEqual(store.readSamples("edit-1"), [first, later]);
      assert.deepEqual(store.readSamples("edit-2"), [other]);
      assert.deepEqual(store.readSamples("edit-3"), []);
    });

    test("leaves alone what was sampled already, and passes over what is sampled of no edit", () => {
      under.store.write({ ...editsBatch({}), samples: [sampleOf({}), sampleOf({ arc: 1 })] });
      under.store.write(batchOf({ samples: [sampleOf({ arc: 2 }), sampleOf({ editId: "none" })] }));
      assert.deepEqual(under.restart().readSamples("edit-1"), [sampleOf({})]);
      assert.deepEqual(under.store.readSamples("none"), []);
    });

    test("prunes them with their edit", () => {
      under.setNow(noon);
      under.store.write({
        ...editsBatch({}, { at: noon + 2 * day }),
        samples: [sampleOf({ takenAt: noon + 3 * day }), sampleOf({ editId: "edit-2" })],
      });
      under.store.prune({ editsBefore: noon + day, sumsBefore: "0000-00-00" });
      under.store.write(editsBatch({}));
      const store = under.restart();
      assert.deepEqual(store.readSamples("edit-1"), []);
      assert.deepEqual(store.readSamples("edit-2"), [sampleOf({ editId: "edit-2" })]);
    });
  });
}
