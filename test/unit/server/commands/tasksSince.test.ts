import assert from "node:assert/strict";
import { tasksCommand } from "../../../../server/commands/tasks.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";

suite("kept tasks --since", () => {
  const run = (since: string) =>
    tasksCommand(["--since", since], {
      around: { userHome: "/nowhere", environment: {}, platform: "linux" },
      now: () => 1_800_000_000_000,
      resolve: (folder) => folder,
      isFolder: () => true,
      openStore: () => new MemoryStore({ now: () => 1_800_000_000_000, problems: [] }),
    });

  for (const since of ["2026-02-31", "2026-13-01", "2026-04-31T10:00", "2026-02-28x", "0d0"])
    test(`refuses ${since}`, () => {
      const { exitCode, stderr } = run(since);
      assert.equal(exitCode, 2);
      assert.match(stderr, /expected a date/);
    });
  for (const since of ["2028-02-29", "2026-01-31T10:00:00+02:00", "30d"])
    test(`takes ${since}`, () => assert.notEqual(run(since).exitCode, 2));
});
