import assert from "node:assert/strict";
import path from "node:path";
import { openSqlite } from "../../../org/store/sqlite/open.ts";
import { migrateSqlite } from "../../../org/store/sqlite/migrate.ts";
import { storedTables } from "../../../org/transfer/storedTables.ts";
import { tableMeanings } from "../../../org/transfer/tableMeanings.ts";
import { makeFolder } from "../../org/support/folder.ts";

suite("The tables that works councils are told of", () => {
  test("are those of the database, and all of them", () => {
    const { folder, remove } = makeFolder();
    const database = openSqlite({ file: path.join(folder, "org.sqlite"), nativeBinding: undefined });
    migrateSqlite(database);
    const names = database
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    database.close();
    remove();
    assert.deepEqual(Object.keys(tableMeanings).sort(), names);
    assert.deepEqual(
      storedTables.map(({ name }) => name).filter((name) => !Object.hasOwn(tableMeanings, name)),
      [],
    );
  });
});
