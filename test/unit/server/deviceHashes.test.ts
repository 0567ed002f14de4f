import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { seededRandom } from "../../../core/seededRandom.ts";
import { hashesWith } from "../../../server/deviceKey.ts";

suite("Keyed hashes", () => {
  const random = seededRandom(31);
  const pick = (count: number) => Math.floor(random() * count);
  const key = Buffer.from(Array.from({ length: 32 }, () => pick(256)));
  const hmac = (text: string) => createHmac("sha256", key).update(text, "utf16le").digest();

  test("are HMAC-SHA-256 of the text's code units, however long it is", () => {
    const hashes = hashesWith(key);
    const lengths = [0, 1, 2047, 2048, 2049, 5000, ...Array.from({ length: 200 }, () => pick(300))];
    for (const length of lengths) {
      const text = String.fromCharCode(...Array.from({ length }, () => pick(65_536)));
      assert.equal(hashes.text(text), hmac(text).toString("base64url"), `${length} code units`);
      assert.equal(hashes.line(text), hmac(text).toString("base64url").slice(0, 12));
    }
  });

  test("of short stretches are numbers of their first four bytes, the second time too", () => {
    const hashes = hashesWith(key);
    for (const gram of ["", "a", "abcd", "\ud800", "日本", "abcd"])
      assert.equal(hashes.gram(gram), hmac(gram).readUInt32LE(0));
  });

  test("of another key are others", () => {
    assert.notEqual(
      hashesWith(Buffer.alloc(32, 1)).text("same"),
      hashesWith(Buffer.alloc(32, 2)).text("same"),
    );
  });
});
