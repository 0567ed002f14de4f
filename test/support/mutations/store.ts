import type { Mutations } from "./mutation.ts";

const sqlite = "server/store/sqlite";
const unit = "test/unit/server/store";
const kills = "test/wire/storeKills.test.ts";

/** For each promise, what the code is without what keeps it, and the short test that must then fail. */
export const storeMutations: Mutations = {
  "L1: a transaction is all or nothing": {
    file: `${sqlite}/writer.ts`,
    from: '        if (this.#format() !== newestFormat) return "newer";\n        work();\n',
    to: '        if (this.#format() !== newestFormat) return "newer";\n        work();\n        this.#connection.exec("COMMIT");\n        work();\n        this.#connection.exec("BEGIN");\n',
    tests: kills,
    test: "of them are killed",
  },
  "L2: the log is read": {
    file: `${sqlite}/openInPlace.ts`,
    from: "const wasLeftOpen = logSizeOf(files) > 0;",
    to: 'const wasLeftOpen = logSizeOf(files) > 0;\n    process.getBuiltinModule("node:fs").writeFileSync(`${files.database}-wal`, "");',
    tests: `${unit}/damage.test.ts`,
    test: "has lost no commit that lies before the damage of its log",
  },
  "L3: what must be on the disk is synced": {
    file: `${sqlite}/open.ts`,
    from: 'const synchronous = actual === "wal" ? 1 : 2;',
    to: 'const synchronous = actual === "wal" ? 0 : 0;',
    tests: kills,
    test: "failures of power",
  },
  "L4: a file that was left open is checked": {
    file: `${sqlite}/failures.ts`,
    from: 'const damaged = ["CORRUPT", "NOTADB", "FORMAT"];',
    to: "const damaged: string[] = [];",
    tests: `${unit}/damage.test.ts`,
    test: "loses nothing when its first page is destroyed",
  },
  "L5: a full disk passes": {
    file: `${sqlite}/failures.ts`,
    from: '  "FULL",\n  "IOERR",\n',
    to: "",
    tests: `${unit}/open.test.ts`,
    test: "when the disk is full",
  },
  "L6: a step of the format is one transaction": {
    file: `${sqlite}/migrate.ts`,
    from: "          connection.exec(statement);\n",
    to: '          connection.exec(statement);\n          connection.exec("COMMIT; BEGIN IMMEDIATE");\n',
    tests: kills,
    test: "opens after being killed at any",
  },
  "L7: the log begins anew": {
    file: `${sqlite}/writer.ts`,
    from: "      this.#cutLog();\n    } catch {",
    to: "    } catch {",
    tests: `${unit}/sharing.test.ts`,
    test: "has a log that does not grow for ever while nobody looks after it",
  },
  "L8: an older one does not write": {
    file: `${sqlite}/openInPlace.ts`,
    from: "if (found > newestFormat) {",
    to: "if (found > newestFormat + 1000) {",
    tests: `${unit}/open.test.ts`,
    test: "leaves a database of a newer Kept as it is, and reads it",
  },
  "L9: an old SQLite writes no log": {
    file: `${sqlite}/journal.ts`,
    from: "isAtLeast(place.sqliteVersion, [3, 51, 3])",
    to: "isAtLeast(place.sqliteVersion, [3, 0, 0])",
    tests: `${unit}/journal.test.ts`,
    test: "is a write-ahead log only where several processes can share one",
  },
};
