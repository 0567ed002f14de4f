import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ForgetScope } from "../../../protocol/forget.ts";
import { forgetData } from "../../../server/forgetData.ts";
import { HookSpool } from "../../../server/hooks/spool.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import { hostAt } from "../../support/hostAt.ts";

const at = Date.now();
const everything: ForgetScope = { repository: null, tool: null, from: null, to: null };
const host = hostAt(at);

suite("What hooks left, deleted with all else", () => {
  let folder: string;
  let spool: HookSpool;

  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kept-forget-"));
    spool = new HookSpool(folder);
    spool.open();
    for (const tool of ["codex", "claude-code"]) spool.leave(tool, Buffer.from("secret"), at, "one");
  });
  teardown(() => rmSync(folder, { recursive: true }));

  const forget = (scope: Partial<ForgetScope>, dryRun = false) =>
    forgetData(
      new MemoryStore({ now: () => at }),
      { host, folder },
      { scope: { ...everything, ...scope }, dryRun },
    );

  test("is gone unread, and hooks go on leaving what comes", async () => {
    await forget({}, true);
    assert.deepEqual(spool.waiting(), { codex: 1, "claude-code": 1 });
    await forget({});
    assert.deepEqual(spool.waiting(), {});
    spool.leave("codex", Buffer.from("later"), at, "two");
    assert.deepEqual(spool.waiting(), { codex: 1 });
  });

  test("of one tool is that tool's alone, and of a part of the past it is not", async () => {
    await forget({ from: "2026-01-01" });
    await forget({ tool: "codex", to: "2026-01-01" });
    assert.deepEqual(spool.waiting(), { codex: 1, "claude-code": 1 });
    await forget({ tool: "codex" });
    assert.deepEqual(spool.waiting(), { "claude-code": 1 });
  });

  test("is nothing where no tool was ever connected", async () => {
    spool.close();
    assert.equal((await forget({})).outcome, "forgotten");
  });
});
