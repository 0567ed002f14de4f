import assert from "node:assert/strict";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { homeFolder, prepareHome } from "../../../../server/home.ts";
import { temporaryFolder } from "../../../support/store/temporaryStore.ts";

suite("Kept's folder", () => {
  test("is where programs keep a user's data on each system", () => {
    const on = (platform: string, environment: Record<string, string> = {}, userHome = "/home/ada") =>
      homeFolder({ platform, environment, userHome });
    assert.equal(on("linux"), "/home/ada/.local/share/kept");
    assert.equal(on("linux", { XDG_DATA_HOME: "/data" }), "/data/kept");
    assert.equal(on("linux", { XDG_DATA_HOME: "relative" }), "/home/ada/.local/share/kept");
    assert.equal(
      on("darwin", { XDG_DATA_HOME: "/data" }, "/Users/ada"),
      "/Users/ada/Library/Application Support/Kept",
    );
    assert.equal(on("win32", { LOCALAPPDATA: "D:\\Local" }, "C:\\Users\\ada"), "D:\\Local\\Kept");
    assert.equal(on("win32", {}, "C:\\Users\\ada"), "C:\\Users\\ada\\AppData\\Local\\Kept");
  });

  test("is where KEPT_HOME says, if that is a whole path", () => {
    const on = (KEPT_HOME: string) =>
      homeFolder({
        platform: "linux",
        environment: { KEPT_HOME, XDG_DATA_HOME: "/data" },
        userHome: "/home/ada",
      });
    assert.equal(on("/elsewhere"), "/elsewhere");
    assert.equal(on("elsewhere"), "/data/kept");
    assert.equal(on(""), "/data/kept");
  });

  test("is the user's alone, and so is every file in it", function () {
    if (process.platform === "win32") return;
    const { folder, remove } = temporaryFolder();
    const home = join(folder, "deep", "kept");
    const modeOf = (path: string) => statSync(path).mode & 0o777;
    prepareHome(home);
    assert.equal(modeOf(home), 0o700);
    writeFileSync(join(home, "kept.db"), "", { mode: 0o644 });
    mkdirSync(join(home, "spool"));
    chmodSync(home, 0o755);
    prepareHome(home);
    assert.deepEqual([modeOf(home), modeOf(join(home, "kept.db"))], [0o700, 0o600]);
    chmodSync(join(home, "kept.db"), 0o400);
    prepareHome(home);
    assert.equal(modeOf(join(home, "kept.db")), 0o400, "nothing is made looser");
    remove();
  });

  test("is no file, whose rights stay as they are", function () {
    if (process.platform === "win32") return;
    const { folder, remove } = temporaryFolder();
    const file = join(folder, "file");
    writeFileSync(file, "");
    chmodSync(file, 0o666);
    assert.throws(() => prepareHome(file), /ENOTDIR/);
    assert.equal(statSync(file).mode & 0o777, 0o666);
    remove();
  });

  test("is refused where everybody has files, and those are left as they are", function () {
    if (process.platform === "win32") return;
    const { folder, remove } = temporaryFolder();
    writeFileSync(join(folder, "theirs"), "", { mode: 0o644 });
    chmodSync(folder, 0o1777);
    assert.throws(() => prepareHome(folder), /have KEPT_HOME name a folder of Kept's own/);
    assert.deepEqual(
      [statSync(folder).mode & 0o7777, statSync(join(folder, "theirs")).mode & 0o777],
      [0o1777, 0o644],
    );
    chmodSync(folder, 0o700);
    remove();
  });

  test("is refused, and not waited for, where nobody can make folders", function () {
    if (process.platform !== "linux") return;
    assert.throws(() => prepareHome("/proc/kept"), /ENOENT|EACCES|EPERM/);
    assert.throws(() => prepareHome("/proc/deep/kept"), /ENOENT|EACCES|EPERM/);
  });
});
