import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Reply } from "../../protocol/errors.ts";
import { summarySchema, type Summary } from "../../protocol/summary.ts";
import { claudeAnswer } from "../support/agents/logLines.ts";
import { GitPlayground } from "../support/git/repository.ts";
import { TestClient } from "../support/wire/languageClient.ts";

suite("The first minute", () => {
  const play = new GitPlayground();
  let home: string;
  let client: TestClient;

  setup(() => (home = mkdtempSync(path.join(os.tmpdir(), "kept-first-"))));
  teardown(async () => {
    await client.stop().catch(() => client.kill());
    rmSync(home, { recursive: true, force: true });
  });
  suiteTeardown(() => play.remove());

  async function summary(scope: "all" | "workspace"): Promise<Summary> {
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 30, scope });
    assert.ok(reply.ok);
    return summarySchema.parse(reply.value);
  }

  test("tells of the month before from the tools' logs and of the repository's history, and is not asked twice", async () => {
    const log = path.join(home, ".claude", "projects", "-work", "one.jsonl");
    mkdirSync(path.dirname(log), { recursive: true });
    const session = "00000000-aaaa-4bbb-8ccc-000000000000";
    const lines = [3, 2, 90].map((days, index) =>
      claudeAnswer(
        { session: index === 2 ? "older" : session, at: Date.now() - days * 24 * 3_600_000 },
        { id: `msg_${index}`, usage: { input: 10, output: 10 } },
      ),
    );
    writeFileSync(log, `${lines.join("\n")}\n`);
    play.make("work");
    play.commit("work", "a.ts", "first line\nsecond line\n");
    client = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(play.at("work")).href],
      initializationOptions: {
        window: "11111111-1111-4111-8111-111111111111",
        settings: { editDays: 90, sumMonths: 25 },
      },
    });
    let shown = await summary("all");
    for (const end = Date.now() + 60_000; Date.now() < end; shown = await summary("workspace")) {
      if (shown.before?.state === "done" && shown.fates) break;
      await wait(100);
    }
    assert.equal(shown.before?.state, "done");
    const [tool, ...others] = shown.before.tools;
    assert.deepEqual([tool!.tool, tool!.tasks, tool!.requests, others.length], ["claude-code", 1, 2, 0]);
    assert.equal(shown.fates?.repositories, 1);
    assert.equal(shown.edits, 0, "it is in no other number");
    const stopped = await client.ask<Reply<object>>("kept/stopHistory", {});
    assert.ok(stopped.ok);
    assert.equal((await summary("all")).before?.state, "done");
  });
});
