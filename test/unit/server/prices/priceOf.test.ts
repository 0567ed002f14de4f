import assert from "node:assert/strict";
import type { ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { costOf, listPriceOf } from "../../../../server/prices/priceOf.ts";

const request: ToolRequest = {
  tool: "claude-code",
  session: "s",
  id: "r",
  at: Date.UTC(2026, 2, 10),
  model: "claude-opus-4-6",
  tokens: { input: 1000, output: 100, cacheRead: 10_000, cacheWrite: 500, cacheWriteLong: 100, reasoning: 0 },
  isSubagent: false,
};

suite("The price of the fast mode", () => {
  test("is as many times that of the model as its vendor says, by list and by prices of one's own", () => {
    const slow = listPriceOf(request)!;
    assert.ok(slow > 0);
    assert.ok(Math.abs(listPriceOf({ ...request, isFast: true })! - 6 * slow) < 1e-9);
    assert.equal(listPriceOf({ ...request, isFast: false }), slow);
    const own = [{ model: "claude-*", input: 1, output: 1 }];
    const cost = (isFast: boolean) => costOf({ ...request, isFast }, "2026-03-10", own)?.costNano;
    assert.equal(cost(true), 6 * cost(false)!);
  });

  test("is not known of a model of which nobody says how many times", () => {
    for (const model of ["claude-sonnet-4-5", "claude-opus-5-5", "claude-opus-4-1", "gpt-5"]) {
      assert.equal(listPriceOf({ ...request, model, isFast: true }), undefined, model);
      const own = [{ model: "*", input: 1, output: 1 }];
      assert.equal(costOf({ ...request, model, isFast: true }, "2026-03-10", own), undefined, model);
    }
  });
});
