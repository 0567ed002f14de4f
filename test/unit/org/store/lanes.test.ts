import assert from "node:assert/strict";
import { createLanes } from "../../../../org/store/postgres/lanes.ts";
import { StoreUnavailableError } from "../../../../org/store/store.ts";

/** A store whose groups end when the test says so. */
function groups(lanes: number, together: number) {
  const begun: { readonly jobs: readonly string[]; readonly end: () => void }[] = [];
  const take = createLanes(
    { lanes, together, placeOf: (job: string) => job[0] ?? "" },
    (jobs) =>
      new Promise<string[]>((resolve) => {
        begun.push({ jobs, end: () => resolve(jobs.map((job) => job.toUpperCase())) });
      }),
  );
  return { take, begun, jobs: () => begun.map(({ jobs }) => jobs.join(" ")) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

suite("Batches that wait for the database", () => {
  test("are taken together, several groups at once, and each gets its own answer", async () => {
    const { take, begun, jobs } = groups(2, 2);
    const answers = Promise.all(["a1", "b1", "c1", "d1", "e1"].map(take));
    await turn();
    assert.deepEqual(jobs(), ["a1 b1", "c1 d1"]);
    begun[1]?.end();
    await turn();
    assert.deepEqual(jobs(), ["a1 b1", "c1 d1", "e1"]);
    for (const { end } of begun) end();
    assert.deepEqual(await answers, ["A1", "B1", "C1", "D1", "E1"]);
  });

  test("of one pseudonym never wait for each other within the database", async () => {
    const { take, begun, jobs } = groups(3, 3);
    const answers = Promise.all(["a1", "a2", "b1", "a3"].map(take));
    await turn();
    assert.deepEqual(jobs(), ["a1 b1"]);
    for (const next of [0, 1, 2]) {
      begun[next]?.end();
      await turn();
    }
    assert.deepEqual(jobs(), ["a1 b1", "a2", "a3"]);
    assert.deepEqual(await answers, ["A1", "A2", "B1", "A3"]);
  });

  test("are each tried alone where their group fails", async () => {
    const take = createLanes({ lanes: 1, together: 9, placeOf: (job: string) => job }, (jobs) =>
      jobs.includes("bad") ? Promise.reject(new RangeError("bad")) : Promise.resolve(jobs),
    );
    const outcomes = await Promise.allSettled(["a", "bad", "c"].map(take));
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "refused")),
      ["a", "refused", "c"],
    );
    assert.equal(await take("d"), "d");
  });

  test("are refused together, at once, where the database is gone", async () => {
    let tries = 0;
    const take = createLanes({ lanes: 1, together: 9, placeOf: (job: string) => job }, () => {
      tries += 1;
      return Promise.reject(new StoreUnavailableError("57P01", undefined));
    });
    const outcomes = await Promise.allSettled(["a", "b", "c"].map(take));
    assert.ok(outcomes.every(({ status }) => status === "rejected"));
    assert.equal(tries, 1);
  });
});
