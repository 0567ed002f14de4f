import assert from "node:assert/strict";
import { distribution } from "../../../../org/store/postgres/distribute.ts";
import { storedTables } from "../../../../org/transfer/storedTables.ts";

suite("What is spread over a cluster", () => {
  test("is every table that grows with people and weeks, by a column of its identity", () => {
    const growing = storedTables.filter(
      ({ key, name }) => key.length > 1 && key[0] === "week" && name !== "week_total",
    );
    assert.deepEqual(growing.map(({ name }) => name).sort(), Object.keys(distribution).sort());
    for (const { name, key } of growing) {
      const column = distribution[name] ?? "";
      // Neither a unique constraint without it nor a change of it is possible on a distributed table.
      assert.ok(key.includes(column), `${name} by ${column}`);
    }
  });

  test("lies together where one batch writes it", () => {
    for (const { name, columns } of storedTables) {
      if (columns["pseudonym"] === "uuid") assert.equal(distribution[name], "pseudonym", name);
    }
  });
});
