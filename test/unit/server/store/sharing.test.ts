import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { historyOf, writeHistory } from "../../../support/store/history.ts";
import { batchOf, documentOf, editOf, editsBatch, noon } from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";
import type { Store } from "../../../../server/store/store.ts";

const day = 86_400_000;
const second = 1000;

suite("A database that several windows share", () => {
  let folder: string;
  let remove: () => void;
  let at: number;
  let stores: Store[];
  setup(() => {
    ({ folder, remove } = temporaryFolder());
    at = noon;
    stores = [];
  });
  teardown(() => {
    for (const store of stores) store.close();
    remove();
  });
  const open = () => {
    const store = openTestStore({ folder, now: () => at });
    stores.push(store);
    return store;
  };
  const logSize = () => statSync(join(folder, "kept.db-wal"), { throwIfNoEntry: false })?.size ?? 0;
  const prunable = () => ({ editsBefore: noon + day, sumsBefore: "0000" });

  test("shows each what the others wrote", () => {
    const [first, other] = [open(), open()];
    first.write(editsBatch({}));
    assert.equal(other.readEditById("edit-1")?.id, "edit-1");
    other.write(batchOf({ removals: [{ editId: "edit-1", chars: 4 }] }));
    assert.equal(first.readEditById("edit-1")?.keptChars, 6);
    first.write(editsBatch({}, { window: "window-2" }));
    other.write(editsBatch({}, { window: "window-2", id: "again" }));
    assert.equal(first.readSums({ from: "0000", to: "9999", workspaces: undefined })[0]?.edits, 2);
  });

  test("lets whoever began first finish, and gives the other's batch back", () => {
    const other = open();
    let isWriting = false;
    let meanwhile: string | undefined;
    const first = openTestStore({
      folder,
      now: () => {
        if (isWriting) meanwhile ??= other.write(editsBatch({ id: "other", window: "other" })).outcome;
        return at;
      },
    });
    stores.push(first);
    isWriting = true;
    assert.deepEqual(first.write(editsBatch({})), { outcome: "written" });
    assert.equal(meanwhile, "retry");
    assert.equal(first.readEditById("other"), undefined);
  });

  test("raises everybody's revision with a write, and nobody's by being looked after", () => {
    const [first, other] = [open(), open()];
    const revision = () => [first.revision(), other.revision()];
    const before = revision();
    first.write(editsBatch({}));
    const after = revision();
    assert.ok(before[0]! < after[0]! && before[1]! < after[1]!);
    for (let time = 0; time < 5; time++) {
      at += 10 * second;
      first.maintain();
      other.maintain();
    }
    assert.deepEqual(revision(), after);
  });

  test("is looked after by one of them, until that one goes or is silent", () => {
    const [first, other, third] = [open(), open(), open()];
    const prunes = (store: Store, id: string) => {
      third.write(editsBatch({ id, window: id }));
      return store.prune(prunable()).edits === 1;
    };
    assert.deepEqual([prunes(first, "a"), prunes(other, "b")], [true, false]);
    at += 29 * second;
    first.maintain();
    at += 29 * second;
    assert.equal(other.prune(prunable()).edits, 0, "it was renewed");
    at += 2 * second;
    assert.equal(other.prune(prunable()).edits, 1, "it was silent for thirty seconds");
    assert.equal(prunes(first, "c"), false, "it passed to another");
    other.close();
    assert.equal(first.prune(prunable()).edits, 1, "it was given back");
  });

  test("is looked after again when the clock was set back by a year", () => {
    const [first, other] = [open(), open()];
    first.write(editsBatch({}));
    first.maintain();
    at -= 365 * day;
    other.maintain();
    assert.equal(first.prune(prunable()).edits, 0);
    assert.equal(other.prune(prunable()).edits, 1);
  });

  test("has its log moved into it and cut when nobody writes", () => {
    const [first, other] = [open(), open()];
    writeHistory(other, 500);
    const size = logSize();
    assert.ok(size > 100_000);
    first.maintain();
    assert.ok(logSize() >= size, "somebody wrote just now");
    first.maintain();
    assert.equal(logSize(), 0);
    for (const store of [first, other, first, other]) {
      at += 40 * second;
      store.maintain();
      assert.equal(logSize(), 0, "there is nothing to look after");
    }
    at -= 160 * second;
    first.prune({ editsBefore: 0, sumsBefore: "0000" });
    other.write(editsBatch({}));
    other.maintain();
    other.maintain();
    assert.ok(logSize() > 0, "it is not for the other to do");
  });

  test("has a log that does not grow for ever while nobody looks after it", () => {
    const store = open();
    const mostBytes = 16 * 1024 * 1024;
    const spans = JSON.stringify("x".repeat(200_000));
    let written = 0;
    for (let version = 0; written < 2 * mostBytes; version++) {
      store.write(batchOf({ documents: [documentOf({ version, spans })] }));
      written += spans.length;
      assert.ok(logSize() <= mostBytes, `${logSize()} bytes`);
    }
  });

  test("is pruned in steps that let the others write", () => {
    const [first, other] = [open(), open()];
    for (let from = 0; from < 2500; from += 500) {
      const edits = Array.from({ length: 500 }, (_, index) =>
        editOf({ id: `e${from + index}`, version: from + index }),
      );
      first.write(batchOf({ documents: [documentOf()], edits }));
    }
    first.write(editsBatch({ id: "new", window: "new", at: noon + 2 * day }));
    assert.deepEqual(other.prune({ editsBefore: noon + day, sumsBefore: "0000" }), { edits: 2500, sums: 0 });
    assert.equal(first.readEditById("new")?.evidence.length, 1);
    other.close();
    const connection = connectToDatabase(folder);
    const count = (table: string) =>
      connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();
    assert.deepEqual([count("edits"), count("evidence"), count("documents")], [1, 1, 1]);
    connection.close();
  });

  test("is closed properly by whoever is last, so that the next look at it is short", () => {
    const [first, other] = [open(), open()];
    first.write(editsBatch({}));
    first.close();
    other.write(editsBatch({}, {}));
    other.close();
    assert.equal(logSize(), 0);
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("does not mind a lock file with something in it", () => {
    writeFileSync(join(folder, "kept.lock"), "something".repeat(1000));
    const store = open();
    assert.equal(store.kind, "disk");
    assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
  });

  test("answers for the sums of a quarter from the days that are asked for alone", () => {
    const store = open();
    for (const batch of historyOf(200)) store.write(batch);
    const connection = connectToDatabase(folder);
    const plan = connection
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT * FROM sums WHERE day BETWEEN '2026-01-01' AND '2026-03-31'",
      )
      .all();
    connection.close();
    assert.match(plan[0]!.detail, /^SEARCH sums USING INDEX \S+ \(day>\? AND day<\?\)$/);
  });
});
