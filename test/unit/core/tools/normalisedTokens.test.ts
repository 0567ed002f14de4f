import assert from "node:assert/strict";
import { normalised } from "../../../../core/tools/normalisedTokens.ts";

const told = { input: 100, output: 20, cacheRead: 30, cacheWrite: 7, cacheWriteLong: 2, reasoning: 5 };

suite("Tokens as tools count them", () => {
  const inputs = [
    ["noCache", 100],
    ["cacheRead", 70],
    ["cache", 63],
  ] as const;
  for (const [inputHas, input] of inputs)
    test(`become input without the cache, of an input that has ${inputHas}`, () => {
      assert.deepEqual(normalised(told, { inputHas, reasoning: "inOutput" }), { ...told, input });
      assert.deepEqual(normalised(told, { inputHas, reasoning: "besideOutput" }), {
        ...told,
        input,
        output: 25,
      });
    });

  test("are none where the tool does not tell them, and never less than none", () => {
    const nothing = { cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
    const all = { inputHas: "cache", reasoning: "besideOutput" } as const;
    assert.deepEqual(normalised({ input: 3, output: 4 }, all), { input: 3, output: 4, ...nothing });
    assert.equal(normalised({ input: 3, output: 4, cacheRead: 9 }, all).input, 0);
  });
});
