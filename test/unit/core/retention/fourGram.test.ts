import assert from "node:assert/strict";
import fc from "fast-check";
import {
  gramsOf,
  presence,
  presenceOfChunks,
  presenceOfGrams,
  similarity,
  similarityOfGrams,
} from "../../../../core/retention/fourGram.ts";
import { anyText, seed } from "../randomEdits.ts";

suite("The likeness of two texts", () => {
  const likenesses: readonly [string, string, number][] = [
    ["abcd", "abcd", 1],
    ["abc", "abc", 1],
    ["abc", "abd", 0],
    ["", "", 1],
    ["hello", "", 0],
    ["abcdefgh", "abcdXfgh", 0.2],
    ["abcdefgh", "abcdefgh!", 10 / 11],
    ["aaaaaa", "aaaa", 0.5],
  ];
  for (const [first, second, expected] of likenesses) {
    test(`of "${first}" and "${second}" is ${expected}`, () => {
      assert.equal(similarity(first, second), expected);
      assert.equal(similarity(second, first), expected);
    });
  }

  const presences: readonly [string, string, number][] = [
    ["", "anything", 1],
    ["ab", "xaby", 1],
    ["ab", "xay", 0],
    ["abcd", "abc", 0],
    ["abcdef", "12 abcdef 34", 1],
    ["abcdef", "abcd bcde", 2 / 3],
    ["aaaaaa", "aaaa", 1],
  ];
  for (const [chunk, text, expected] of presences) {
    test(`is ${expected} for "${chunk}" found in "${text}"`, () =>
      assert.equal(presence(chunk, text), expected));
  }

  test("weighs chunks by their stretches", () => {
    assert.equal(presenceOfChunks(["abcdef", "ab", "1234567"], "abcdef ab"), 4 / 8);
    assert.equal(presenceOfChunks([], "abcdef"), undefined);
  });

  test(`can be told from hashed stretches alone (KEPT_SEED=${seed})`, () => {
    const hashes = new Map<string, number>();
    const hash = (gram: string) => {
      if (!hashes.has(gram)) hashes.set(gram, hashes.size);
      return hashes.get(gram)!;
    };
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const grams = [gramsOf(first, hash), gramsOf(second, hash)] as const;
        assert.equal(similarityOfGrams(...grams), similarity(first, second));
        const expected = presence(first, second);
        assert.equal(presenceOfGrams(...grams) ?? expected, expected);
      }),
      { numRuns: 2_000, seed },
    );
  });
});
