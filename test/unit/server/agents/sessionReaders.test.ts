import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Tasks } from "../../../../core/requests/tasks.ts";
import type { ToolEdit } from "../../../../core/tools/toolRecords.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import {
  anthropicUsage,
  clineSession,
  continueAnswer,
  continueSession,
  openAiUsage,
} from "../../../support/agents/sessionRecords.ts";
import { droidSettings } from "../../../support/agents/chatRecords.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const replaced = { file_path: "/work/a.ts", old_string: "a", new_string: "b" };
const first = continueAnswer([{ id: "c1", name: "Edit", args: replaced, status: "done" }], openAiUsage);

suite("Sessions that are written anew with each message", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(tmpdir(), "kept-sessions-"))));
  teardown(() => rmSync(home, { recursive: true, force: true }));

  const put = (file: string, content: unknown) => {
    const place = path.join(home, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, JSON.stringify(content));
  };
  const watchSince = (since: number) =>
    new RecordWatch({
      around: { platform: "linux", userHome: home, environment: {} },
      since,
      requestsSince: since,
      now: () => Date.now(),
    });
  const short = (edits: readonly ToolEdit[]) =>
    edits.map(({ call, path: place, outcome, text }) => [call, place, outcome, text]);
  const pieces = (before: string, after: string) => ({ kind: "pieces", pieces: [{ before, after }] });

  test("of Continue tell each edit when it comes, with what became of it, and its tokens in both conventions", () => {
    put(".continue/sessions/sessions.json", [{ sessionId: "session-1", title: "a prompt" }]);
    put(".continue/sessions/session-1.json", continueSession([first]));
    const watch = watchSince(Date.now() - 60_000);
    const before = wholeLook(watch);
    assert.deepEqual(short(before.edits), [["c1", "/work/a.ts", "applied", pieces("a", "b")]]);
    const many = { filepath: "b.ts", edits: [{ old_string: "c", new_string: "d" }] };
    const calls = [
      { id: "c2", name: "MultiEdit", args: many, status: "canceled" },
      {
        id: "c3",
        name: "Write",
        args: { filepath: "/work/new.ts", content: "n\n" },
        status: "done",
        said: "Successfully created file: /work/new.ts",
      },
      { id: "c4", name: "Write", args: { filepath: "/work/old.ts", content: "o\n" }, status: "errored" },
      { id: "c5", name: "Bash", args: { command: "cat > c.txt <<'END'\nc\nEND" }, status: "calling" },
      { id: "c6", name: "Read", args: { filepath: "/work/a.ts" }, status: "done" },
    ];
    put(".continue/sessions/session-1.json", continueSession([first, continueAnswer(calls, anthropicUsage)]));
    const { edits, requests, problems } = wholeLook(watch);
    assert.deepEqual(short(edits), [
      ["c2", "/work/b.ts", "rejected", pieces("c", "d")],
      ["c3", "/work/new.ts", "applied", { kind: "whole", after: "n\n", before: "" }],
      ["c4", "/work/old.ts", "failed", { kind: "whole", after: "o\n" }],
      ["c5", "/work/c.txt", "proposed", { kind: "whole", after: "c\n" }],
    ]);
    assert.deepEqual(
      [...before.requests, ...requests].map(({ id, model, tokens, folder }) => [id, model, tokens, folder]),
      [
        [
          "session-1 c1",
          "gpt-5",
          { input: 200, output: 80, cacheRead: 1000, cacheWrite: 0, cacheWriteLong: 0, reasoning: 20 },
          "/work",
        ],
        [
          "session-1 c2",
          "claude-sonnet-4-5",
          { input: 200, output: 80, cacheRead: 1000, cacheWrite: 300, cacheWriteLong: 0, reasoning: 0 },
          "/work",
        ],
      ],
    );
    assert.deepEqual(problems, {});
    assert.deepEqual(wholeLook(watch).edits, []);
  });

  test("of Continue that were there before tell only what comes", () => {
    put(".continue/sessions/session-1.json", continueSession([first]));
    const watch = watchSince(Date.now() + 1000);
    assert.deepEqual(wholeLook(watch).edits, []);
    const later = { ...replaced, new_string: "later" };
    const second = continueAnswer([{ id: "c2", name: "Edit", args: later, status: "done" }], openAiUsage);
    put(".continue/sessions/session-1.json", continueSession([first, second]));
    const written = Math.trunc(Date.now() / 1000) + 60;
    utimesSync(path.join(home, ".continue/sessions/session-1.json"), written, written);
    const { edits, requests } = wholeLook(watch);
    assert.deepEqual(
      edits.map(({ call, at }) => [call, at]),
      [["c2", written * 1000]],
    );
    assert.deepEqual(
      requests.map(({ id }) => id),
      ["session-1 c2"],
    );
  });

  test("of Droid tell what a session took as one sum, which grows and is no request", () => {
    const watch = watchSince(Date.now() - 60_000);
    const file = path.join(home, ".factory/sessions/-work/droid-1.settings.json");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(droidSettings()));
    const [first] = wholeLook(watch).requests;
    assert.deepEqual(
      [first?.session, first?.model, first?.isSum, first?.latencyMs],
      ["droid-1", "claude-sonnet-4-5", true, undefined],
    );
    const tokens = { input: 6743, output: 1450 + 1088, cacheRead: 42_496, cacheWrite: 300 };
    assert.deepEqual(first?.tokens, { ...tokens, cacheWriteLong: 0, reasoning: 1088 });
    const later = {
      inputTokens: 7000,
      outputTokens: 1500,
      cacheReadTokens: 50_000,
      cacheCreationTokens: null,
    };
    writeFileSync(file, JSON.stringify(droidSettings({ tokenUsage: later, more: 1 })));
    const [second] = wholeLook(watch).requests;
    assert.deepEqual([second?.id, second?.tokens.cacheRead], [first?.id, 50_000]);
    for (const [index, tokenUsage] of [undefined, 5, { ...later, outputTokens: "5" }].entries()) {
      writeFileSync(file, JSON.stringify(droidSettings({ tokenUsage, index })));
      assert.deepEqual(wholeLook(watch).problems, { droid: 1 }, JSON.stringify(tokenUsage));
    }
    const tasks = new Tasks(() => 0.5);
    for (const request of [first, second!]) tasks.addRequest(request);
    const [task] = tasks.since(0);
    assert.deepEqual([task!.requests, task!.unpricedRequests, task!.costUsd], [0, 0, 0.5]);
    assert.deepEqual([task!.work.singleRequests, task!.work.tiers, task!.tokens.cacheRead], [0, {}, 50_000]);
  });

  test("of Continue say in its editor whether an edit that was shown was accepted", () => {
    const at = new Date().toISOString();
    const watch = watchSince(Date.now() - 60_000);
    const outcomes = path.join(home, ".continue/dev_data/0.2.0/editOutcome.jsonl");
    const usages = path.join(home, ".continue/dev_data/0.2.0/toolUsage.jsonl");
    mkdirSync(path.dirname(outcomes), { recursive: true });
    const shown = (accepted: boolean, more: object) =>
      `${JSON.stringify({ eventName: "editOutcome", timestamp: at, prompt: "a prompt", modelName: "gpt-5", accepted, ...more })}\n`;
    const code = { filepath: "file:///work/my%20a.ts", previousCode: "a", newCode: "b", completion: "b" };
    appendFileSync(outcomes, shown(true, code) + shown(false, { filepath: "/work/b.ts", lineChange: 1 }));
    const used = (accepted: boolean, succeeded: boolean) =>
      `${JSON.stringify({
        eventName: "toolUsage",
        timestamp: at,
        toolCallId: `call-${accepted}-${succeeded}`,
        functionName: "builtin_single_find_and_replace",
        toolCallArgs: JSON.stringify({ ...replaced, file_path: undefined, filepath: "file:///work/a.ts" }),
        accepted,
        succeeded,
      })}\n`;
    appendFileSync(usages, used(true, true) + used(true, false) + used(false, false));
    const { edits, problems } = wholeLook(watch);
    assert.deepEqual(
      edits.map(({ mode, path: place, outcome, text }) => [mode, place, outcome, text.kind]),
      [
        ["inlineChat", "/work/my a.ts", "applied", "pieces"],
        ["inlineChat", "/work/b.ts", "rejected", "unsaid"],
        ["agent", "/work/a.ts", "applied", "pieces"],
        ["agent", "/work/a.ts", "failed", "pieces"],
        ["agent", "/work/a.ts", "rejected", "pieces"],
      ],
    );
    assert.deepEqual(problems, {});
  });

  test("of Cline tell its edits, their outcomes, and tokens of which the cache is taken off", () => {
    const at = Date.now();
    const done = { query: "edit", result: "Edited /work/a.ts", success: true };
    const calls = [
      { name: "editor", input: { path: "/work/a.ts", old_text: "a", new_text: "b" }, result: done },
      { name: "editor", input: { path: "/work/a.ts", insert_line: 2, new_text: "c\n" }, result: [done] },
      {
        name: "editor",
        input: { path: "/work/new.ts", new_text: "n\n" },
        result: { ...done, result: "File created successfully at: /work/new.ts" },
      },
      {
        name: "editor",
        input: { path: "/work/a.ts", old_text: "x", new_text: "y" },
        result: { ...done, success: false },
      },
      { name: "run_commands", input: { commands: ["cat > /work/c.txt <<'END'\nc\nEND"] }, result: [done] },
      { name: "editor", input: { path: "/work/a.ts", old_text: "p", new_text: "q" } },
      { name: "read_files", input: { paths: ["/work/a.ts"] } },
    ];
    put(".cline/data/sessions/session-1/session-1.messages.json", clineSession(at, calls));
    put(".cline/data/sessions/session-1/session-1.json", { prompt: "a prompt", session_id: "session-1" });
    const { edits, requests, problems } = wholeLook(watchSince(at - 60_000));
    assert.deepEqual(
      edits.map(({ call, path: place, outcome, text }) => [call?.split(" ")[1], place, outcome, text]),
      [
        ["call_0", "/work/a.ts", "applied", pieces("a", "b")],
        ["call_1", "/work/a.ts", "applied", { kind: "pieces", pieces: [{ after: "c\n" }] }],
        ["call_2", "/work/new.ts", "applied", { kind: "whole", before: "", after: "n\n" }],
        ["call_3", "/work/a.ts", "failed", pieces("x", "y")],
        ["call_4", "/work/c.txt", "applied", { kind: "whole", after: "c\n" }],
        ["call_5", "/work/a.ts", "proposed", pieces("p", "q")],
      ],
    );
    assert.equal(requests.length, 7);
    const tokens = {
      input: 200,
      output: 80,
      cacheRead: 1000,
      cacheWrite: 300,
      cacheWriteLong: 0,
      reasoning: 0,
    };
    assert.deepEqual([requests[0]!.model, requests[0]!.tokens], ["claude-sonnet-4-5", tokens]);
    assert.deepEqual(problems, {});
  });
});
