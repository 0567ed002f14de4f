import assert from "node:assert/strict";
import { chooseJournal, isNetworkFolder } from "../../../../server/store/sqlite/journal.ts";

suite("The journal of the database", () => {
  test("is a write-ahead log only where several processes can share one", () => {
    const journal = (sqliteVersion: string, onNetwork = false) => chooseJournal({ sqliteVersion, onNetwork });
    for (const version of ["3.51.3", "3.51.10", "3.54.1", "4.0.0"]) assert.equal(journal(version), "wal");
    for (const version of ["3.51.2", "3.50.7", "3.9.9", "2.99.99", "3.51", ""])
      assert.equal(journal(version), "delete");
    assert.equal(journal("3.54.1", true), "delete");
  });

  test("tells folders of another machine", () => {
    const isNetwork = (platform: string, fileSystem: number, folder = "/home/ada") =>
      isNetworkFolder({ platform, fileSystem, folder });
    assert.equal(isNetwork("linux", 0x6969), true);
    assert.equal(isNetwork("linux", 0xff534d42), true);
    assert.equal(isNetwork("linux", 0xef53), false);
    assert.equal(isNetwork("darwin", 0x6969), false);
    assert.equal(isNetwork("win32", 0, "\\\\server\\share"), true);
    assert.equal(isNetwork("win32", 0, "C:\\Users"), false);
  });
});
