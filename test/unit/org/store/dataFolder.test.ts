import assert from "node:assert/strict";
import { existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder as makeDataFolder } from "../../../../org/store/dataFolder.ts";
import { StoreOpenError } from "../../../../org/store/store.ts";
import { makeFolder } from "../../../org/support/folder.ts";

suite("A data folder", () => {
  const { folder, remove } = makeFolder();
  suiteTeardown(remove);

  test("is made with all above it, for its owner alone, and left as it is when it is there", () => {
    const deep = path.join(folder, "a", "b", "c");
    makeDataFolder(deep);
    makeDataFolder(deep);
    if (process.platform !== "win32") {
      for (const each of [deep, path.dirname(deep)]) assert.equal(statSync(each).mode & 0o777, 0o700);
    }
  });

  test("that cannot be made is named in one sentence", () => {
    writeFileSync(path.join(folder, "file"), "");
    // Where a system has such folders, nobody may make one in them.
    const places = [path.join(folder, "file", "below"), ...(existsSync("/proc/self") ? ["/proc/nope"] : [])];
    for (const place of places) {
      assert.throws(
        () => makeDataFolder(place),
        (error) => error instanceof StoreOpenError && error.message.includes(place),
      );
    }
  });
});
