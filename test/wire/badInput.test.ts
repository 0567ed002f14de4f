import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { blameSchema } from "../../protocol/blame.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Reply } from "../../protocol/errors.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Report } from "../../protocol/report.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const year = 365 * 86_400_000;
const byChat: Partial<Observation> = {
  detailedReason: {
    source: "Chat.applyEdits",
    metadata: { source: "Chat.applyEdits", $extensionId: "github.copilot-chat", $modelId: "gpt-5" },
  },
};

suite("What no document should be", function () {
  this.timeout(60_000);
  let home: string;
  let work: string;
  let client: TestClient;
  let sequence = 0;

  setup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-home-"));
    work = realpathSync(mkdtempSync(path.join(os.tmpdir(), "kept-work-")));
    for (const root of ["one", "two"]) mkdirSync(path.join(work, root));
    sequence = 0;
    client = await TestClient.start({ home, folders: ["one", "two"].map((root) => addressOf(root)) });
  });

  teardown(async () => {
    await client.stop();
    for (const folder of [home, work]) rmSync(folder, { recursive: true, force: true });
  });

  const addressOf = (name: string) => pathToFileURL(path.join(work, name)).href;

  /** Puts a text in at the start of a document. */
  const insert = async (name: string, version: number, text: string, known: Partial<Observation> = {}) => {
    const uri = addressOf(name);
    const changes = [{ offset: 0, deletedLength: 0, insertedLength: text.length }];
    await client.observe(typed({ sequence: ++sequence, uri, version, changes, ...known }));
    await client.change(uri, version, [0, 0, 0, 0], text);
    await client.until(() => client.acknowledged === sequence, "the change is written");
  };

  const kept = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, KEPT_HOME: home },
      encoding: "utf8",
    });
  const report = (...args: string[]) => JSON.parse(kept("report", "--json", ...args).stdout) as Report;
  const origins = () =>
    report().origins.map(({ origin, edits, insertedChars }) => [origin, edits, insertedChars]);
  const drops = async () => {
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 30, scope: "all" });
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return Object.fromEntries(reply.value.drops.map(({ name, count }) => [name, count]));
  };

  const close = async (name: string) => {
    await client.notify("textDocument/didClose", { textDocument: { uri: addressOf(name) } });
    await client.ask("kept/flush", {});
  };
  const ownersOf = (name: string) =>
    blameSchema
      .parse(JSON.parse(kept("blame", path.join(work, name), "--json").stdout))
      .lines.map(({ origin }) => origin.kind);

  test("halves of a pair of surrogates are counted as they stand", async () => {
    await client.open(addressOf("one/a.ts"), "");
    await insert("one/a.ts", 2, "\ud83d");
    await insert("one/a.ts", 3, "\ude00");
    assert.deepEqual(origins(), [["human", 2, 2]]);
  });

  test("a document of fifty megabytes is recorded like any other", async () => {
    await client.open(addressOf("one/long.ts"), "0123456789abcdef\n".repeat(3_000_000));
    await insert("one/long.ts", 2, "x");
    assert.deepEqual(origins(), [["human", 1, 1]]);
  });

  test("two folders of one window are counted each by itself", async () => {
    for (const root of ["one", "two"]) {
      await client.open(addressOf(`${root}/a.ts`), "");
      await insert(`${root}/a.ts`, 2, "x");
    }
    assert.equal(kept("forget", "--repository", path.join(work, "one")).status, 0);
    assert.deepEqual(origins(), [["human", 1, 1]]);
  });

  test("a file that is gone, or is no text any more, is said to be so, and what was recorded stays", async () => {
    const file = path.join(work, "one/a.ts");
    writeFileSync(file, "chat();\n");
    await client.open(addressOf("one/a.ts"), "");
    await insert("one/a.ts", 2, "chat();\n", byChat);
    await close("one/a.ts");
    rmSync(file);
    assert.deepEqual(
      [kept("blame", file).status, /no such file/.test(kept("blame", file).stderr)],
      [2, true],
    );
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0, 1, 2]));
    assert.deepEqual([kept("blame", file).status, /utf-8/i.test(kept("blame", file).stderr)], [2, true]);
    assert.deepEqual(origins(), [["ai/github-copilot/chat/gpt-5", 1, 8]]);
  });

  test("a file whose name changes by a capital letter behind the editor's back is another's, and nobody's", async () => {
    writeFileSync(path.join(work, "one/a.ts"), "chat();\n");
    await client.open(addressOf("one/a.ts"), "");
    await insert("one/a.ts", 2, "chat();\n", byChat);
    await close("one/a.ts");
    renameSync(path.join(work, "one/a.ts"), path.join(work, "one/A.ts"));
    await client.open(addressOf("one/A.ts"), "chat();\n");
    assert.deepEqual(ownersOf("one/A.ts"), ["unknown"]);
  });

  test("a link's text is what came from the disk, however its file was written", async () => {
    const file = path.join(work, "one/a.ts");
    writeFileSync(file, "");
    symlinkSync(file, path.join(work, "two/link.ts"));
    for (const name of ["one/a.ts", "two/link.ts"]) await client.open(addressOf(name), "");
    await insert("one/a.ts", 2, "chat();\n", byChat);
    writeFileSync(file, "chat();\n");
    await insert("two/link.ts", 2, "chat();\n", { reloaded: true, active: false, carets: 0 });
    assert.deepEqual(ownersOf("one/a.ts"), ["ai"]);
    assert.deepEqual(ownersOf("two/link.ts"), ["external"]);
  });

  test("a clock that is set back and on leaves each edit on the day it says", async () => {
    await client.open(addressOf("one/a.ts"), "");
    for (const [index, years] of [-20, 20, 0].entries()) {
      await insert("one/a.ts", index + 2, "x", { at: Date.now() + years * year });
    }
    assert.deepEqual(origins(), [["human", 1, 1]], "of the last month");
    writeFileSync(path.join(work, "one/a.ts"), "xxx");
    assert.deepEqual(ownersOf("one/a.ts"), ["human"]);
    assert.deepEqual(await drops(), {});
  });

  test("a workspace is left as it is", async () => {
    await client.open(addressOf("one/a.ts"), "");
    await insert("one/a.ts", 2, "x");
    assert.deepEqual(
      ["one", "two"].flatMap((root) => readdirSync(path.join(work, root))),
      [],
    );
  });
});
