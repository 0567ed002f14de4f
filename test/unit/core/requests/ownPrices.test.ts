import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ownCostNano, ownPriceFor } from "../../../../core/requests/ownPrices.ts";
import type { ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { root } from "../../../../scripts/paths.ts";
import { costOf, datasetVersion } from "../../../../server/prices/priceOf.ts";

const request: ToolRequest = {
  tool: "claude-code",
  session: "s",
  id: "r",
  at: Date.UTC(2026, 2, 10),
  model: "claude-sonnet-4-5-20250929",
  tokens: { input: 1000, output: 100, cacheRead: 10_000, cacheWrite: 500, cacheWriteLong: 0, reasoning: 0 },
  isSubagent: false,
};

suite("Prices of one's own", () => {
  const prices = [
    { model: "claude-sonnet-4*", input: 3, output: 15 },
    { model: "claude-sonnet-4*", from: "2026-03-01", input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
    { model: "gpt-5", input: 1, output: 1 },
  ];

  test("hold for the models that fit, from their day on, the latest of them", () => {
    const found = (model: string | undefined, day: string) => ownPriceFor(prices, model, day)?.input;
    assert.equal(found("Claude-Sonnet-4-5", "2026-02-28"), 3);
    assert.equal(found("claude-sonnet-4-5", "2026-03-01"), 2);
    assert.equal(found("gpt-5", "2026-03-01"), 1);
    assert.equal(found("gpt-5-mini", "2026-03-01"), undefined);
    assert.equal(found(undefined, "2026-03-01"), undefined);
  });

  test("cost what the tokens cost, cached ones as input where no price is said", () => {
    assert.equal(ownCostNano(prices[1]!, request), 1000 * 2000 + 100 * 10_000 + 10_000 * 200 + 500 * 2500);
    assert.equal(ownCostNano(prices[0]!, request), (1000 + 10_000 + 500) * 3000 + 100 * 15_000);
  });

  test("go before the list, which knows its version; what neither knows has no price", () => {
    assert.deepEqual(costOf(request, "2026-03-10", prices), {
      costNano: 6_250_000,
      priceVersion: "own claude-sonnet-4* 2026-03-01",
    });
    const listed = costOf(request, "2026-03-10", []);
    assert.equal(listed?.priceVersion, `list ${datasetVersion}`);
    assert.ok(Number.isInteger(listed?.costNano) && listed.costNano > 0);
    assert.equal(costOf({ ...request, model: "a-model-of-ours" }, "2026-03-10", []), undefined);
  });

  test("say the version of the list that is installed", () => {
    const file = path.join(root, "node_modules/@pydantic/genai-prices/package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    assert.equal(datasetVersion, version);
  });
});
