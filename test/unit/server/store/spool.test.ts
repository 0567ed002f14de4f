import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { newestFormat } from "../../../../server/store/sqlite/migrations.ts";
import type { Store } from "../../../../server/store/store.ts";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { differencesOf, batchOfSequence } from "../../../support/store/sequence.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

suite("What an older Kept writes beside a newer one's database", function () {
  this.timeout(60_000);
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  const setFormat = (format: number) => {
    const connection = connectToDatabase(folder);
    connection.pragma(`user_version = ${format}`);
    connection.close();
  };
  const write = (store: Store, window: string, from: number, to: number) => {
    for (let sequence = from; sequence <= to; sequence++) {
      const { outcome } = store.write(batchOfSequence(window, sequence));
      if (outcome !== "written") return sequence - 1;
    }
    return to;
  };
  const spoolFiles = () => readdirSync(folder).filter((name) => name.startsWith("kept.spool"));

  test("is taken in once by the next that knows the database, with sums, drops and receipts", () => {
    const before = openTestStore({ folder });
    write(before, "a", 1, 5);
    before.close();
    setFormat(999);
    const older = openTestStore({ folder });
    const other = openTestStore({ folder });
    assert.equal(older.kind, "readOnly");
    write(older, "a", 6, 20);
    write(other, "b", 1, 9);
    assert.deepEqual(
      [older.readReceipt("a"), other.readReceipt("b")],
      [20, 9],
      "a window sends nothing again",
    );
    older.close();
    other.close();
    if (process.platform !== "win32") assert.equal(statSync(join(folder, "kept.spool")).mode & 0o777, 0o600);
    const copy = temporaryFolder();
    copyFileSync(join(folder, "kept.spool"), join(copy.folder, "spool"));
    setFormat(newestFormat);
    const acknowledged = new Map([
      ["a", 20],
      ["b", 9],
    ]);
    const newer = openTestStore({ folder });
    assert.deepEqual(differencesOf(newer, acknowledged), []);
    assert.deepEqual(spoolFiles(), []);
    newer.close();
    copy.remove();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("is not taken in again by one that was killed between taking it in and deleting it", () => {
    openTestStore({ folder }).close();
    setFormat(999);
    const older = openTestStore({ folder });
    write(older, "a", 1, 12);
    older.close();
    setFormat(newestFormat);
    const id = "33333333-3333-4333-8333-333333333333";
    copyFileSync(join(folder, "kept.spool"), join(folder, "copy"));
    const first = openTestStore({ folder, uuid: () => id });
    first.close();
    // As it lies there when the process dies right after the commit.
    copyFileSync(join(folder, "copy"), join(folder, `kept.spool.${id}`));
    const connection = connectToDatabase(folder);
    connection.prepare("INSERT INTO marks (name, value) VALUES (?, 1)").run(`spool ${id}`);
    connection.close();
    const second = openTestStore({ folder });
    assert.deepEqual(differencesOf(second, new Map([["a", 12]])), []);
    assert.deepEqual(spoolFiles(), []);
    second.close();
  });

  test("is taken in by one that is open already, when it looks after the database", () => {
    const newer = openTestStore({ folder });
    const spool = temporaryFolder();
    openTestStore({ folder: spool.folder }).close();
    const connection = connectToDatabase(spool.folder);
    connection.pragma("user_version = 999");
    connection.close();
    const older = openTestStore({ folder: spool.folder });
    write(older, "a", 1, 4);
    older.close();
    copyFileSync(join(spool.folder, "kept.spool"), join(folder, "kept.spool"));
    spool.remove();
    newer.maintain();
    assert.deepEqual(differencesOf(newer, new Map([["a", 4]])), []);
    newer.close();
  });

  test("stays below eight megabytes, and what finds no room is counted", () => {
    openTestStore({ folder }).close();
    setFormat(999);
    const older = openTestStore({ folder });
    const wide = (sequence: number) => {
      const batch = batchOfSequence("a", sequence);
      const long = "x".repeat(200_000);
      return {
        ...batch,
        documents: batch.documents.map((row) => ({
          ...row,
          spans: { ...row.spans, spans: JSON.stringify({ owners: [long], runs: [] }) },
        })),
      };
    };
    let last = 0;
    while (older.write(wide(last + 1)).outcome === "written") last++;
    assert.deepEqual(older.write(wide(last + 1)), { outcome: "readOnly" });
    assert.ok(statSync(join(folder, "kept.spool")).size <= 8 * 1024 * 1024);
    older.close();
    setFormat(newestFormat);
    const newer = openTestStore({ folder });
    assert.equal(newer.readReceipt("a"), last);
    assert.deepEqual(
      newer.readDrops().filter(({ name }) => name === "spool.full"),
      [{ name: "spool.full", count: 4 }],
    );
    newer.close();
    assert.equal(existsSync(join(folder, "kept.spool")), false);
  });
});
