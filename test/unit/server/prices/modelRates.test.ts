import { calcPrice } from "@pydantic/genai-prices";
import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { ModelRates, usageOf } from "../../../../server/prices/modelRates.ts";

const models = [
  "claude-sonnet-4-20250514",
  "claude-opus-4-1",
  "claude-3-5-haiku-latest",
  "gpt-5-codex",
  "gpt-4o",
  // Dearer beyond an amount, and cheaper by night.
  "gemini-2.5-pro",
  "deepseek-chat",
  "grok-4",
  "of nobody's",
];

suite("Prices of models", () => {
  test("are those of the dataset for every amount and at every time, however often they are asked", () => {
    const random = seededRandom(3);
    const upTo = (limit: number) => Math.floor(random() * limit);
    const rates = new ModelRates();
    let priced = 0;
    for (let round = 0; round < 2000; round++) {
      const model = models[upTo(models.length)]!;
      const cacheWrite = upTo(2) * upTo(400_000);
      const tokens = {
        input: upTo(2) * upTo(400_000),
        output: upTo(2) * upTo(40_000),
        cacheRead: upTo(2) * upTo(400_000),
        cacheWrite,
        cacheWriteLong: upTo(2) * upTo(cacheWrite + 1),
        reasoning: 0,
      };
      const at = Date.UTC(2025, 0, 1) + upTo(400 * 86_400) * 1000;
      const expected = calcPrice(usageOf(tokens), model, { timestamp: new Date(at) })?.total_price;
      const found = rates.priceOf(model, tokens, at);
      assert.equal(found === undefined, expected === undefined, model);
      if (expected === undefined) continue;
      priced++;
      assert.ok(Math.abs(found! - expected) <= 1e-9, `${model}: ${found} and ${expected}`);
    }
    assert.ok(priced > 1000);
  });
});
