import assert from "node:assert/strict";
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { migrate, readFormat } from "../../../../server/store/sqlite/migrate.ts";
import { migrations, newestFormat } from "../../../../server/store/sqlite/migrations.ts";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { historyOf, writeHistory } from "../../../support/store/history.ts";
import { batchOf, editsBatch, noon } from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";
import {
  fixtureEdits,
  fixtureFolder,
  fixturePath,
  fixtureSamples,
} from "../../../support/store/writeFixture.ts";
import type { Store } from "../../../../server/store/store.ts";

const folderOfMigrations = join(import.meta.dirname, "../../../../server/store/sqlite/migrations");

suite("The formats of the database", () => {
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  test("are all in the table, in the order of their numbers", () => {
    const files = readdirSync(folderOfMigrations).sort();
    assert.deepEqual(
      migrations.map(({ file }) => `${file}.ts`),
      files,
    );
    files.forEach((file, index) => assert.equal(Number(file.slice(0, 4)), index + 1));
  });

  test("have a database each to be tested with", () => {
    const expected = migrations.map((_, index) => fixturePath(index + 1));
    assert.deepEqual(
      readdirSync(fixtureFolder)
        .map((name) => join(fixtureFolder, name))
        .sort(),
      expected.sort(),
    );
  });

  for (let format = 1; format <= newestFormat; format++) {
    test(`lose nothing on the way from format ${format}`, () => {
      copyFileSync(fixturePath(format), join(folder, "kept.db"));
      const store = openTestStore({ folder });
      assert.deepEqual([store.kind, store.problems], ["disk", []]);
      const expected = new MemoryStore({ now: () => noon });
      writeHistory(expected, fixtureEdits);
      assert.deepEqual(recordsOf(store), recordsOf(expected));
      assert.equal(store.readNote("name"), "text");
      assert.deepEqual(store.readSamples(fixtureSamples[0]!.editId), format < 2 ? [] : fixtureSamples);
      if (format >= 2) expected.write(batchOf({ samples: fixtureSamples }));
      assert.deepEqual(sorted(store.readRetention(everything)), sorted(expected.readRetention(everything)));
      assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
      store.close();
      assert.deepEqual(problemsOfDatabase(folder), []);
      const connection = connectToDatabase(folder);
      assert.equal(readFormat(connection), newestFormat);
      connection.close();
    });
  }

  test("are taken one by one, each wholly or not at all", () => {
    openTestStore({ folder }).close();
    const connection = connectToDatabase(folder);
    const failing = [
      ...migrations,
      { file: "next", statements: ["CREATE TABLE next (x)"] },
      { file: "broken", statements: ["CREATE TABLE half (x)", "no statement"] },
    ];
    assert.throws(() => migrate(connection, failing), /syntax error/);
    const tables = connection
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE name IN ('next', 'half')")
      .pluck()
      .all();
    assert.deepEqual([readFormat(connection), tables], [newestFormat + 1, ["next"]]);
    connection.close();
  });

  test("are not taken again, nor back", () => {
    openTestStore({ folder }).close();
    const connection = connectToDatabase(folder);
    let statements = 0;
    migrate(connection, migrations, () => statements++);
    connection.pragma("user_version = 99");
    migrate(connection, migrations, () => statements++);
    assert.deepEqual([statements, readFormat(connection)], [0, 99]);
    connection.close();
  });
});

const everything = { from: "0000", to: "9999", workspaces: undefined };

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}

function recordsOf(store: Store) {
  const history = historyOf(fixtureEdits);
  return {
    sums: sorted(store.readSums(everything)),
    edits: history.flatMap(({ edits }) => edits.map(({ id }) => store.readEditById(id))),
    documents: history.flatMap(({ documents }) => documents.map(({ uri }) => store.readDocument(uri))),
    drops: store.readDrops(),
    receipt: store.readReceipt("window-1"),
  };
}
