import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { namesInArchive } from "../../../../scripts/package/archive.ts";
import { findingsOf } from "../../../../scripts/package/check.ts";

const wanted = [
  "package.json",
  "dist/extension.js",
  "dist/client.js",
  "dist/server.js",
  "dist/records.js",
  "dist/cli.js",
  "dist/panel.js",
  "dist/native/linux-x64.node",
];

suite("A package", () => {
  let folder: string;

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kept-package-"));
  });

  teardown(async () => {
    await rm(folder, { recursive: true });
  });

  async function findings(names: readonly string[], bytes = 0) {
    const file = path.join(folder, "kept.vsix");
    const inside = names.map((name) => `extension/${name}`);
    await writeFile(file, archiveOf(["extension.vsixmanifest", ...inside], bytes));
    return await findingsOf(file, "linux-x64");
  }

  test("with what is needed and nothing else may be shipped", async () => {
    assert.deepEqual(await findings(wanted), []);
  });

  test("with a file that nobody allowed may not", async () => {
    for (const name of [
      "node_modules/zod/index.js",
      "dist/server.js.map",
      "scripts/setup.mjs",
      "dist/extra.js",
    ]) {
      assert.deepEqual(await findings([...wanted, name]), [`${name} does not belong in it.`]);
    }
  });

  test("without one of its programs may not", async () => {
    const without = wanted.filter((name) => name !== "dist/server.js");
    assert.deepEqual(await findings(without), ["dist/server.js is missing."]);
  });

  test("with another platform's binary, with two, or with none may not", async () => {
    const others = wanted.filter((name) => !name.endsWith(".node"));
    for (const binaries of [
      ["dist/native/darwin-arm64.node"],
      ["dist/native/linux-x64.node", "dist/native/win32-x64.node"],
      [],
    ]) {
      const [finding, ...rest] = await findings([...others, ...binaries]);
      assert.match(finding ?? "", /one native binary, dist\/native\/linux-x64\.node/);
      assert.deepEqual(rest, []);
    }
  });

  test("of more than 4 MiB may not", async () => {
    assert.match((await findings(wanted, 4 * 1024 * 1024)).join(), /too many/);
  });
});

test("What is no zip archive is refused", () => {
  assert.throws(() => namesInArchive(Buffer.from("no archive at all, however long it is")), /no zip archive/);
});

/** A zip archive of empty files, after so many bytes of something else. */
function archiveOf(names: readonly string[], bytes: number): Buffer {
  const entries = names.map((name) => {
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(Buffer.byteLength(name), 28);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(bytes, 16);
  return Buffer.concat([Buffer.alloc(bytes), directory, end]);
}
