import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { damageAtRandom } from "../../../support/store/damage.ts";
import { damageLogAtRandom } from "../../../support/store/damageLog.ts";
import { idOf, writeHistory } from "../../../support/store/history.ts";
import { createRandom } from "../../../support/store/random.ts";
import { batchOf, editsBatch, noon, sampleOf } from "../../../support/store/rows.ts";
import { fixturePath } from "../../../support/store/writeFixture.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";
import type { Store } from "../../../../server/store/store.ts";

const everything = { from: "0000", to: "9999", workspaces: undefined };

suite("A damaged database", function () {
  this.timeout(120_000);
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  const open = (change: { now?: () => number; log?: (message: string) => void } = {}) =>
    openTestStore({ folder, ...change });
  const asides = () => readdirSync(folder).filter((name) => /corrupt-.*Z$/.test(name));
  const fill = () => {
    const store = open();
    writeHistory(store, 1000);
    const rows = { sums: store.readSums(everything), drops: store.readDrops() };
    store.close();
    return rows;
  };

  test("that is no database is put aside, and recording goes on", () => {
    writeFileSync(join(folder, "kept.db"), "not a database, but long enough to have a header".repeat(100));
    const store = open();
    assert.equal(store.kind, "disk");
    const [aside] = asides();
    assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
    store.close();
    const connection = connectToDatabase(folder);
    // All but who looks after the database, and what is made of other tables: a new table that the rescue does not know
    // is noticed here.
    const tables = connection
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'leases' AND name NOT GLOB '*_of_days'",
      )
      .all();
    connection.close();
    assert.deepEqual(store.problems, [
      { code: "store.corrupt", details: { salvaged: 0, lost: tables.length, file: aside! } },
    ]);
    assert.match(readFileSync(join(folder, aside!), "utf8"), /^not a database/);
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("is found out when it is opened a week later, and nearly all of it is saved", () => {
    const results = damageAtRandom(createRandom(7), { files: 12, edits: 1000 });
    const { files, harmless, detected, saved, broken } = results;
    assert.deepEqual(broken, []);
    assert.ok(detected >= 0.9 * (files - harmless), JSON.stringify(results));
    assert.ok(saved >= 0.97, JSON.stringify(results));
  });

  test("loses nothing when its first page is destroyed", () => {
    const before = fill();
    damagePages(folder, [1]);
    const store = open();
    assert.deepEqual([store.readSums(everything), store.readDrops()], [before.sums, before.drops]);
    assert.equal(store.problems[0]?.details["lost"], 0);
    store.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  for (const [what, prepare] of Object.entries({
    "was made in the first format": () => copyFileSync(fixturePath(1), join(folder, "kept.db")),
    "was cleaned, and so has other pages": () => {
      const store = open();
      writeHistory(store, 1000);
      const scope = { repository: null, tool: "no such tool", from: null, to: null };
      assert.equal(store.forget(scope, { dryRun: false }).outcome, "forgotten");
      store.close();
    },
  })) {
    test(`loses nothing when its first page is destroyed and it ${what}`, () => {
      prepare();
      const first = open();
      first.write(batchOf({ samples: [sampleOf({ editId: idOf(1) })] }));
      const before = [first.readSums(everything), first.readDrops(), first.readEditById(idOf(1))];
      first.close();
      damagePages(folder, [1]);
      const store = open();
      assert.deepEqual([store.readSums(everything), store.readDrops(), store.readEditById(idOf(1))], before);
      assert.equal(store.problems[0]?.details["lost"], 0);
      assert.equal(store.readSamples(idOf(1)).length, 1);
      store.close();
      assert.deepEqual(problemsOfDatabase(folder), []);
    });
  }

  test("keeps its samples, and not those of edits that are lost", () => {
    fill();
    const [first, last] = [sampleOf({ editId: idOf(0) }), sampleOf({ editId: idOf(999), late: true })];
    const filled = open();
    filled.write(batchOf({ samples: [first, last] }));
    filled.close();
    damagePages(folder, [1, pagesOf(folder, "edits").at(-1)!]);
    const store = open();
    assert.deepEqual([store.readSamples(first.editId), store.readSamples(last.editId)], [[first], []]);
    assert.equal(store.readEditById(last.editId), undefined);
    store.close();
    const problems = problemsOfDatabase(folder).filter((problem) => !problem.startsWith("sum"));
    assert.deepEqual(problems, [], "sums outlive their edits");
  });

  test("loses no number when only an index is destroyed", () => {
    const before = fill();
    damagePages(folder, pagesOf(folder, "sqlite_autoindex_edits_1"));
    const store = open({ now: () => Date.now() + 8 * 86_400_000 });
    assert.equal(store.problems[0]?.details["lost"], 0);
    assert.deepEqual(store.readSums(everything), before.sums);
    store.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("adds up again what is left of the edits when the sums are destroyed", () => {
    const before = fill();
    damagePages(folder, pagesOf(folder, "sums"));
    const store = open();
    assert.deepEqual(byKey(store), keyed(before.sums));
    assert.equal(store.problems[0]?.details["lost"], 1);
    store.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("keeps the numbers of edits whose documents and windows are lost", () => {
    const before = fill();
    damagePages(folder, [...pagesOf(folder, "documents"), ...pagesOf(folder, "windows")]);
    const store = open();
    assert.deepEqual(store.readSums(everything), before.sums);
    const edit = store.readEditById("00000000-0000-4000-8000-000000000001");
    assert.match(edit!.uri, /^lost:/);
    assert.deepEqual(store.write(batchOf({ removals: [{ editId: edit!.id, chars: 1 }] })), {
      outcome: "written",
    });
    store.close();
  });

  for (const [how, find] of [
    ["read", (store: Store) => void store.readEditById("00000000-0000-4000-8000-000000000001")],
    ["written", (store: Store) => void store.write(editsBatch({ id: "00000000-0000-4000-8000-0000000001" }))],
  ] as const) {
    test(`is found out when it is ${how}, and recording goes on at once`, () => {
      fill();
      const store = open();
      damagePages(folder, pagesOf(folder, "sqlite_autoindex_edits_1"));
      find(store);
      assert.deepEqual(
        store.problems.map(({ code }) => code),
        ["store.corrupt"],
      );
      assert.deepEqual(store.write(editsBatch({ window: "another" })), { outcome: "written" });
      store.close();
      assert.deepEqual(problemsOfDatabase(folder), []);
      assert.equal(asides().length, 1);
    });
  }

  test("is replaced for everybody who has it open, with all they wrote", () => {
    fill();
    const [first, second] = [open(), open()];
    second.write(editsBatch({ window: "second" }));
    damagePages(folder, pagesOf(folder, "sqlite_autoindex_edits_1"));
    const revision = second.revision();
    first.readEditById("00000000-0000-4000-8000-000000000001");
    assert.equal(first.problems.length, 1);
    assert.ok(second.revision() > revision);
    assert.deepEqual(second.write(editsBatch({ window: "second", version: 3, id: "edit-3" })), {
      outcome: "written",
    });
    assert.deepEqual(second.problems, [], "it was put right already");
    for (const store of [first, second]) {
      assert.deepEqual(
        ["edit-1", "edit-3"].map((id) => store.readEditById(id)?.window),
        ["second", "second"],
      );
    }
    first.close();
    second.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  suite("whose replacement was killed half-way", () => {
    const aside = "kept.db.corrupt-2026-01-31T12-00-00-000Z";
    const path = (name: string) => join(folder, name);
    const stages: Record<string, () => void> = {
      "when it was marked": () => writeFileSync(path("kept.db.damaged"), aside),
      "while it was marked": () => writeFileSync(path("kept.db.damaged"), ""),
      "when it was marked by somebody else": () =>
        writeFileSync(path("kept.db.damaged"), "../kept.db.corrupt-1Z"),
      "when it was put aside": () => {
        writeFileSync(path("kept.db.damaged"), aside);
        renameSync(path("kept.db"), path(aside));
      },
      "while it was copied": () => {
        writeFileSync(path("kept.db.damaged"), aside);
        renameSync(path("kept.db"), path(aside));
        writeFileSync(path("kept.db.new"), "half a database");
        writeFileSync(path("kept.db.new-journal"), "half a journal");
      },
      "when the new one was in place": () => {
        writeFileSync(path("kept.db.damaged"), aside);
        writeFileSync(path(aside), readFileSync(path("kept.db")));
      },
    };
    for (const [stage, arrange] of Object.entries(stages)) {
      test(`${stage}, is replaced the next time`, () => {
        const before = fill();
        arrange();
        const store = open();
        assert.equal(store.kind, "disk");
        assert.deepEqual(store.readSums(everything), before.sums);
        assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
        store.close();
        assert.deepEqual(problemsOfDatabase(folder), []);
        const left = readdirSync(folder).filter((name) => !name.includes("corrupt"));
        assert.deepEqual(left.sort(), ["kept.db", "kept.lock", "kept.schema"]);
      });
    }

    test("keeps what was still in its log", () => {
      fill();
      const store = open();
      store.write(editsBatch({}));
      for (const name of ["kept.db", "kept.db-wal"]) {
        const to = name.replace("kept.db", aside);
        writeFileSync(path(to), readFileSync(path(name)));
      }
      store.close();
      renameSync(path("kept.db"), path("gone"));
      writeFileSync(path("kept.db.damaged"), aside);
      const again = open();
      assert.equal(again.readEditById("edit-1")?.id, "edit-1");
      again.close();
    });
  });

  test("is kept beside the new one, two of them and as long as edits are kept", () => {
    const damage = "no database".repeat(1000);
    let at = noon;
    for (let number = 0; number < 4; number++) {
      writeFileSync(join(folder, "kept.db"), `${number} ${damage}`);
      at += 1000;
      open({ now: () => at }).close();
    }
    const kept = () => asides().map((name) => readFileSync(join(folder, name), "utf8").slice(0, 2));
    assert.deepEqual(kept(), ["2 ", "3 "]);
    const store = open({ now: () => at });
    store.prune({ editsBefore: at, sumsBefore: "0000" });
    assert.deepEqual(kept(), ["3 "], "nothing is older than the edits are kept");
    store.close();
  });

  test("has lost no commit that lies before the damage of its log", () => {
    assert.deepEqual(damageLogAtRandom(createRandom(11), 12), []);
  });

  test("does not make a look at all of it necessary when it was closed properly", () => {
    fill();
    damagePages(folder, pagesOf(folder, "sqlite_autoindex_edits_1"));
    const store = open();
    assert.deepEqual(store.problems, []);
    store.close();
  });
});

/** Destroys pages of the file, also while somebody has it open. */
function damagePages(folder: string, pages: readonly number[]): void {
  const path = join(folder, "kept.db");
  const content = readFileSync(path);
  for (const page of pages) content.fill(0xa5, (page - 1) * 4096, page * 4096);
  writeFileSync(path, content);
}

function pagesOf(folder: string, name: string): number[] {
  const connection = connectToDatabase(folder);
  const pages = connection
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ?")
    .pluck()
    .all(name);
  connection.close();
  return pages;
}

function byKey(store: Store): string[] {
  return keyed(store.readSums(everything));
}

function keyed(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
