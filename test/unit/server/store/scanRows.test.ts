import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { makeFile } from "../../../../server/store/sqlite/databaseFiles.ts";
import { scanRows } from "../../../../server/store/sqlite/scanRows.ts";
import { connect } from "../../../../server/store/sqlite/open.ts";
import { temporaryFolder } from "../../../support/store/temporaryStore.ts";

const pageSize = 4096;
const options = { nativeBinding: undefined, busyTimeoutMs: 0 };

suite("What can be read of a damaged table", function () {
  this.timeout(20_000);
  let file: string;
  let remove: () => void;
  setup(() => {
    const made = temporaryFolder();
    remove = made.remove;
    file = join(made.folder, "damaged.db");
  });
  teardown(() => remove());

  /** Makes a table of many pages and returns which they are, its root first. */
  const fill = (rowids: readonly number[]): number[] => {
    makeFile(file);
    const connection = connect(file, { ...options, readonly: false });
    connection.exec("CREATE TABLE lines (text TEXT)");
    const insert = connection.prepare<[number, string]>("INSERT INTO lines (rowid, text) VALUES (?, ?)");
    connection.transaction(() => rowids.forEach((rowid) => insert.run(rowid, "x".repeat(200)))).immediate();
    const pages = connection
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'lines' ORDER BY path")
      .pluck()
      .all();
    connection.close();
    return pages;
  };
  const write = (page: number, at: number, bytes: Buffer) => {
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, bytes, 0, bytes.length, (page - 1) * pageSize + at);
    closeSync(descriptor);
  };
  const scan = () => {
    const source = connect(file, { ...options, readonly: true });
    const found: number[] = [];
    const isComplete = scanRows(source, { table: "lines", columns: ["text"] }, (rows) =>
      found.push(...rows.map((row) => Number(row["#"]))),
    );
    source.close();
    return { isComplete, found: new Set(found) };
  };

  test("is everything when nothing is damaged", () => {
    fill(numbersTo(2_000));
    const { isComplete, found } = scan();
    assert.deepEqual([isComplete, found.size], [true, 2_000]);
  });

  test("ends although a page follows itself, and has the rows on both sides of it", () => {
    const [root, ...leaves] = fill(numbersTo(2_000)) as [number, ...number[]];
    const middle = Math.floor(leaves.length / 2);
    // The cells of a page of pointers begin with the number of the page they lead to.
    const again = Buffer.alloc(4);
    again.writeUInt32BE(leaves[middle]!);
    const cells = readFileSync(file).subarray((root - 1) * pageSize + 12);
    for (const cell of [middle + 1, middle + 2]) write(root, cells.readUInt16BE(2 * cell), again);
    const { isComplete, found } = scan();
    assert.equal(isComplete, false);
    assert.ok(found.has(1) && found.has(2_000));
    assert.ok(found.size > 1_900, `${found.size} rows`);
  });

  test("ends although the numbers of two rows lie as far apart as numbers can", () => {
    const [, ...leaves] = fill([...numbersTo(500), ...numbersTo(500).map((number) => 2 ** 52 + number)]);
    write(leaves[Math.floor(leaves.length / 2)]!, 0, Buffer.alloc(pageSize, 0xa5));
    const { isComplete, found } = scan();
    assert.equal(isComplete, false);
    assert.ok(found.has(1) && found.has(2 ** 52 + 500));
    assert.ok(found.size > 900, `${found.size} rows`);
  });
});

function numbersTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
