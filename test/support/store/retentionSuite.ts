import assert from "node:assert/strict";
import type { RetentionRow } from "../../../server/store/retention.ts";
import type { Store } from "../../../server/store/store.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { batchOf, copilot, documentOf, editOf, editsBatch, human, noon, sampleOf } from "./rows.ts";

const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const day = 86_400_000;
const at5 = { dueMs: 300_000, takenAt: noon + 300_000 };
const byAi = { origin: copilot, evidence: [] };

/** How every store adds samples up. */
export function retentionSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with samples added up`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    test("adds up by time, and counts apart what was late or on another branch", () => {
      under.store.write({
        ...editsBatch(byAi, byAi, byAi, byAi),
        samples: [
          sampleOf({ ...at5, arc: 4, noRevert: 0.2 }),
          sampleOf({ ...at5, editId: "edit-2", arc: 10, noRevert: null }),
          sampleOf({ ...at5, editId: "edit-3", arc: 1, late: true }),
          sampleOf({ ...at5, editId: "edit-4", arc: 1, otherBranch: true }),
          sampleOf({ dueMs: 0, arc: 10 }),
          sampleOf({ ...at5, editId: "none" }),
        ],
      });
      assert.deepEqual(told(under.restart().readRetention(everything)), [
        "ai 0: 1 of 10/10, squares 100 100 100, taken back 0 of 1, apart 0",
        "ai 300000: 2 of 14/20, squares 116 200 140, taken back 1 of 1, apart 2",
      ]);
    });

    test("adds up the scores of those that have one", () => {
      under.store.write({
        ...editsBatch(byAi, byAi, byAi),
        samples: [
          sampleOf({ ...at5, fourGram: 0.1, noRevert: 0.7 }),
          sampleOf({ ...at5, editId: "edit-2", fourGram: 0.2, noRevert: null }),
          sampleOf({ ...at5, editId: "edit-3", fourGram: 0.4, late: true }),
        ],
      });
      const scores = (store: Store) =>
        store
          .readRetention(everything)
          .map(({ fourGrams, fourGram, judged, noRevert }) => [fourGrams, fourGram, judged, noRevert]);
      assert.deepEqual(scores(under.restart()), [[2, 300_000, 1, 700_000]]);
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: human, evidence: [] }] }));
      assert.deepEqual(scores(under.store).sort(), [
        [1, 100_000, 1, 700_000],
        [1, 200_000, 0, 0],
      ]);
    });

    test("takes a sample that is there already for one", () => {
      under.store.write({ ...editsBatch(byAi), samples: [sampleOf(at5)] });
      under.store.write(batchOf({ samples: [sampleOf({ ...at5, arc: 3 })] }));
      assert.deepEqual(told(under.restart().readRetention(everything)), [
        "ai 300000: 1 of 10/10, squares 100 100 100, taken back 0 of 1, apart 0",
      ]);
    });

    test("moves with an origin that comes late, and leaves nothing behind", () => {
      under.store.write({
        ...editsBatch({ origin: human }, byAi),
        samples: [sampleOf({ ...at5, arc: 2 }), sampleOf({ ...at5, editId: "edit-2", arc: 6 })],
      });
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: copilot, evidence: [] }] }));
      assert.deepEqual(told(under.restart().readRetention(everything)), [
        "ai 300000: 2 of 8/20, squares 40 200 80, taken back 0 of 2, apart 0",
      ]);
    });

    test("answers by day and folder", () => {
      under.store.write({
        ...editsBatch(byAi, { ...byAi, at: noon + day }),
        samples: [sampleOf(at5), sampleOf({ ...at5, editId: "edit-2" })],
      });
      const on = { from: "2026-02-01", to: "2026-02-01" };
      const store = under.restart();
      assert.equal(store.readRetention({ ...on, workspaces: ["file:///project"] }).length, 1);
      assert.equal(store.readRetention({ ...on, workspaces: ["file:///other"] }).length, 0);
      const byDay = (dueMs: number) => store.readRetentionByDay({ ...everything, dueMs });
      assert.deepEqual(
        byDay(300_000)
          .map(({ day: of, model, samples }) => [of, model, samples])
          .sort(),
        [
          ["2026-01-31", copilot.model, 1],
          ["2026-02-01", copilot.model, 1],
        ],
      );
      assert.deepEqual(byDay(1), []);
    });

    test("outlives the edits, and is pruned with the sums", () => {
      under.setNow(noon);
      under.store.write({
        ...editsBatch(byAi, { ...byAi, at: noon + 3 * day }),
        samples: [sampleOf(at5), sampleOf({ ...at5, editId: "edit-2" })],
      });
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-01-01" });
      const samplesOf = (rows: readonly RetentionRow[]) => rows.map(({ samples }) => samples);
      assert.deepEqual(samplesOf(under.restart().readRetention(everything)), [2]);
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-02-02" });
      under.store.write(batchOf({ samples: [sampleOf({ dueMs: 0 })] }));
      const store = under.restart();
      assert.deepEqual(samplesOf(store.readRetention(everything)), [1]);
      assert.deepEqual(samplesOf(store.readRetention({ ...everything, from: "2026-02-03" })), [1]);
    });

    test("forgets what is in a scope, and makes divided sums again", () => {
      const lib = documentOf({ uri: "file:///work/lib/a.ts", workspace: "file:///work" });
      const rest = documentOf({ uri: "file:///work/b.ts", workspace: "file:///work" });
      under.store.write(
        batchOf({
          documents: [lib, rest],
          edits: [
            editOf({ id: "lib", uri: lib.uri, ...byAi }),
            editOf({ id: "rest", uri: rest.uri, ...byAi }),
          ],
          samples: [
            sampleOf({ ...at5, editId: "lib", arc: 1 }),
            sampleOf({ ...at5, editId: "rest", arc: 7 }),
          ],
        }),
      );
      const nothing = { repository: null, tool: null, from: null, to: null };
      under.store.forget({ ...nothing, repository: ["file:///work/lib"] }, { dryRun: true });
      under.store.forget({ ...nothing, repository: ["file:///work/lib"] }, { dryRun: false });
      assert.deepEqual(told(under.restart().readRetention(everything)), [
        "ai 300000: 1 of 7/10, squares 49 100 70, taken back 0 of 1, apart 0",
      ]);
      under.store.forget({ ...nothing, tool: "github-copilot" }, { dryRun: false });
      assert.deepEqual(under.restart().readRetention(everything), []);
    });
  });
}

function told(rows: readonly RetentionRow[]): string[] {
  return [...rows]
    .sort((one, other) => one.dueMs - other.dueMs)
    .map(
      ({ kind, dueMs, samples, arc, insertedChars, judged, reverted, apart, ...squares }) =>
        `${kind} ${dueMs}: ${samples} of ${arc}/${insertedChars}, ` +
        `squares ${squares.arcSquared} ${squares.insertedSquared} ${squares.arcTimesInserted}, ` +
        `taken back ${reverted} of ${judged}, apart ${apart}`,
    );
}
