import assert from "node:assert/strict";
import { createGroupCommit } from "../../../../org/store/sqlite/groupCommit.ts";

suite("What is committed together", () => {
  test("is what came at the same time, answered each for itself", async () => {
    const groups: number[][] = [];
    const double = createGroupCommit((jobs: readonly number[]) => {
      groups.push([...jobs]);
      return jobs.map((job) => 2 * job);
    });
    assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6]);
    assert.equal(await double(4), 8);
    assert.deepEqual(groups, [[1, 2, 3], [4]]);
  });

  test("fails for whom it fails alone", async () => {
    const strict = createGroupCommit((jobs: readonly number[]) => {
      if (jobs.includes(2)) throw new RangeError("two");
      return jobs.map(String);
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map(strict));
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "refused")),
      ["1", "refused", "3"],
    );
  });

  test("is no more at once than may keep the first waiting, and nothing is left over", async () => {
    const sizes: number[] = [];
    const count = createGroupCommit((jobs: readonly number[]) => {
      sizes.push(jobs.length);
      return [...jobs];
    });
    const all = Array.from({ length: 1000 }, (_, index) => index);
    assert.deepEqual(await Promise.all(all.map(count)), all);
    assert.ok(Math.max(...sizes) <= 64 && sizes.length >= 16);
  });
});
