import assert from "node:assert/strict";
import { failuresOnCopy, type Mutation } from "../support/mutations/mutation.ts";

const sqlite = "server/store/sqlite";
const unit = "test/unit/server/store";

/** Guards that nothing would miss for a long time, and the test that misses each. */
const mutations: Record<string, Mutation> = {
  "An edit that is there already": {
    file: `${sqlite}/writeBatch.ts`,
    from: "if (isThere.get(edit.id, document.id, windowId, edit.session, edit.version) !== undefined) return;",
    to: "",
    tests: `${unit}/store.test.ts`,
    test: "leaves alone an edit of a version that is there already",
  },
  "All or nothing": {
    file: `${sqlite}/writer.ts`,
    from: "        work();\n",
    to: `        this.#connection.exec("COMMIT");\n        work();\n        this.#connection.exec("BEGIN");\n`,
    tests: `${unit}/store.test.ts`,
    test: "writes all of a batch or nothing",
  },
  "Beginning as a writer": {
    file: `${sqlite}/writer.ts`,
    from: ".immediate();",
    to: ".deferred();",
    tests: `${unit}/sharing.test.ts`,
    test: "lets whoever began first finish",
  },
  "A receipt that never falls": {
    file: `${sqlite}/writeBatch.ts`,
    from: "max(sequence, excluded.sequence)",
    to: "excluded.sequence",
    tests: `${unit}/store.test.ts`,
    test: "never lets a receipt fall",
  },
  "The format, asked for in each transaction": {
    file: `${sqlite}/writer.ts`,
    from: 'if (this.#format() !== newestFormat) return "newer";',
    to: "",
    tests: `${unit}/open.test.ts`,
    test: "stops writing when a newer Kept takes the database over",
  },
  "Looking whether the file is still in its place": {
    file: `${sqlite}/session.ts`,
    from: "return identityOf(files.database) === identity && lock.isInPlace() && !existsSync(files.marker);",
    to: "return files !== undefined || identity !== undefined || existsSync(String(identityOf(String(lock))));",
    tests: "test/wire/storeKills.test.ts",
    test: "when the database is replaced while they write",
  },
  "Writing the file anew after deleting": {
    file: `${sqlite}/writer.ts`,
    from: 'this.#connection.exec("VACUUM");',
    to: "",
    tests: `${unit}/forget.test.ts`,
    test: "cleaning was cut short",
  },
  "Cutting the log after deleting": {
    file: `${sqlite}/sqliteStore.ts`,
    from: "session.inPlace(() => session.patiently(() => writer.clean()));",
    to: "session.inPlace(() => session.patiently(() => void writer));",
    tests: `${unit}/forget.test.ts`,
    test: "is in no file, not even the log",
  },
  "Asking whether something was deleted": {
    file: `${sqlite}/writer.ts`,
    from: "this.forgets() > knownForgets",
    to: "this.forgets() > knownForgets + 1",
    tests: `${unit}/forget.test.ts`,
    test: "is not written back by another window, after everything",
  },
  "The check of the runtime": {
    file: `${sqlite}/open.ts`,
    from: ">= neededNodeApi",
    to: ">= 0 * neededNodeApi",
    tests: `${unit}/open.test.ts`,
    test: "does not touch the database with a runtime that would crash",
  },
  "The log of a damaged database": {
    file: `${sqlite}/databaseFiles.ts`,
    from: 'const companions = ["-wal", "-shm", "-journal"];',
    to: "const companions: string[] = [];",
    tests: `${unit}/damage.test.ts`,
    test: "is replaced for everybody who has it open",
  },
};

suite("A test of the store misses", function () {
  this.timeout(300_000);
  for (const [guard, mutation] of Object.entries(mutations)) {
    test(guard, () => assert.notDeepEqual(failuresOnCopy(mutation, true), []));
  }

  test("nothing of what a store does when SQLite is too old for a log, except the log", () => {
    const older = { file: `${sqlite}/open.ts`, from: '?? "";', to: '&& "3.51.2";' };
    const passes = (tests: string, name: string) =>
      failuresOnCopy({ ...older, tests: `${unit}/${tests}`, test: name }, true).length === 0;
    assert.equal(passes("store.test.ts", "The store on disk"), true);
    assert.equal(passes("open.test.ts", "with the settings that keep it safe"), false);
  });

  test("nothing when nothing was taken away", () => {
    const [any] = Object.values(mutations);
    assert.deepEqual(failuresOnCopy(any!, false), []);
  });
});
