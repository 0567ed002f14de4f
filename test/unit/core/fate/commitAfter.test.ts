import assert from "node:assert/strict";
import { commitAfter } from "../../../../core/fate/commitAfter.ts";

const commit = (hash: string, at: number) => ({ hash, commitDate: new Date(at) });
const commits = [commit("c", 30_000), commit("b", 20_000), commit("a", 10_000)];

suite("The commit after an edit", () => {
  test("is the first since, in whatever order they come", () => {
    assert.equal(commitAfter(commits, 15_000)?.hash, "b");
    assert.equal(commitAfter([...commits].reverse(), 15_000)?.hash, "b");
    assert.equal(commitAfter(commits, 1)?.hash, "a");
  });

  test("may be of the same second, which git cuts off", () => {
    assert.equal(commitAfter(commits, 20_999)?.hash, "b");
    assert.equal(commitAfter(commits, 21_000)?.hash, "c");
  });

  test("is none where the file was not committed since, or git tells no date", () => {
    assert.equal(commitAfter(commits, 31_000), undefined);
    assert.equal(commitAfter([], 0), undefined);
    assert.equal(commitAfter([{ hash: "a" }], 0), undefined);
  });
});
