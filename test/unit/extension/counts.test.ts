import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const file = path.resolve(import.meta.dirname, "../../../l10n/bundle.l10n.json");
const texts = Object.keys(JSON.parse(readFileSync(file, "utf8")) as object);
const counted = /\{\d\} (AI )?(commit|document|edit|file|line|request|row)s\b/;
/** Shares are of twenty edits at least. */
const neverOne = ["{0} of what AI wrote today is still there ({1} to {2}, {3} edits)."];

suite("What the editor is told to say of numbers", () => {
  test("has words for one where it has words for many", () => {
    const plain = (text: string) => text.replaceAll(/\{\d\}/g, "{}");
    const known = new Set(texts.map(plain));
    const many = texts.filter((text) => counted.test(text) && !neverOne.includes(text));
    assert.ok(many.length > 3, "there are such texts");
    for (const text of many) assert.ok(known.has(plain(text.replace(counted, "1 $1$2"))), text);
  });
});
