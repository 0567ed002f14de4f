import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readTextFile } from "../../../../server/unseen/textFile.ts";

suite("The text of a file that no editor has open", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(os.tmpdir(), "kept-files-"))));
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string) => path.join(folder, name);
  const read = (name: string) => readTextFile(pathToFileURL(file(name)).href);
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(file(name), content);
    return read(name);
  };

  test("is as it stands there, whatever its name and by which link one comes to it", () => {
    const text = "a\r\nb\u{1F600}\n";
    assert.deepEqual(write("a b #%ä.ts", text), { text });
    symlinkSync(file("a b #%ä.ts"), file("link.ts"));
    assert.deepEqual(read("link.ts"), { text });
    assert.deepEqual(write("empty", ""), { text: "" });
  });

  test("is missing where there is none, and where a link leads nowhere", () => {
    assert.equal(read("none.ts"), "missing");
    symlinkSync(file("gone.ts"), file("dangling.ts"));
    assert.equal(read("dangling.ts"), "missing");
  });

  test("cannot be read where it is no text, too long, no file or not a file's address", () => {
    assert.equal(write("image.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00])), "unreadable");
    assert.equal(write("utf16.txt", Buffer.from("\uFEFFabc", "utf16le")), "unreadable");
    write("long.txt", "");
    truncateSync(file("long.txt"), 50 * 1024 * 1024 + 1);
    assert.equal(read("long.txt"), "unreadable");
    mkdirSync(file("folder"));
    assert.equal(read("folder"), "unreadable");
    for (const address of [
      "untitled:Untitled-1",
      "vscode-vfs://github/a.ts",
      "file://server/a.ts",
      "file:",
      "file:///%zz",
    ]) {
      assert.notEqual(typeof readTextFile(address), "object", address);
    }
  });

  test("cannot be read where it is not ours to read", function () {
    write("secret.ts", "x");
    chmodSync(file("secret.ts"), 0);
    // Whoever may read everything, may read this.
    const isAllowed = process.getuid?.() === 0;
    assert.deepEqual(read("secret.ts"), isAllowed ? { text: "x" } : "unreadable");
  });
});
