import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Reply } from "../../protocol/errors.ts";
import type { ExportPart } from "../../protocol/export.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const uri = "file:///work/a.ts";

suite("Exporting", () => {
  let home: string;
  let out: string;

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-export-"));
    out = path.join(home, "out");
  });
  teardown(() => rmSync(home, { recursive: true, force: true }));

  const kept = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, KEPT_HOME: path.join(home, "kept") },
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });

  test("writes one file that is only there when it is whole", async () => {
    const client = await TestClient.start({ home: path.join(home, "kept") });
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.observe(typed({ sequence: 1, uri, version: 2 }));
    // Nothing was committed yet.
    const reply = await client.ask<Reply<ExportPart>>("kept/export", {
      format: "json",
      from: null,
      cursor: null,
    });
    assert.ok(reply.ok);
    assert.equal(reply.value.rows, 1, "the document");
    const file = path.join(home, "export.json");
    const { status, stdout, stderr } = kept("export", "--out", file);
    await client.stop();
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Exported \d+ rows/);
    const exported = JSON.parse(readFileSync(file, "utf8")) as { edit: { insertedChars: number }[] };
    assert.deepEqual(
      exported.edit.map(({ insertedChars }) => insertedChars),
      [1],
    );
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(home).filter((name) => name.endsWith(".part")),
      [],
    );
  });

  test("writes to the standard output", () => {
    assert.equal(kept("demo").status, 0);
    const csv = kept("export", "--format", "csv", "--period", "800d");
    assert.equal(csv.status, 0, csv.stderr);
    const [head, ...rows] = csv.stdout.trimEnd().split("\r\n");
    assert.match(head!, /^thing,uri,/);
    assert.ok(rows.length > 1000);
  });

  test("says what is wrong with what it was told", () => {
    for (const args of [
      ["--format", "xml"],
      ["--period", "yesterday"],
      ["--nonsense"],
      ["--out", path.join(out, "no/such/folder")],
    ]) {
      const { status, stderr } = kept("export", ...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, /^kept: /);
    }
  });
});
