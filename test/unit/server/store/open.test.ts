import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { databaseFiles } from "../../../../server/store/sqlite/databaseFiles.ts";
import { canLoadDatabase, connect } from "../../../../server/store/sqlite/open.ts";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { writeHistory } from "../../../support/store/history.ts";
import { editsBatch, noon } from "../../../support/store/rows.ts";
import { newestFormat } from "../../../../server/store/sqlite/migrations.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

suite("Opening the store", () => {
  let folder: string;
  let remove: () => void;
  setup(() => ({ folder, remove } = temporaryFolder()));
  teardown(() => remove());

  test("makes a database that only the user can read, with the settings that keep it safe", () => {
    const store = openTestStore({ folder: join(folder, "new") });
    assert.deepEqual([store.kind, store.problems], ["disk", []]);
    store.write(editsBatch({}));
    if (process.platform !== "win32") {
      for (const name of readdirSync(join(folder, "new"))) {
        assert.equal(statSync(join(folder, "new", name)).mode & 0o777, 0o600, name);
      }
    }
    const connection = connectToDatabase(join(folder, "new"));
    assert.equal(connection.pragma("journal_mode", { simple: true }), "wal");
    connection.close();
    store.close();
    assert.deepEqual(readdirSync(join(folder, "new")).sort(), ["kept.db", "kept.lock", "kept.schema"]);
  });

  test("keeps numbers in memory where the folder cannot be used, and says why", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const store = openTestStore({ folder: file });
    assert.equal(store.kind, "memory");
    const [problem] = store.problems;
    assert.equal(problem?.code, "store.cannotOpen");
    assert.equal(problem.details["folder"], file);
    assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
    assert.equal(readFileSync(file, "utf8"), "");
  });

  test("keeps numbers in memory where the database cannot be written", () => {
    openTestStore({ folder }).close();
    const unlock = makeUnwritable(join(folder, "kept.db"));
    try {
      const store = openTestStore({ folder });
      assert.deepEqual([store.kind, store.problems[0]?.code], ["memory", "store.cannotOpen"]);
      store.close();
    } finally {
      unlock();
    }
    const store = openTestStore({ folder });
    assert.equal(store.kind, "disk");
    store.close();
  });

  test("does not touch the database with a runtime that would crash", () => {
    for (const napi of ["9", undefined]) {
      const store = openTestStore({ folder, environmentVersions: napi === undefined ? {} : { napi } });
      assert.equal(store.kind, "memory");
      assert.deepEqual(store.problems, [{ code: "runtime.tooOld", details: { napi: napi ?? "none" } }]);
    }
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(
      ["8", "9", "10", "11", "x"].map((napi) => canLoadDatabase({ napi })),
      [false, false, true, true, false],
    );
  });

  test("leaves a database of a newer Kept as it is, and reads it", () => {
    const first = openTestStore({ folder });
    writeHistory(first, 100);
    const sums = first.readSums({ from: "2026-01-01", to: "2026-12-31", workspaces: undefined });
    first.close();
    setFormat(folder, newestFormat + 1);
    const before = contentOf(folder);
    const store = openTestStore({ folder });
    assert.equal(store.kind, "readOnly");
    assert.deepEqual(store.problems, [
      { code: "store.newer", details: { found: newestFormat + 1, known: newestFormat } },
    ]);
    assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("kept.spool")),
      ["kept.spool"],
    );
    rmSync(join(folder, "kept.spool"));
    assert.deepEqual(store.writeNote("name", "text"), { outcome: "readOnly" });
    store.maintain();
    assert.deepEqual(store.prune({ editsBefore: noon * 2, sumsBefore: "9999" }), { edits: 0, sums: 0 });
    assert.deepEqual(store.readSums({ from: "2026-01-01", to: "2026-12-31", workspaces: undefined }), sums);
    assert.equal(store.revision(), store.revision());
    store.close();
    assert.deepEqual(contentOf(folder), before);
  });

  test("leaves the log of a newer Kept's database as it is", () => {
    openTestStore({ folder }).close();
    setFormat(folder, newestFormat + 1);
    const live = connectToDatabase(folder);
    live.exec("CREATE TABLE later (x); INSERT INTO later VALUES (1)");
    const copy = join(folder, "copy");
    mkdirSync(copy);
    for (const name of ["kept.db", "kept.db-wal"]) {
      writeFileSync(join(copy, name), readFileSync(join(folder, name)), { mode: 0o600 });
    }
    live.close();
    const before = contentOf(copy);
    const store = openTestStore({ folder: copy });
    assert.equal(store.kind, "readOnly");
    store.readDrops();
    store.close();
    assert.deepEqual(contentOf(copy), before);
  });

  test("reads nothing, without failing, where a newer Kept has other tables", () => {
    openTestStore({ folder }).close();
    const connection = connectToDatabase(folder);
    connection.exec(`DROP TABLE edits; PRAGMA user_version = ${newestFormat + 1}`);
    connection.close();
    const store = openTestStore({ folder });
    assert.equal(store.kind, "readOnly");
    assert.deepEqual(store.readDrops(), []);
    assert.equal(store.readEditById("edit-1"), undefined);
    store.close();
  });

  test("stops writing when a newer Kept takes the database over, and goes on reading", () => {
    const store = openTestStore({ folder });
    store.write(editsBatch({}));
    setFormat(folder, newestFormat + 1);
    assert.deepEqual(store.write(editsBatch({}, {})), { outcome: "written" }, "beside it");
    assert.equal(store.kind, "readOnly");
    assert.deepEqual(store.problems, [
      { code: "store.newer", details: { found: newestFormat + 1, known: newestFormat } },
    ]);
    assert.equal(store.readEditById("edit-1")?.id, "edit-1");
    assert.equal(store.readEditById("edit-2"), undefined);
    store.close();
  });

  test("gives a batch back while another puts a new file in the place of one that is gone, and takes it afterwards", () => {
    const store = openTestStore({ folder });
    assert.equal(store.write(editsBatch({})).outcome, "written");
    const files = databaseFiles(folder);
    renameSync(files.database, `${files.database}.aside`);
    const other = connect(files.lock, { nativeBinding: undefined, readonly: false, busyTimeoutMs: 0 });
    other.exec("BEGIN EXCLUSIVE");
    assert.equal(store.write(editsBatch({ id: "edit-2" })).outcome, "retry");
    other.exec("ROLLBACK");
    other.close();
    assert.equal(store.write(editsBatch({ id: "edit-2" })).outcome, "written");
    store.close();
  });

  test("gives a batch back while another program holds the file, and takes it afterwards", () => {
    const store = openTestStore({ folder });
    const other = connectToDatabase(folder);
    other.exec("BEGIN IMMEDIATE");
    const startedAt = Date.now();
    const written = store.write(editsBatch({}));
    assert.ok(Date.now() - startedAt < 1000, "it does not wait long");
    assert.equal(written.outcome, "retry");
    assert.equal(written.problem.code, "store.full");
    assert.deepEqual(store.readDrops(), [], "reading goes on");
    store.maintain();
    other.exec("ROLLBACK");
    other.close();
    assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
    store.close();
  });

  test("goes on in a new database when the folder was deleted under it", () => {
    const home = join(folder, "home");
    const store = openTestStore({ folder: home });
    store.write(editsBatch({}));
    rmSync(home, { recursive: true });
    const revision = store.revision();
    assert.deepEqual(store.write(editsBatch({}, {})), { outcome: "written" });
    assert.ok(store.revision() > revision);
    assert.equal(store.readSums({ from: "0000", to: "9999", workspaces: undefined })[0]?.edits, 2);
    store.close();
    assert.deepEqual(problemsOfDatabase(home), []);
  });

  test("gives batches back when the disk is full, and goes on when there is space", function () {
    const unmount = mountSmallDisk(folder);
    if (!unmount)
      return assert.ok(process.getuid?.() !== 0, "only the system's administrator can make a small disk");
    try {
      const store = openTestStore({ folder });
      assert.equal(store.kind, "disk");
      let stored = 0;
      const write = () => store.write(editsBatch({ id: `edit-${stored}`, version: stored, evidence: [] }));
      while (write().outcome === "written") stored++;
      assert.ok(stored > 20, `${stored} edits fit`);
      for (let attempt = 0; attempt < 10; attempt++) assert.equal(write().outcome, "retry");
      assert.equal(store.readSums({ from: "0000", to: "9999", workspaces: undefined })[0]?.edits, stored);
      execFileSync("mount", ["-o", "remount,size=32m", folder]);
      assert.deepEqual(write(), { outcome: "written" });
      store.close();
      assert.deepEqual(problemsOfDatabase(folder), []);
      const again = openTestStore({ folder });
      assert.equal(again.readSums({ from: "0000", to: "9999", workspaces: undefined })[0]?.edits, stored + 1);
      again.close();
    } finally {
      unmount();
    }
  });

  test("loses nothing it acknowledged when writing fails half-way", () => {
    if (process.platform === "win32") return;
    const script = join(import.meta.dirname, "../../../support/store/writeUntilRefused.ts");
    const limited = `ulimit -f 1200; exec "${process.execPath}" "${script}" "${folder}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", limited], { encoding: "utf8" });
    const [stored, outcome] = stdout.trim().split(" ");
    assert.equal(outcome, "retry", stderr);
    const store = openTestStore({ folder });
    assert.equal(
      store.readSums({ from: "0000", to: "9999", workspaces: undefined })[0]?.edits,
      Number(stored),
    );
    assert.deepEqual(store.problems, []);
    store.close();
    assert.deepEqual(problemsOfDatabase(folder), []);
  });
});

function setFormat(folder: string, format: number): void {
  const connection = connectToDatabase(folder);
  connection.pragma(`user_version = ${format}`);
  connection.close();
}

function contentOf(folder: string): Record<string, string> {
  const names = ["kept.db", "kept.db-wal"].filter((name) => existsSync(join(folder, name)));
  const sizes = names.map((name) => [name, readFileSync(join(folder, name)).toString("base64")] as const);
  return Object.fromEntries(sizes.filter(([, content]) => content !== ""));
}

/** Modes do not stop an administrator; the file system's own flag does. */
function makeUnwritable(file: string): () => void {
  if (process.getuid?.() !== 0) {
    chmodSync(file, 0o400);
    return () => chmodSync(file, 0o600);
  }
  execFileSync("chattr", ["+i", file]);
  return () => execFileSync("chattr", ["-i", file]);
}

function mountSmallDisk(folder: string): (() => void) | undefined {
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", folder]);
  return status === 0 ? () => execFileSync("umount", ["--lazy", folder]) : undefined;
}
