import assert from "node:assert/strict";
import { keepAims, readAims } from "../../../../server/numbers/aims.ts";

suite("What was aimed at last, where the command line finds it", () => {
  const storeOf = (note?: string) => {
    let held = note;
    return {
      readNote: () => held,
      writeNote: (_: string, text: string) => {
        held = text;
        return { outcome: "written" } as const;
      },
    };
  };

  test("is what the editor gave", () => {
    const store = storeOf();
    const aims = { targets: { Q4: { requirement: 0.08 } }, baselineBefore: "2026-01-31", budgetUsd: 20 };
    keepAims(store, aims);
    assert.deepEqual(readAims(store), aims);
  });

  test("is kept where another version wrote of a metric that this one does not know", () => {
    const targets = { Q4: { requirement: 0.08 }, Z99: { requirement: 1 } };
    assert.deepEqual(readAims(storeOf(JSON.stringify({ targets, baselineBefore: "", budgetUsd: 20 }))), {
      targets: { Q4: { requirement: 0.08 } },
      baselineBefore: "",
      budgetUsd: 20,
    });
  });
});
