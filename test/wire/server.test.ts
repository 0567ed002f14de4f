import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Reply } from "../../protocol/errors.ts";
import type { Report } from "../../protocol/report.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const uri = "file:///work/a.ts";

suite("The server process", () => {
  let home: string;
  const clients: TestClient[] = [];

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-server-"));
  });

  teardown(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop().catch(() => client.kill())));
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (options: Partial<Parameters<typeof TestClient.start>[0]> = {}) => {
    const client = await TestClient.start({ home, ...options });
    clients.push(client);
    return client;
  };

  const report = (): Report =>
    JSON.parse(
      execFileSync(process.execPath, [cli, "report", "--json"], {
        env: { ...process.env, KEPT_HOME: home },
        encoding: "utf8",
      }),
    ) as Report;

  const origins = () =>
    report().origins.map(({ origin, edits, insertedChars, keptChars }) => [
      origin,
      edits,
      insertedChars,
      keptChars,
    ]);

  test("records a typed key and a programmatic edit as two edits with different origins", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.observe(typed({ sequence: 1, uri, version: 2 }));
    await client.change(uri, 3, [0, 1, 0, 1], "const answer = 42;");
    await client.observe(
      typed({
        sequence: 2,
        uri,
        version: 3,
        active: false,
        carets: 0,
        changes: [{ offset: 1, deletedLength: 0, insertedLength: 18 }],
      }),
    );
    await client.until(() => client.acknowledged === 2, "both are committed");
    assert.deepEqual(origins(), [
      ["unknown", 1, 18, 18],
      ["human", 1, 1, 1],
    ]);
  });

  test("does not care whether the change or what is known of it comes first", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.observe(typed({ sequence: 1, uri, version: 2 }));
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.change(uri, 3, [0, 1, 0, 1], "y");
    await client.ask("kept/flush", {});
    // The second key was committed as unknown; what is known of it comes later and sharpens it.
    assert.deepEqual(origins(), [
      ["human", 1, 1, 1],
      ["unknown", 1, 1, 1],
    ]);
    await client.observe(typed({ sequence: 2, uri, version: 3 }));
    await client.until(() => client.acknowledged === 2, "the second is committed");
    assert.deepEqual(origins(), [["human", 2, 2, 2]]);
  });

  test("takes the editor's own account over everything else, and follows what is kept of it", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "hello world");
    await client.observe(
      typed({
        sequence: 1,
        uri,
        version: 2,
        changes: [{ offset: 0, deletedLength: 0, insertedLength: 11 }],
        detailedReason: {
          source: "inlineCompletionAccept",
          metadata: { source: "inlineCompletionAccept", $extensionId: "github.copilot", $nes: false },
        },
      }),
    );
    await client.change(uri, 3, [0, 5, 0, 11], "");
    await client.observe(
      typed({ sequence: 2, uri, version: 3, changes: [{ offset: 5, deletedLength: 6, insertedLength: 0 }] }),
    );
    await client.until(() => client.acknowledged === 2, "both are committed");
    assert.deepEqual(origins()[0], ["ai/github-copilot/completion/unknown", 1, 11, 5]);
  });

  test("loses nothing acknowledged when it is killed, and records what was edited in the gap once", async () => {
    const window = randomUUID();
    const first = await start({ window });
    await first.open(uri, "");
    await first.change(uri, 2, [0, 0, 0, 0], "ab");
    const claude = {
      changes: [{ offset: 0, deletedLength: 0, insertedLength: 2 }],
      detailedReason: { source: "Chat.applyEdits", metadata: { source: "Chat.applyEdits", $$mode: "agent" } },
    };
    const observations = [typed({ sequence: 1, uri, version: 2, ...claude })];
    await first.observe(...observations);
    await first.until(() => first.acknowledged === 1, "the first is committed");
    // Sent, but the server dies before anything of it is committed.
    observations.push(
      typed({ sequence: 2, uri, version: 3, changes: [{ offset: 2, deletedLength: 0, insertedLength: 1 }] }),
    );
    await first.change(uri, 3, [0, 2, 0, 2], "c");
    await first.observe(observations[1]);
    await first.kill();
    clients.splice(0);
    // Nobody listens: the text becomes "bcd".
    observations.push(
      typed({ sequence: 3, uri, version: 4, changes: [{ offset: 3, deletedLength: 0, insertedLength: 1 }] }),
      typed({ sequence: 4, uri, version: 5, changes: [{ offset: 0, deletedLength: 1, insertedLength: 0 }] }),
    );
    const second = await start({ window });
    await second.open(uri, "bcd", 5);
    // The window does not know what was committed before the end, so it sends everything again.
    await second.observe(...observations);
    await second.until(() => second.acknowledged === 4, "the gap is committed");
    assert.deepEqual(origins(), [
      ["ai/unknown/agent/unknown", 1, 2, 1],
      ["human", 3, 2, 2],
    ]);
    await second.change(uri, 6, [0, 0, 0, 1], "");
    await second.observe(
      typed({ sequence: 5, uri, version: 6, changes: [{ offset: 0, deletedLength: 1, insertedLength: 0 }] }),
    );
    await second.until(() => second.acknowledged === 5, "the last is committed");
    assert.deepEqual(
      origins()[0],
      ["ai/unknown/agent/unknown", 1, 2, 0],
      "spans from before the end still count",
    );
  });

  test("shares one database with another window, and both learn of each other's edits", async () => {
    const one = await start();
    const other = await start();
    await one.open("file:///work/one.ts", "");
    await other.open("file:///work/other.ts", "");
    await one.change("file:///work/one.ts", 2, [0, 0, 0, 0], "x");
    await one.observe(typed({ sequence: 1, uri: "file:///work/one.ts", version: 2 }));
    await one.until(() => one.acknowledged === 1, "the first window's key is committed");
    await other.until(() => other.changes > 0, "the other window is told");
    await other.change("file:///work/other.ts", 2, [0, 0, 0, 0], "y");
    await other.observe(typed({ sequence: 1, uri: "file:///work/other.ts", version: 2 }));
    await other.until(() => other.acknowledged === 1, "the other window's key is committed");
    const reply = await one.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.equal(reply.ok && reply.value.edits, 2);
  });

  test("drops and counts what has no agreed form, and takes in what comes beside it", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.observe(
      { sequence: 1, uri, nonsense: true },
      "not even an object",
      typed({ sequence: 2, uri, version: 2 }),
      { ...typed({ sequence: 3, uri, version: 3 }), extra: "field" },
    );
    await client.notify("kept/dropped", { name: "test", count: -1 });
    await client.notify("kept/observations", { observations: "none" });
    await client.until(() => client.acknowledged === 3, "all numbers are committed");
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.ok(reply.ok);
    assert.deepEqual(reply.value.drops.map(({ name, count }) => [name, count]).sort(), [
      ["message.malformed", 1],
      ["observation.malformed", 4],
    ]);
    assert.deepEqual(origins(), [["human", 1, 1, 1]]);
  });

  test("answers every request, a malformed one with what is wrong", async () => {
    const client = await start();
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 0, scope: "all", more: 1 });
    assert.equal(reply.ok, false);
    assert.equal(!reply.ok && reply.problem.code, "request.invalid");
    assert.match(!reply.ok ? String(reply.problem.details["reason"]) : "", /days/);
  });

  test("serves an editor that knows nothing of Kept", async () => {
    const client = await start({ initializationOptions: undefined });
    await client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "plaintext", version: 1, text: "" },
    });
    await client.change(uri, 2, [0, 0, 0, 0], "from elsewhere");
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.ok(reply.ok);
    assert.deepEqual(
      reply.value.origins.map(({ origin, insertedChars }) => [origin.kind, insertedChars]),
      [["unknown", 14]],
    );
  });

  test("writes no text of the document into any file", async () => {
    const canary = "canary7Qx-secret-of-the-user";
    const client = await start();
    await client.open(uri, `${canary}-at-opening`);
    await client.change(uri, 2, [0, 0, 0, 0], `${canary}-typed`);
    await client.observe(
      typed({
        sequence: 1,
        uri,
        version: 2,
        changes: [{ offset: 0, deletedLength: 0, insertedLength: canary.length + 6 }],
      }),
    );
    await client.until(() => client.acknowledged === 1, "the edit is committed");
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    assert.ok(files.some(({ name }) => name === "kept.db"));
    for (const { name, parentPath } of files) {
      const bytes = readFileSync(path.join(parentPath, name));
      assert.equal(bytes.includes(canary), false, `${name} holds the document's text`);
      assert.equal(
        bytes.includes(Buffer.from(canary, "utf16le")),
        false,
        `${name} holds the document's text`,
      );
    }
  });

  test("commits what it has when the editor dies without a word", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.observe(typed({ sequence: 1, uri, version: 2 }));
    // The answer comes after all that was sent before it.
    await client.ask("kept/detector", {});
    await client.endInput();
    clients.splice(0);
    assert.deepEqual(origins(), [["human", 1, 1, 1]]);
  });

  test("survives document sync without the agreed form, and counts it", async () => {
    const client = await start();
    await client.open(uri, "");
    const textDocument = { uri, version: 2 };
    for (const contentChanges of ["nope", [null], [{ text: 5 }], [{ range: null, text: "x" }]]) {
      await client.notify("textDocument/didChange", { textDocument, contentChanges });
    }
    await client.notify("textDocument/didOpen", { textDocument: { uri: "file:///other.ts" } });
    await client.observe({ ...typed({ sequence: 1, uri, version: 2 }), at: 9e15 });
    await client.change(uri, 2, [0, 0, 0, 0], "x");
    await client.observe(typed({ sequence: 2, uri, version: 2 }));
    await client.until(() => client.acknowledged === 2, "what has the form is committed");
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.ok(reply.ok);
    assert.deepEqual(reply.value.drops.map(({ name, count }) => [name, count]).sort(), [
      ["observation.malformed", 1],
      ["sync.malformed", 5],
    ]);
    assert.deepEqual(origins(), [["human", 1, 1, 1]]);
  });
});
