import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ToolEditLines, ToolRequest } from "../../../../core/tools/toolRecords.ts";
import type { RecordsRead } from "../../../../server/agents/reading/recordWatch.ts";
import { RequestIntake } from "../../../../server/agents/requestIntake.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import type { Written } from "../../../../server/store/store.ts";
import { hostAt } from "../../../support/hostAt.ts";

const now = Date.UTC(2026, 2, 10, 12);
const day = 86_400_000;
const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const settings = { editDays: 90, otherHomes: [], prices: [] };

function requestOf(change: Partial<ToolRequest> = {}): ToolRequest {
  const tokens = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
  return {
    tool: "codex",
    session: "s",
    id: "r",
    at: now - day,
    model: "gpt-5",
    tokens,
    isSubagent: false,
    ...change,
  };
}

function readOf(change: Partial<RecordsRead> = {}): RecordsRead {
  return {
    at: now,
    edits: [],
    requests: [],
    taskEdits: [],
    allowances: [],
    problems: {},
    goesOn: false,
    ...change,
  };
}

function editOf(change: Partial<ToolEditLines> = {}): ToolEditLines {
  return {
    tool: "codex",
    mode: "agent",
    model: "gpt-5",
    session: "s",
    call: "c",
    at: now - day,
    path: "/work/a.ts",
    outcome: "applied",
    linesAdded: 1,
    linesDeleted: 0,
    ...change,
  };
}

suite("Taking in what tools record of requests", () => {
  let at: number;
  let store: MemoryStore;
  let drops: Record<string, number>;
  let outcome: Written | undefined;
  let may: "yes" | "no" | "unknown";
  setup(() => {
    at = now;
    store = new MemoryStore({ now: () => at });
    drops = {};
    outcome = undefined;
    may = "yes";
  });

  const intakeOf = () =>
    new RequestIntake({
      host: { ...hostAt(now), now: () => at, elapsedMs: () => at },
      store: {
        readNote: (name) => store.readNote(name),
        writeNote: (name, text) => store.writeNote(name, text),
        requests: Object.assign(Object.create(store.requests) as typeof store.requests, {
          write: (batch: Parameters<typeof store.requests.write>[0]) =>
            outcome ?? store.requests.write(batch),
        }),
      },
      ledger: { drop: (name, count) => (drops[name] = (drops[name] ?? 0) + count) },
      teller: { recordable: (edits, take) => take(edits.map((edit) => ({ edit, may }))) },
      hashText: (text) => `hash of ${text}`,
    });
  const requests = () => store.requests.sums(everything).reduce((sum, row) => sum + row.requests, 0);

  test("begins as long ago as single requests are kept, and goes on where it was left", () => {
    const intake = intakeOf();
    assert.equal(intake.start(settings), now - 90 * day);
    intake.take(readOf({ requests: [requestOf()] }));
    const again = intakeOf().start(settings);
    assert.ok(again > now - 60_000 && again < now, String(again));
    assert.equal(intakeOf().start({ ...settings, otherHomes: ["/other"] }), now - 90 * day);
    const prices = [{ model: "gpt-5", input: 1, output: 1 }];
    assert.equal(intakeOf().start({ ...settings, prices }), now - 90 * day);
  });

  test("does not go on where it was left before all of a look is written", () => {
    const intake = intakeOf();
    intake.start(settings);
    intake.take(readOf({ requests: [requestOf()], goesOn: true }));
    assert.equal(intakeOf().start(settings), now - 90 * day);
    outcome = { outcome: "retry", problem: { code: "store.full", details: { reason: "" } } };
    intake.take(readOf({ requests: [requestOf({ id: "r2" })] }));
    assert.equal(intakeOf().start(settings), now - 90 * day);
    outcome = undefined;
    intake.take(readOf());
    assert.equal(requests(), 2);
    assert.ok(intakeOf().start(settings) > now - 60_000);
  });

  test("gives up what cannot be written for long, and counts it", () => {
    const intake = intakeOf();
    intake.start(settings);
    outcome = { outcome: "retry", problem: { code: "store.full", details: { reason: "" } } };
    const many = Array.from({ length: 20_005 }, (_, index) => requestOf({ id: String(index) }));
    intake.take(readOf({ requests: many }));
    assert.deepEqual(drops, { "request.overflow": 5 });
  });

  test("keeps the address of a file only where it is recorded, and leaves out what is not", () => {
    const intake = intakeOf();
    intake.start(settings);
    for (const [said, call] of [
      ["yes", "c1"],
      ["no", "c2"],
      ["unknown", "c3"],
    ] as const) {
      may = said;
      intake.take(readOf({ taskEdits: [editOf({ call })] }));
    }
    const [task] = store.requests.tasks(everything);
    const uris = store.requests.editsOf(task!.key).map(({ uri }) => uri);
    assert.deepEqual(uris.sort(), ["", pathToFileURL("/work/a.ts").href]);
  });

  test("takes in what agents did besides writing in the last 30 days: hashed, and of secrets the kind", () => {
    const intake = intakeOf();
    intake.start(settings);
    const step = { tool: "codex", session: "s", at: now - day, folder: "/work" } as const;
    const read = readOf({
      steps: [
        { ...step, id: "1", kind: "failed", subject: "npm test" },
        { ...step, id: "2", kind: "secret", subject: "environment file" },
        { ...step, id: "3", kind: "read" },
        { ...step, id: "4", kind: "read", at: now - 31 * day },
      ],
      taskEdits: [
        editOf({ assertsOtherwise: true }),
        editOf({ call: "d", outcome: "rejected", assertsOtherwise: true }),
      ],
    });
    intake.take(read);
    intake.take(read);
    assert.deepEqual(
      store.requests
        .stepsSince(0)
        .map(({ kind, subject }) => [kind, subject])
        .sort(),
      [
        ["assertion", null],
        ["failed", "hash of run npm test"],
        ["read", null],
        ["secret", "environment file"],
      ],
    );
  });

  test("leaves out what was done where a policy forbids recording, in that folder and below", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "kept-policy-"));
    try {
      const below = path.join(folder, "below");
      mkdirSync(path.join(folder, ".kept"));
      mkdirSync(below);
      writeFileSync(path.join(folder, ".kept", "policy.json"), '{"record": false}');
      const intake = intakeOf();
      intake.start(settings);
      const folders = [folder, below, os.tmpdir(), undefined, "relative", "//server/share"];
      intake.take(
        readOf({ requests: folders.map((each, index) => requestOf({ id: `r${index}`, folder: each })) }),
      );
      assert.equal(requests(), 4);
      writeFileSync(path.join(folder, ".kept", "policy.json"), "no JSON");
      at += 31_000;
      intake.take(readOf({ requests: [requestOf({ id: "later", folder })] }));
      assert.equal(requests(), 4);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
