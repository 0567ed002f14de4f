import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { digestMarkdown } from "../../core/report/digest.ts";
import type { Coach } from "../../protocol/coaching.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { Reply } from "../../protocol/errors.ts";
import { ruleOf } from "../support/coaching/situation.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");

/** Chance holds one in ten out: of six, all of them once in a million. */
const rules = Array.from({ length: 6 }, (_, index) =>
  ruleOf({ id: `OWN${index}`, when: "ai.edits >= 0", message: "{ai.edits|AI edit|AI edits} in a month." }),
);

suite("Advice of the real server", () => {
  let home: string;
  let work: string;
  let client: TestClient | undefined;

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-advice-"));
    work = path.join(home, "work");
    mkdirSync(path.join(work, ".kept/rules"), { recursive: true });
    writeFileSync(path.join(work, ".kept/rules/own.json"), JSON.stringify({ rules }));
    writeFileSync(path.join(work, ".kept/rules/wrong.json"), '{ "rules": [\n{ "id": "W" }\n] }');
  });
  teardown(async () => {
    await client?.kill();
    client = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (settings: object = {}) => {
    client = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(work).href],
      initializationOptions: {
        window: "11111111-1111-4111-8111-111111111111",
        settings: { editDays: 90, sumMonths: 25, ...settings },
      },
    });
    await client.until(() => client!.statuses.length > 0, "the server runs");
  };

  const stop = async () => {
    await client!.stop();
    client = undefined;
  };

  const coach = async (method = "kept/coach", params: object = {}): Promise<Coach> => {
    const reply = await client!.ask<Reply<Coach>>(method, params);
    assert.ok(reply.ok);
    return reply.value;
  };

  test("follows a trusted folder's rules, and remembers over a restart what was answered", async () => {
    await start();
    const { tip, problems } = await coach();
    assert.equal(tip?.message, "0 AI edits in a month.");
    assert.deepEqual([...new Set(problems.map(({ line }) => line))], [2]);
    await coach("kept/answerTip", { answer: "dismiss", tip: tip.id });
    await stop();
    await start();
    const after = await coach();
    assert.deepEqual(
      after.tried.filter(({ id }) => id === tip.id).map(({ state }) => state),
      ["dismissed"],
    );
    assert.notEqual(after.tip?.id, tip.id);
  });

  test("reads no rules of a folder that is not trusted, and nothing at all while it is off", async () => {
    await start({ trusted: false });
    const untrusted = await coach();
    assert.equal(untrusted.tip, null);
    assert.deepEqual(untrusted.problems, []);
    await stop();
    await start({ coaching: "off" });
    assert.equal((await coach()).isOn, false);
  });

  test("gives the same week as the command line", async () => {
    await start();
    const reply = await client!.ask<Reply<Digest>>("kept/digest", {});
    await stop();
    const env = { ...process.env, KEPT_HOME: path.join(home, "kept"), HOME: home };
    const { stdout } = spawnSync(process.execPath, [cli, "digest"], { env, encoding: "utf8" });
    assert.ok(reply.ok);
    assert.equal(stdout, digestMarkdown(reply.value));
    assert.match(stdout, /^# Your week/);
  });
});
