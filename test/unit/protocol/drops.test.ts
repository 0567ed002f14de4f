import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { dropSentences, dropWords } from "../../../protocol/drops.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** What is counted anywhere: names with a dot, given to `drop`, `onDrop` and the like, or as `name` with a count. */
function countedNames(): Set<string> {
  const names = new Set<string>();
  for (const folder of ["core", "extension", "server"]) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const text = readFileSync(path.join(root, folder, file), "utf8");
      const calls = text.matchAll(/\b(?:drop|addDrop)\(([^;]*?)[,)]\s*[\w.]+\)?/g);
      for (const [, given] of calls) {
        for (const [, name] of given!.matchAll(/"([a-z]+\.[A-Za-z]+)"/g)) names.add(name!);
      }
      for (const [, name] of text.matchAll(/name: "([a-z]+\.[A-Za-z]+)", count/g)) names.add(name!);
    }
  }
  return names;
}

suite("The names of what was dropped", () => {
  test("have a sentence each, and no sentence is for nothing", () => {
    assert.deepEqual([...countedNames()].sort(), Object.keys(dropSentences).sort());
  });

  test("are sentences, and another version's name stays what it is", () => {
    for (const sentence of Object.values(dropSentences)) assert.match(sentence!, /^[A-Z].*\.$/);
    assert.equal(dropWords("sync.malformed"), dropSentences["sync.malformed"]);
    assert.equal(dropWords("later.version"), "later.version");
    assert.equal(dropWords("toString"), "toString");
  });
});
