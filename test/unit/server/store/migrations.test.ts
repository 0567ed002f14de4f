import assert from "node:assert/strict";
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { migrate, readFormat } from "../../../../server/store/sqlite/migrate.ts";
import { migrations, newestFormat } from "../../../../server/store/sqlite/migrations.ts";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { historyOf, writeHistory } from "../../../support/store/history.ts";
import { batchOf, editsBatch, noon, requestOf, taskEditOf } from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";
import {
  fixtureEdits,
  fixtureFolder,
  fixturePath,
  fixtureSamples,
} from "../../../support/store/writeFixture.ts";
import type { StepRow } from "../../../../server/store/steps.ts";
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

  test("say of the tasks that are there what their edits came to, where all of these are there", () => {
    openTestStore({ folder }).close();
    const connection = connectToDatabase(folder);
    const [added, filled] = [migrations[10]!.statements.slice(0, -1), migrations[10]!.statements.at(-1)!];
    assert.ok(added.every((statement) => statement.startsWith("ALTER TABLE tasks ADD COLUMN")));
    const counts = "requests, unpriced, input, output, cache_read, cache_write, cache_write_long, reasoning";
    const task = connection.prepare<[number, string, number]>(
      `INSERT INTO tasks (id, key, tool, place, day, began_at, ended_at, models, type, ${counts}, cost_nano, edits,
         applied, changes, kept_changes)
       VALUES (?, ?, 'codex', '', '2026-01-31', 0, 0, '[]', 'unknown', 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, 0, 0, 0)`,
    );
    const edit = connection.prepare<[string, number, string, number | null, string]>(
      `INSERT INTO task_edits (key, task_id, at, utc_offset_minutes, uri, lines_added, lines_deleted, outcome)
       VALUES (?, ?, 0, 0, ?, ?, NULL, ?)`,
    );
    for (const [id, edits] of [
      [1, 3],
      [2, 2],
      [3, 0],
      [4, 1],
    ] as const)
      task.run(id, `task-${id}`, edits);
    edit.run("a", 1, "file:///a.ts", 4, "applied");
    edit.run("b", 1, "file:///b.ts", 5, "applied");
    edit.run("c", 1, "file:///b.ts", 9, "failed");
    edit.run("d", 2, "file:///a.ts", 4, "applied");
    edit.run("e", 4, "file:///a.ts", null, "applied");
    connection.exec(filled);
    const told = connection.prepare<[], unknown[]>(
      "SELECT failed, rejected, files, lines FROM tasks ORDER BY id",
    );
    assert.deepEqual(told.raw().all(), [
      [1, 0, 2, 9],
      [null, null, null, null],
      [null, null, null, null],
      [0, 0, 1, null],
    ]);
    connection.close();
  });

  test("say of the tasks that are there how AI was used, as far as their requests and edits still say", () => {
    copyFileSync(fixturePath(19), join(folder, "kept.db"));
    const connection = connectToDatabase(folder);
    const [edit, other] = connection.prepare<[], number>("SELECT number FROM edits LIMIT 2").pluck().all();
    const counts = "requests, unpriced, input, output, cache_read, cache_write, cache_write_long, reasoning";
    const task = connection.prepare<[number, string]>(
      `INSERT INTO tasks (id, key, tool, place, day, began_at, ended_at, models, type, ${counts}, cost_nano, edits,
         applied, changes, kept_changes)
       VALUES (?, ?, 'codex', '', '2026-01-31', 0, 0, '[]', 'unknown', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
    );
    const request = connection.prepare<[string, number, string | null]>(
      `INSERT INTO requests (key, task_id, at, utc_offset_minutes, mode, input, output, cache_read, cache_write,
         cache_write_long, reasoning, subagent, sum_id) VALUES (?, ?, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0)`,
    );
    for (const id of [1, 2, 3, 4]) task.run(id, `task-${id}`);
    request.run("a", 1, "chat");
    request.run("b", 1, "agent");
    request.run("c", 1, null);
    request.run("d", 2, null);
    const link = connection.prepare<[number, string | null, number]>(
      "UPDATE edits SET task_id = ?, mode = ? WHERE number = ?",
    );
    link.run(2, "inlineChat", edit!);
    link.run(3, null, other!);
    connection.close();
    const store = openTestStore({ folder });
    const tasks = [...store.requests.tasksSince(0)].sort((one, each) => (one.key < each.key ? -1 : 1));
    assert.deepEqual(
      tasks.map(({ modes }) => modes),
      [["agent", "chat"], ["inlineChat"], [], []],
    );
    store.close();
  });

  test("know a record again whose key was longer", () => {
    openTestStore({ folder }).close();
    const connection = connectToDatabase(folder);
    const store = openTestStore({ folder });
    const [long, short] = ["begin-0123456789abcdef", "0123456789abcdef"];
    const step: Omit<StepRow, "key"> = {
      ...{ taskKey: "task-1", tool: "claude-code", place: null },
      ...stepRest,
    };
    const batch = (key: string) => ({
      requests: [requestOf({ key })],
      edits: [taskEditOf({ key })],
      steps: [{ ...step, key }],
    });
    store.requests.write(batch(long));
    for (const statement of migrations.find(({ file }) => file === "0017-short-keys")!.statements)
      connection.exec(statement);
    store.requests.write(batch(short));
    const counts = ["requests", "task_edits", "steps"].map((table) =>
      connection.prepare<[], [string]>(`SELECT key FROM ${table}`).pluck().all(),
    );
    assert.deepEqual(counts, [[short], [short], [short]]);
    store.close();
    connection.close();
  });

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

const stepRest = { at: noon, utcOffsetMinutes: 0, kind: "read", subject: null } as const;
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
