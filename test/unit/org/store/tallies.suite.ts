import assert from "node:assert/strict";
import type { Store } from "../../../../org/store/store.ts";
import { batchOf, eventOf, pseudonymOf, tallyOf } from "../../../org/support/batches.ts";
import type { OpenedForTest } from "./store.suite.ts";

/** How every store keeps what is counted besides edits. */
export function talliesSuite(engine: string, open: () => Promise<OpenedForTest>): void {
  suite(`Tables besides edits on ${engine}`, () => {
    let opened: OpenedForTest;
    let store: Store;

    setup(async () => {
      opened = await open();
      store = opened.store;
    });

    teardown(() => opened.remove());

    const plain = { stored: 0, duplicates: 0, refused: 0, reasons: [] };

    test("adds up records of tables, each once, and deletes them with their week", async () => {
      const first = batchOf("first", [eventOf("day")], { tallies: [tallyOf("one"), tallyOf("two")] });
      assert.deepEqual(await store.ingest(first), {
        kind: "stored",
        receipt: { ...plain, stored: 3 },
      });
      assert.equal((await store.ingest(first)).kind, "replayed");
      const heavy = {
        table: "kept.requests",
        keys: ["codex", "heavy", "fix"],
        sums: { requests: 7 },
      } as const;
      const again = [
        tallyOf("two"),
        tallyOf("three", { sums: { gone: 1, accepted: 5 } }),
        tallyOf("four", heavy),
      ];
      assert.deepEqual(await store.ingest(batchOf("second", [], { tallies: [...again, ...again] })), {
        kind: "stored",
        receipt: { ...plain, stored: 2, duplicates: 4 },
      });
      await store.ingest(batchOf("third", [], { tallies: [tallyOf("one")], pseudonym: pseudonymOf("b") }));
      const own = { pseudonym: pseudonymOf("a"), team: "everyone" };
      const funnel = { table: "kept.funnel", keys: ["claude-code", "agent"] };
      const ofOther = { ...own, ...funnel, pseudonym: pseudonymOf("b"), sums: { accepted: 10, undone: 2 } };
      const expected = [
        { ...own, ...funnel, sums: { accepted: 25, gone: 1, undone: 4 } },
        { ...own, ...heavy },
        ofOther,
      ].sort((one, two) => (one.pseudonym < two.pseudonym ? -1 : 1));
      assert.deepEqual(await store.tallyShares("2026-W46"), expected);
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 3, events: 6 }]);
      assert.equal(await store.deleteWeek("2026-W46", pseudonymOf("a")), 5);
      assert.deepEqual(await store.tallyShares("2026-W46"), [ofOther]);
      await store.forget({ eventsBefore: "2026-W47", sumsBefore: "2026-W01" });
      assert.deepEqual(await store.tallyShares("2026-W46"), []);
    });
  });
}
