import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { blameSchema } from "../../protocol/blame.ts";
import type { Observation } from "../../protocol/observation.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const byChat: Partial<Observation> = {
  detailedReason: {
    source: "Chat.applyEdits",
    metadata: { source: "Chat.applyEdits", $extensionId: "github.copilot-chat", $modelId: "gpt-5" },
  },
};

suite("A file in a repository whose branches are switched", () => {
  let home: string;
  let file: string;
  let uri: string;
  let client: TestClient | undefined;
  let sequence = 0;

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: path.dirname(file),
      env: { ...process.env, GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_NOSYSTEM: "1" },
      stdio: "pipe",
    });

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-branches-"));
    file = path.join(mkdtempSync(path.join(os.tmpdir(), "kept-repository-")), "a.ts");
    uri = pathToFileURL(file).href;
    sequence = 0;
    git("init", "-q", "-b", "main");
    writeFileSync(file, "base();\n");
    git("add", ".");
    git("commit", "-q", "-m", "base");
    git("branch", "other");
  });

  teardown(async () => {
    await client?.kill();
    client = undefined;
    rmSync(home, { recursive: true, force: true });
    rmSync(path.dirname(file), { recursive: true, force: true });
  });

  const start = async () => {
    client = await TestClient.start({ home, folders: [pathToFileURL(path.dirname(file)).href] });
    sequence = 0;
    return client;
  };

  const stop = async () => {
    await client!.stop();
    client = undefined;
  };

  /** A change of the whole first lines, as the editor tells of it. */
  const change = async (version: number, before: string, inserted: string, known: Partial<Observation>) => {
    const lines = before.split("\n").length - 1;
    await client!.observe(
      typed({
        sequence: ++sequence,
        uri,
        version,
        changes: [{ offset: 0, deletedLength: before.length, insertedLength: inserted.length }],
        ...known,
      }),
    );
    await client!.change(uri, version, [0, 0, lines, 0], inserted);
    await client!.until(() => client!.acknowledged === sequence, "the change is written");
  };

  const kept = () => {
    const ended = spawnSync(process.execPath, [cli, "blame", file, "--json"], {
      env: { ...process.env, KEPT_HOME: home },
      encoding: "utf8",
    });
    assert.equal(ended.status, 0, ended.stderr);
    const { lines } = blameSchema.parse(JSON.parse(ended.stdout));
    return lines.map(({ origin, retention }) => [origin.kind, retention]);
  };

  const writeByChat = async () => {
    const running = await start();
    await running.open(uri, "base();\n");
    await change(2, "", "chat();\n", byChat);
    writeFileSync(file, "chat();\nbase();\n");
    git("commit", "-q", "-a", "-m", "by chat");
  };
  const all = [
    ["ai", 1],
    ["unknown", null],
  ];

  test("gets its owners back when the editor reads it again", async () => {
    await writeByChat();
    git("checkout", "-q", "other");
    assert.equal(readFileSync(file, "utf8"), "base();\n");
    await change(3, "chat();\nbase();\n", "base();\n", { reloaded: true });
    git("checkout", "-q", "main");
    await change(4, "base();\n", "chat();\nbase();\n", { reloaded: true });
    await stop();
    assert.deepEqual(kept(), all);
  });

  test("gets its owners back when nobody had it open", async () => {
    await writeByChat();
    await stop();
    git("checkout", "-q", "other");
    await (await start()).open(uri, "base();\n");
    await stop();
    git("checkout", "-q", "main");
    assert.deepEqual(kept(), all);
  });

  test("has lost what another program took out, even if it puts it back", async () => {
    await writeByChat();
    writeFileSync(file, "base();\n");
    await change(3, "chat();\nbase();\n", "base();\n", { reloaded: true });
    writeFileSync(file, "chat();\nbase();\n");
    await change(4, "base();\n", "chat();\nbase();\n", { reloaded: true });
    await stop();
    assert.deepEqual(kept()[0], ["external", 1]);
  });
});
