import assert from "node:assert/strict";
import path from "node:path";
import { restoreBackup, writeBackup } from "../../../../org/transfer/backup.ts";
import type { Publication } from "../../../../org/store/publications.ts";
import type { Store } from "../../../../org/store/store.ts";
import { makeFolder } from "../../../org/support/folder.ts";
import type { OpenedForTest } from "./store.suite.ts";

const shown = (edits: number) =>
  ({ state: "shown", people: null, edits, insertedChars: edits, keptChars: edits }) as const;

/** A week in which each team has one number of edits, and a place of advice. */
function publicationOf(week: string, edits: Readonly<Record<string, number>>): Publication {
  const all = shown(Object.values(edits).reduce((sum, each) => sum + each, 0));
  return {
    table: {
      ...{ week, floor: 5, columns: ["human"], total: { all, cells: [all] } },
      teams: Object.entries(edits).map(([team, some]) => ({
        team,
        line: { all: shown(some), cells: [shown(some)] },
      })),
    },
    members: [],
    tallies: [
      {
        ...{ table: "kept.tip", week, floor: 5, keys: ["tip"], sums: ["shown"], hidden: ["fewPeople"] },
        cells: [
          ...Object.entries(edits).map(([team, some]) => ({ team, keys: ["C01"], sums: [some] })),
          { team: null, keys: ["C02"], sums: [7] },
        ],
      },
    ],
  };
}

/** What a team is shown of itself, told from all that was published. */
function expected({ table, tallies }: Publication, team: string): unknown {
  const { week, floor, columns, total, teams } = table;
  return {
    ...{ week, floor, columns, everybody: total, team: teams.find((each) => each.team === team)?.line },
    tallies: tallies.map((tally) => ({
      ...tally,
      cells: [team, null].flatMap((whose) => tally.cells.filter((cell) => cell.team === whose)),
    })),
  };
}

export function teamWeeksSuite(engine: string, open: () => Promise<OpenedForTest>): void {
  suite(`What one team is shown, read on ${engine},`, () => {
    let opened: OpenedForTest;
    let store: Store;
    const old = publicationOf("2026-W44", { a: 50, b: 60 });
    const middle = publicationOf("2026-W45", { b: 70 });
    const newest = publicationOf("2026-W46", { a: 80, "Ä team, 'quoted'": 90 });

    setup(async () => {
      opened = await open();
      store = opened.store;
      for (const publication of [middle, old, newest]) await store.addPublication(publication);
    });

    teardown(() => opened.remove());

    test("is what was published of it and of everybody, newest first, and of no other", async () => {
      assert.deepEqual(await store.teamWeeks("a", 9), [expected(newest, "a"), expected(old, "a")]);
      assert.deepEqual(await store.teamWeeks("a", 1), [expected(newest, "a")]);
      assert.deepEqual(await store.teamWeeks("b", 9), [expected(middle, "b"), expected(old, "b")]);
      assert.equal((await store.teamWeeks("Ä team, 'quoted'", 9)).length, 1);
      assert.deepEqual(await store.teamWeeks("nobody's", 9), []);
    });

    test("stays as it was when a week is published again, and is forgotten with it", async () => {
      await store.addPublication(publicationOf("2026-W46", { a: 1, c: 2 }));
      await store.divideByTeam();
      assert.deepEqual(await store.teamWeeks("c", 9), []);
      assert.deepEqual(await store.teamWeeks("a", 1), [expected(newest, "a")]);
      await store.forget({ eventsBefore: "2026-W01", sumsBefore: "2026-W46" });
      assert.deepEqual(await store.teamWeeks("a", 9), [expected(newest, "a")]);
      assert.deepEqual(await store.teamWeeks("b", 9), []);
    });

    test("is divided anew from what a backup brings", async () => {
      const { folder, remove } = makeFolder();
      const file = path.join(folder, "backup");
      await writeBackup(store.rows, file, 5);
      const other = await open();
      await restoreBackup(other.store.rows, file, 5);
      assert.deepEqual(await other.store.teamWeeks("a", 9), []);
      await other.store.divideByTeam();
      await other.store.divideByTeam();
      assert.deepEqual(await other.store.teamWeeks("a", 9), await store.teamWeeks("a", 9));
      await other.remove();
      remove();
    });
  });
}
