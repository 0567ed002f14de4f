import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Task } from "../../../../core/requests/tasks.ts";
import type { TaskWork } from "../../../../core/requests/taskWork.ts";
import { requestRow, taskEditRow } from "../../../../server/agents/requestRows.ts";
import { tasksCommand } from "../../../../server/commands/tasks.ts";
import { toolInWords } from "../../../../server/commands/taskWords.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { writeMadeHome } from "../../../support/agents/madeHome.ts";

const at = Date.UTC(2026, 0, 5, 9);
const rowOptions = { hashText: (text: string) => text, utcOffsetMinutes: () => 0, prices: [] };
const known = { tool: "claude-code", session: "s", mode: "agent" } as const;
const tokens = { input: 1000, output: 10, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };

suite("What is told of tasks", () => {
  let home: string;
  let store: MemoryStore | undefined;
  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-tasks-"));
    store = undefined;
  });
  teardown(() => rmSync(home, { recursive: true }));

  const run = (...args: string[]) =>
    tasksCommand(args, {
      around: { platform: "linux", userHome: home, environment: {} },
      now: () => at,
      resolve: (folder) => folder,
      isFolder: () => true,
      openStore: () => store,
    });
  const tasks = (...args: string[]) => (JSON.parse(run("--json", ...args).stdout) as { tasks: Task[] }).tasks;

  test("of a tool that records no requests is that, and not none of everything", () => {
    store = new MemoryStore({ now: () => 0 });
    const edit = { ...known, tool: "windsurf", call: "c", model: undefined, at, path: "/work/a.ts" };
    const row = taskEditRow(
      { ...edit, outcome: "applied" as const, linesAdded: 1, linesDeleted: 0 },
      true,
      rowOptions,
    );
    store.requests.write({ requests: [], edits: [row] });
    assert.deepEqual(
      tasks().map((task) => [task.tool, task.tokens, task.costUsd]),
      [["windsurf", null, null]],
    );
    assert.match(
      run().stdout,
      /^windsurf: 1 task, no request told, 1 edit\n {2}tokens and cost: not in what this tool records\n/,
    );
  });

  test("that are stored has tiers, how long answers took, the kind of work, subagents and what was billed", () => {
    store = new MemoryStore({ now: () => 0 });
    const row = (id: string, change: object) =>
      requestRow(
        { ...known, id, at, model: "claude-opus-4-6", tokens, isSubagent: false, ...change },
        rowOptions,
      );
    const requests = [
      row("1", { latencyMs: 900, billed: { amount: 1.5, currency: "USD" } }),
      row("2", { latencyMs: 100, at: at + 1, isSubagent: true, model: "claude-haiku-4-5" }),
      row("3", { at: at + 2, isSubagent: true, model: undefined }),
      row("4", { latencyMs: 500, at: at + 3, billed: { amount: 0.25, currency: "USD" } }),
    ];
    const edit = {
      ...known,
      call: "c",
      model: undefined,
      at,
      path: "/work/docs/a.md",
      outcome: "applied",
    } as const;
    const edits = [taskEditRow({ ...edit, linesAdded: 1, linesDeleted: 0 }, true, rowOptions)];
    store.requests.write({ requests, edits });
    const [task, ...others] = tasks();
    assert.deepEqual(others, []);
    const work: TaskWork = {
      singleRequests: 4,
      tiers: { heavy: 2, fast: 1, unknown: 1 },
      latency: { medianMs: 500, requests: 3 },
      subagentRequests: 2,
      billed: [{ amount: 1.75, currency: "USD" }],
    };
    assert.deepEqual([task!.type, task!.modes, task!.work], ["docs", ["agent"], work]);
    const words = run().stdout;
    assert.match(words, /by list prices, USD 1\.75 by the tool itself, 1 request unpriced$/m);
    const cheap = {
      ...task!,
      costUsd: 0.0002,
      work: { ...work, billed: [{ amount: 0.001, currency: "EUR" }] },
    };
    const cost = toolInWords("claude-code", [cheap], 1).find((line) => line.includes("cost"));
    assert.match(cost ?? "", /: <\$0\.01 by list prices, EUR <0\.01 by the tool itself/, "not nothing");
    assert.match(words, /^ {2}modes: 1 agent$/m);
    assert.match(words, /^ {2}kinds of work: 1 docs$/m);
    assert.match(
      words,
      /^ {2}requests: by tier 1 fast, 2 heavy, 1 unknown; by subagents 2; median of a task 0\.5 s \(3 told\)$/m,
    );
  });

  test("that are stored has how AI was used, after their single requests are gone too, and says what is not known", () => {
    store = new MemoryStore({ now: () => 0 });
    const request = (session: string, id: string, mode: "chat" | "agent" | undefined) =>
      requestRow(
        {
          ...{ tool: "github-copilot", session, id, at, model: "gpt-5", tokens, isSubagent: false },
          ...(mode && { mode }),
        },
        rowOptions,
      );
    const requests = [
      request("both", "1", "chat"),
      request("both", "2", "agent"),
      request("chat", "3", "chat"),
      request("silent", "4", undefined),
    ];
    store.requests.write({ requests, edits: [] });
    store.prune({ editsBefore: at + 1, sumsBefore: "2020-01-01" });
    assert.deepEqual(
      tasks()
        .map(({ modes }) => modes.join())
        .sort(),
      ["", "agent,chat", "chat"],
    );
    assert.match(run().stdout, /^ {2}modes: 1 chat, 1 several modes, 1 mode not known$/m);
  });

  test("that are read anew has the same, as far as the tools' records say", () => {
    writeMadeHome(home, 7, 2);
    const read = tasks("--home", home);
    assert.deepEqual(
      read.map(({ tool, type, work }) => [tool, type, work.tiers, work.latency, work.subagentRequests]),
      [
        ["claude-code", "unknown", { standard: 9 }, null, 1],
        ["codex", "unknown", { standard: 6 }, null, 0],
        ["claude-code", "unknown", { standard: 9 }, null, 1],
        ["codex", "unknown", { standard: 6 }, null, 0],
      ],
    );
    assert.match(run("--home", home).stdout, /by subagents 2; how long they took is not told$/m);
  });

  test("begins on a day that there is", () => {
    for (const since of ["2026-02-31", "2026-13-01", "2026-1-1", "x"])
      assert.match(run("--since", since).stderr, /expected a date such as/, since);
    assert.equal(run("--since", "2026-02-28").exitCode, 0);
    assert.equal(run("--since", "2024-02-29T10:00:00Z").exitCode, 0);
  });
});
