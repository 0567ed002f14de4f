import assert from "node:assert/strict";
import fc from "fast-check";
import { isDeeperThan } from "../../../../org/ingest/depth.ts";

function depthOf(value: unknown): number {
  return typeof value === "object" && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;
}

suite("The depth of JSON", () => {
  test("is what parsing it would say", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(6), (value, limit) => {
        const bytes = Buffer.from(JSON.stringify(value));
        assert.equal(isDeeperThan(limit, bytes), depthOf(value) > limit);
      }),
      { numRuns: 2000 },
    );
  });

  test("does not count what stands in text", () => {
    const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
    for (const text of ["[[[[", '"[[', "\\", '\\"[[[', "\\\\", "𝒳[["]) {
      assert.equal(isDeeperThan(1, bytes([text, text])), false, text);
      assert.equal(isDeeperThan(1, bytes([text, [text]])), true, text);
    }
  });
});
