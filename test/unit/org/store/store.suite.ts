import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Store } from "../../../../org/store/store.ts";
import { batchOf, eventOf, pseudonymOf } from "../../../org/support/batches.ts";

interface OpenedForTest {
  readonly store: Store;
  /** Opens what the first store left behind, after closing it. */
  reopen(): Promise<Store>;
  /** Closes and removes everything. */
  remove(): Promise<void>;
}

/** What every store must do. Each test begins with an empty one; the answers are the same on every engine. */
export function storeSuite(engine: string, open: () => Promise<OpenedForTest>): void {
  suite(`A store on ${engine}`, () => {
    let opened: OpenedForTest;
    let store: Store;

    setup(async () => {
      opened = await open();
      store = opened.store;
    });

    teardown(async () => {
      await opened.remove();
    });

    const plain = { stored: 0, duplicates: 0, refused: 0, reasons: [] };

    test("is ready and empty at first", async () => {
      assert.match(store.engine, new RegExp(`^${engine} \\d+`));
      assert.equal(await store.whyNotReady(), undefined);
      assert.deepEqual(await store.weekTotals(), []);
      assert.deepEqual(await store.rollup("2026-W46"), []);
    });

    test("stores a batch, its events and their sums together", async () => {
      const events = [
        eventOf("one"),
        eventOf("two", { edits: 30, insertedChars: 0, keptChars: 0 }),
        eventOf("three", { tool: "cursor", mode: "completion" }),
        eventOf("four", { originKind: "human", tool: null, mode: null }),
      ];
      assert.deepEqual(await store.ingest(batchOf("first", events)), {
        kind: "stored",
        receipt: { ...plain, stored: 4 },
      });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 4 }]);
      const week = "2026-W46";
      const sum = { week, events: 1, edits: 10, insertedChars: 1200, keptChars: 950 };
      assert.deepEqual(await store.rollup(week), [
        { ...sum, originKind: "ai", tool: "claude-code", mode: "agent", events: 2, edits: 40 },
        { ...sum, originKind: "ai", tool: "cursor", mode: "completion" },
        { ...sum, originKind: "human", tool: null, mode: null },
      ]);
    });

    test("gives a batch that comes again the receipt of the first time, and changes nothing", async () => {
      const reasons = [{ pointer: "#/a", field: "edits", detail: "expected a whole number" }];
      const batch = batchOf("first", [eventOf("one"), eventOf("one")], { refused: 3, reasons });
      const receipt = { stored: 1, duplicates: 1, refused: 3, reasons };
      assert.deepEqual(await store.ingest(batch), { kind: "stored", receipt });
      assert.deepEqual(await store.ingest(batch), { kind: "replayed", receipt });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 1 }]);
    });

    test("refuses other bytes under a known batch id, and keeps nothing of them", async () => {
      await store.ingest(batchOf("first", [eventOf("one")]));
      const sha256 = createHash("sha256").update("other").digest();
      const other = batchOf("first", [eventOf("one"), eventOf("two")], { sha256 });
      assert.deepEqual(await store.ingest(other), { kind: "conflict" });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 1 }]);
    });

    test("counts an event once when it comes again in another batch", async () => {
      await store.ingest(batchOf("first", [eventOf("one"), eventOf("two")]));
      const outcome = await store.ingest(batchOf("second", [eventOf("two"), eventOf("three")]));
      assert.deepEqual(outcome, { kind: "stored", receipt: { ...plain, stored: 1, duplicates: 1 } });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 2, events: 3 }]);
      assert.equal((await store.rollup("2026-W46"))[0]?.edits, 30);
    });

    test("keeps the first of two events with one id", async () => {
      await store.ingest(batchOf("first", [eventOf("one", { edits: 1 }), eventOf("one", { edits: 2 })]));
      assert.equal((await store.rollup("2026-W46"))[0]?.edits, 1);
    });

    test("does not let one pseudonym's ids touch another's", async () => {
      await store.ingest(batchOf("first", [eventOf("one")]));
      const outcome = await store.ingest(batchOf("first", [eventOf("one")], { pseudonym: pseudonymOf("b") }));
      assert.equal(outcome.kind, "stored");
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 2, events: 2 }]);
    });

    test("keeps weeks apart, newest first", async () => {
      for (const week of ["2026-W46", "2027-W01", "2026-W09"]) {
        await store.ingest(batchOf("first", [eventOf("one")], { week }));
      }
      const weeks = (await store.weekTotals()).map(({ week }) => week);
      assert.deepEqual(weeks, ["2027-W01", "2026-W46", "2026-W09"]);
      assert.equal((await store.rollup("2026-W09")).length, 1);
    });

    test("stores a batch that arrives many times at once only once", async () => {
      const events = Array.from({ length: 20 }, (_, index) => eventOf(`event ${index}`));
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => store.ingest(batchOf("first", events))),
      );
      assert.equal(outcomes.filter(({ kind }) => kind === "stored").length, 1);
      assert.equal(outcomes.filter(({ kind }) => kind === "replayed").length, 19);
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 20 }]);
    });

    test("counts right when overlapping batches arrive at once", async () => {
      const events = Array.from({ length: 40 }, (_, index) => eventOf(`event ${index}`));
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, index) => {
          const some = [...events.slice(index), ...events.slice(0, index)].slice(0, 25);
          return store.ingest(batchOf(`batch ${index}`, some));
        }),
      );
      const stored = outcomes.reduce(
        (sum, outcome) => sum + (outcome.kind === "stored" ? outcome.receipt.stored : 0),
        0,
      );
      assert.equal(stored, 40);
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 30, events: 40 }]);
      assert.equal((await store.rollup("2026-W46"))[0]?.events, 40);
    });

    test("forgets events before sums, and knows a forgotten batch no more", async () => {
      for (const week of ["2025-W01", "2026-W01", "2026-W46"]) {
        await store.ingest(batchOf("first", [eventOf("one")], { week }));
      }
      await store.forget({ eventsBefore: "2026-W46", sumsBefore: "2026-W01" });
      assert.deepEqual(await store.weekTotals(), [
        { week: "2026-W46", batches: 1, events: 1 },
        { week: "2026-W01", batches: 1, events: 1 },
      ]);
      assert.deepEqual(await store.rollup("2025-W01"), []);
      const kindIn = async (week: string) =>
        (await store.ingest(batchOf("first", [eventOf("one")], { week }))).kind;
      assert.equal(await kindIn("2026-W46"), "replayed");
      assert.equal(await kindIn("2026-W01"), "stored");
    });

    test("has everything after it was closed and opened again", async () => {
      const batch = batchOf("first", [eventOf("one"), eventOf("two")]);
      await store.ingest(batch);
      store = await opened.reopen();
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 2 }]);
      assert.equal((await store.ingest(batch)).kind, "replayed");
    });
  });
}
