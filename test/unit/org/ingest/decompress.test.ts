import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { decompress } from "../../../../org/ingest/decompress.ts";
import { limits } from "../../../../protocol/collector.ts";

suite("A body", () => {
  const text = Buffer.from('{"a":1}');

  test("is the same, plain or as gzip", async () => {
    for (const [encoding, body] of [
      [undefined, text],
      ["identity", text],
      ["gzip", gzipSync(text)],
      [" GZIP ", gzipSync(text)],
    ] as const) {
      assert.deepEqual(await decompress(encoding, body), { ok: true, bytes: text });
    }
  });

  test("may fill the limits and not exceed them by one byte", async () => {
    const problemOf = async (body: Buffer) => {
      const outcome = await decompress("gzip", body);
      return outcome.ok ? "taken" : outcome.problem;
    };
    assert.equal(await problemOf(gzipSync(Buffer.alloc(limits.bodyBytes))), "taken");
    assert.equal(await problemOf(gzipSync(Buffer.alloc(limits.bodyBytes + 1))), "too-large");
    const random = gzipSync(randomBytes(limits.compressedBytes));
    assert.ok(random.length > limits.compressedBytes);
    assert.equal(await problemOf(random), "too-large");
  });

  test("is refused when it is not gzip, not all of it, or something else", async () => {
    const whole = gzipSync(text);
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 1;
    const problems = [];
    for (const [encoding, body] of [
      ["gzip", text],
      ["gzip", Buffer.alloc(0)],
      ["gzip", whole.subarray(0, -5)],
      ["gzip", damaged],
      ["gzip, gzip", gzipSync(whole)],
      ["br", text],
      ["deflate", text],
    ] as const) {
      const outcome = await decompress(encoding, body);
      problems.push(outcome.ok ? "taken" : outcome.problem);
    }
    const [malformed, unsupported] = ["malformed", "unsupported-media-type"];
    assert.deepEqual(problems, [
      ...[malformed, malformed, malformed, malformed],
      ...[unsupported, unsupported, unsupported],
    ]);
  });
});
