import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { recordsFound } from "../../../../server/agents/reading/recordsFound.ts";
import { triedRecords } from "../../../../server/agents/reading/triedRecords.ts";
import { doctorCommand } from "../../../../server/commands/doctor.ts";
import { HookSpool } from "../../../../server/hooks/spool.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { writeMadeHome } from "../../../support/agents/madeHome.ts";

const now = Date.UTC(2026, 10, 20);

suite("kept doctor", () => {
  let home: string;
  let session: string;
  let store: MemoryStore;
  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-doctor-"));
    store = new MemoryStore({ now: () => now });
    session = path.join(home, ".claude", "projects", "-work", "drifted.jsonl");
    mkdirSync(path.dirname(session), { recursive: true });
  });
  teardown(() => rmSync(home, { recursive: true }));

  const doctor = (...args: string[]) => {
    const around = { platform: "linux", userHome: home, environment: {} };
    const { stdout } = doctorCommand(args, {
      folder: path.join(home, "kept"),
      inContainer: false,
      versions: { kept: "1", node: "24", napi: "10" },
      openStore: () => store,
      tools: { list: () => [] },
      spool: new HookSpool(path.join(home, "kept")),
      findRecords: () => recordsFound(around),
      tryRecords: (tool) => triedRecords(around, tool, now),
    });
    return stdout;
  };
  /** As Claude Code writes answers. */
  const answers = (count: number, tokens: object) =>
    Array.from(
      { length: count },
      (_, index) =>
        `${JSON.stringify({
          type: "assistant",
          sessionId: "s",
          requestId: `r${index}`,
          timestamp: "2026-11-01T10:00:00.000Z",
          message: {
            id: `m${index}`,
            role: "assistant",
            model: "claude-opus-4-6",
            content: [{ type: "text", text: "a" }],
            usage: tokens,
          },
        })}\n`,
    ).join("");
  const drifted = answers(25, { tokens_in: 1, tokens_out: 2 });
  const sound = answers(25, { input_tokens: 1, output_tokens: 2 });
  const heard = (at: number, notUnderstood: number) =>
    store.figures.write({
      heard: [{ tool: "claude-code", way: "log", at, taken: 9, notUnderstood, isAll: true }],
    });
  const writtenAt = () => statSync(session).mtimeMs;

  // The file as a whole is one more that is not understood.
  test("reads the newest records by itself where no editor has, and names what it does not understand", () => {
    writeFileSync(session, drifted);
    assert.match(doctor(), /read just now, all of them: 0 requests and edits, 26 not understood$/m);
    assert.ok(doctor().includes(`    - ${session}:1: `), doctor());
    assert.match(doctor(), /^ {2}- What is not understood may be of a newer form: update Kept\.$/m);
    writeFileSync(session, sound);
    assert.match(doctor(), /read just now, all of them: 25 requests and edits, 0 not understood$/m);
    assert.doesNotMatch(doctor(), /update Kept/);
  });

  test("reads every tool of a home, and stores nothing", () => {
    writeMadeHome(home, 3, 2);
    const { tools } = JSON.parse(doctor("--json")) as {
      tools: { tool: string; tried: { files: number; taken: number; notUnderstood: number } | null }[];
    };
    const tried = tools.flatMap((each) => (each.tried ? [each] : []));
    assert.deepEqual(tried.map(({ tool }) => tool).sort(), ["claude-code", "codex"]);
    for (const { tool, tried: read } of tried) {
      assert.ok(read!.files > 0 && read!.taken > 0, tool);
      assert.equal(read!.notUnderstood, 0, tool);
    }
    assert.deepEqual(store.figures.heard(), []);
  });

  test("leaves it to an editor that has read all of it and understood it, and to no other", () => {
    writeFileSync(session, drifted);
    heard(writtenAt() - 10, 0);
    assert.match(doctor(), /read just now/);
    heard(writtenAt(), 0);
    assert.doesNotMatch(doctor(), /read just now/);
    // So that it can say where.
    heard(writtenAt(), 3);
    assert.match(doctor(), /3 not understood, the last at .*\n {2}- read just now, .* 26 not understood/);
  });

  test("reads no more than what one waits for, and says so", () => {
    writeFileSync(session, "");
    truncateSync(session, 65_000_000);
    assert.match(doctor(), /too long to be read here, and no editor has read all of them/);
    const small = path.join(path.dirname(session), "small.jsonl");
    writeFileSync(small, sound);
    utimesSync(small, 1, 1);
    assert.match(doctor(), /read just now, the newest 1 of them: 25 requests and edits/);
  });
});
