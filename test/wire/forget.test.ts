import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Reply } from "../../protocol/errors.ts";
import type { Forgotten } from "../../protocol/forget.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { DocumentLines } from "../../protocol/provenance.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const planted = "canary-7f3ab1";
const secret = `file:///work/${planted}-repository`;
const other = "file:///work/other";

/** Text by an AI whose model has a planted name. */
function byModel(model: string, length: number): Partial<Observation> {
  return {
    active: false,
    carets: 0,
    changes: [{ offset: 0, deletedLength: 0, insertedLength: length }],
    detailedReason: {
      source: "Chat.applyEdits",
      metadata: { source: "Chat.applyEdits", $extensionId: "github.copilot-chat", $modelId: model },
    },
  };
}

suite("Deleting, with two windows open", () => {
  let home: string;
  let one: TestClient;
  let two: TestClient;

  setup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-forget-"));
    [one, two] = await Promise.all([start(), start()]);
  });
  teardown(async () => {
    await Promise.all([one, two].map((client) => client.stop().catch(() => client.kill())));
    rmSync(home, { recursive: true, force: true });
  });

  const start = () => TestClient.start({ home, folders: [secret, other] });

  const kept = (...args: string[]) => {
    const ended = spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, KEPT_HOME: home },
      encoding: "utf8",
    });
    assert.equal(ended.status, 0, ended.stderr);
    return ended.stdout;
  };

  /** Every file in which a planted text lies, byte by byte. */
  const filesWith = (text: string) =>
    readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => {
      const content = readFileSync(path.join(home, name));
      return content.includes(text, 0, "utf8") || content.includes(text, 0, "utf16le");
    });

  const textOf = (version: number) => "x".repeat(version * 7);

  /** A document with edits of a window, one of them of a model with a planted name. */
  const record = async (client: TestClient, uri: string, model: string, from = 1) => {
    await client.notify("kept/opened", { uri, session: 1 });
    await client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: `${planted}-language`, version: 1, text: "" },
    });
    for (let version = 2; version < 30; version++) {
      const text = textOf(version);
      await client.change(uri, version, [0, 0, 0, 0], text);
      const known = version % 2 === 0 ? byModel(model, text.length) : {};
      const changes = [{ offset: 0, deletedLength: 0, insertedLength: text.length }];
      await client.observe(typed({ sequence: from + version - 2, uri, version, changes, ...known }));
    }
    await client.until(() => client.acknowledged === from + 27, "all is written");
  };

  const editsIn = async (client: TestClient) => {
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.ok(reply.ok);
    return reply.value.edits;
  };

  test("leaves no byte of a repository in any file, and what else there is untouched", async () => {
    await record(one, `${secret}/a.ts`, `${planted}-model`);
    await record(two, `${other}/b.ts`, "gpt-5");
    await record(two, `${secret}/c.ts`, `${planted}-model`, 29);
    assert.notDeepEqual(filesWith(`${planted}-repository`), [], "it was planted");
    const folder = path.join("/work", `${planted}-repository`);
    const tried = kept("forget", "--repository", folder, "--dry-run", "--json");
    const { dryRun, forgotten } = JSON.parse(tried) as { dryRun: boolean; forgotten: Forgotten };
    assert.deepEqual([dryRun, forgotten.edits, forgotten.documents], [true, 56, 2]);
    assert.notDeepEqual(filesWith(`${planted}-repository`), [], "a trial deletes nothing");
    kept("forget", "--repository", folder);
    assert.deepEqual(filesWith(`${planted}-repository`), []);
    assert.deepEqual(filesWith(`${planted}-model`), []);
    assert.equal(await editsIn(one), 28);
    await one.until(() => one.changes > 1, "the window is told");
    await one.stop();
    await two.stop();
    assert.deepEqual(filesWith(`${planted}-repository`), [], "nobody wrote it back");
    [one, two] = await Promise.all([start(), start()]);
    assert.equal(await editsIn(two), 28);
  });

  test("leaves nothing at all, and records on in the windows that are open", async () => {
    await record(one, `${secret}/a.ts`, `${planted}-model`);
    await record(two, `${secret}/b.ts`, `${planted}-model`);
    const key = readFileSync(path.join(home, "device.key"));
    writeFileSync(path.join(home, "kept.db.corrupt-2026-01-01T00-00-00-000Z"), `${planted} in a damaged one`);
    kept("forget", "--all");
    assert.deepEqual(filesWith(planted), []);
    assert.deepEqual(filesWith(one.window), []);
    assert.ok(!existsSync(path.join(home, "device.key")));
    assert.equal(await editsIn(one), 0);
    const uri = `${secret}/a.ts`;
    await one.change(uri, 30, [0, 0, 0, 0], "y");
    await one.observe(typed({ sequence: 29, uri, version: 30 }));
    await one.until(() => one.acknowledged === 29, "what follows is recorded");
    assert.equal(await editsIn(two), 1);
    assert.notDeepEqual(readFileSync(path.join(home, "device.key")), key);
  });

  test("is not undone by a window that had not written yet what it held", async function () {
    if (process.platform === "win32") this.skip();
    await record(one, `${secret}/a.ts`, `${planted}-model`);
    await record(two, `${secret}/b.ts`, `${planted}-model`);
    await two.until(() => two.statuses.length > 0, "it says who it is");
    const { processId } = two.statuses[0]!;
    process.kill(processId, "SIGSTOP");
    try {
      const uri = `${secret}/b.ts`;
      for (let version = 30; version < 40; version++) {
        await two.change(uri, version, [0, 0, 0, 0], "z");
        await two.observe(typed({ sequence: version - 1, uri, version }));
      }
      kept("forget", "--tool", "github-copilot");
      kept("forget", "--repository", path.join("/work", `${planted}-repository`));
    } finally {
      process.kill(processId, "SIGCONT");
    }
    await two.until(() => two.acknowledged === 38, "it goes on");
    assert.equal(await editsIn(one), 0);
    assert.deepEqual(filesWith(`${planted}-repository`), []);
    const drops = JSON.parse(kept("doctor", "--json")) as { drops: { name: string; count: number }[] };
    assert.deepEqual(drops.drops, [{ name: "edit.forgotten", count: 10 }]);
  });

  test("deletes by the window's own wish, and its open text is nobody's", async () => {
    const uri = `${secret}/a.ts`;
    await record(one, uri, `${planted}-model`);
    const scope = { repository: null, tool: "github-copilot", from: null, to: null };
    const tried = await one.ask<Reply<Forgotten>>("kept/forget", { scope, dryRun: true });
    const done = await one.ask<Reply<Forgotten>>("kept/forget", { scope, dryRun: false });
    assert.ok(tried.ok && done.ok);
    assert.deepEqual(tried.value, done.value);
    assert.equal(done.value.edits, 14);
    assert.deepEqual(filesWith(`${planted}-model`), []);
    const lines = await one.ask<Reply<DocumentLines>>("kept/lines", { uri });
    assert.ok(lines.ok);
    assert.deepEqual(
      lines.value.shares.map(({ origin }) => origin.kind),
      ["unknown"],
    );
  });
});
