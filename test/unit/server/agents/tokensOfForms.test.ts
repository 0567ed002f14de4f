import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Tasks } from "../../../../core/requests/tasks.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import {
  claudeAnswer,
  claudeProgress,
  codexLine,
  codexTokens,
  type CodexUsage,
} from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);

type Json = Record<string, unknown>;

suite("Tokens in the forms that they come in", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-records-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function read(agent: Agent, lines: readonly string[], start = ""): Found {
    const file = path.join(folder, "rollout-session.jsonl");
    writeFileSync(file, `${start}${lines.join("\n")}\n`);
    const found = new Found();
    new RecordFile(file, agent).read(found);
    return found;
  }

  function claude(usage: Json, besides: Json = {}): Found {
    const line = JSON.parse(claudeAnswer({ session: "s", at }, { id: "m" })) as { message: { usage: Json } };
    return read(claudeCode, [
      JSON.stringify({
        ...line,
        ...besides,
        message: { ...line.message, usage: { input_tokens: 1, output_tokens: 1, ...usage } },
      }),
    ]);
  }

  test("of a cache are the one sum where its parts are null, and the parts where there are any", () => {
    const written = (parts: unknown) =>
      claude({ cache_creation_input_tokens: 5, cache_creation: parts }).requests[0]?.tokens.cacheWrite;
    const parts = { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: null };
    assert.deepEqual([written(null), written(undefined), written({}), written(parts)], [5, 5, 0, 2]);
  });

  test("that can be no counts are not understood, instead of none", () => {
    const wrong: readonly Json[] = [
      { input_tokens: "5" },
      { output_tokens: -1 },
      { output_tokens: 1e18 },
      { input_tokens: null },
      { cache_read_input_tokens: "7" },
      { cache_creation_input_tokens: -7 },
      { cache_creation: { ephemeral_5m_input_tokens: "7" } },
    ];
    for (const usage of wrong) {
      const { requests, problems } = claude(usage);
      assert.deepEqual([requests, problems], [[], ["1: tokens of an unknown form"]], JSON.stringify(usage));
    }
    assert.deepEqual(claude({ cache_read_input_tokens: null }).problems, []);
  });

  test("of the fast mode say so, and what an older version noted of their cost is what was billed", () => {
    assert.equal(claude({ speed: "fast" }).requests[0]?.isFast, true);
    assert.equal(claude({ speed: "standard" }).requests[0]?.isFast, undefined);
    assert.deepEqual(claude({}, { costUSD: 1.5 }).requests[0]?.billed, { amount: 1.5, currency: "USD" });
    for (const costUSD of [0, -1, "1.5", 1e12, null])
      assert.equal(claude({}, { costUSD }).requests[0]?.billed, undefined);
  });

  test("of what another model was asked for a message are requests of their own, once for each", () => {
    const own = { input_tokens: 1, output_tokens: 1 };
    const asked = { type: "advisor_message", model: "claude-opus-4-6", input_tokens: 100, output_tokens: 50 };
    const cache = { cache_read_input_tokens: 7, cache_creation_input_tokens: 3 };
    const iterations = [
      { type: "message", ...own },
      { ...asked, ...cache },
      { ...asked, output_tokens: 60 },
    ];
    const tasks = new Tasks(() => undefined);
    const { requests, problems } = claude({ iterations });
    for (const request of [...requests, ...requests]) tasks.addRequest(request);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      requests.map(({ model, tokens }) => [model, tokens.input, tokens.output, tokens.cacheRead]),
      [
        ["claude-sonnet-4-20250514", 1, 1, 0],
        ["claude-opus-4-6", 100, 50, 7],
        ["claude-opus-4-6", 100, 60, 0],
      ],
    );
    const [task] = tasks.since(0);
    assert.deepEqual([task!.requests, task!.tokens.output, task!.tokens.cacheWrite], [3, 111, 3]);
    for (const wrong of [
      { ...asked, type: "another_message" },
      { ...asked, output_tokens: "50" },
    ]) {
      const read = claude({ iterations: [wrong] });
      assert.deepEqual([read.requests.length, read.problems.length], [1, 1]);
    }
    assert.equal(claude({ parts: [asked] }).problems.length, 1);
  });

  test("of a subagent that only its caller tells of are the subagent's, and of another form are not understood", () => {
    const of = ({ requests, problems }: Found) => [
      requests.map(({ id, session, isSubagent }) => [id, session, isSubagent]),
      problems,
    ];
    const answer = { id: "m", usage: { input: 5, output: 9 } };
    const line = claudeProgress({ session: "s", at }, answer);
    assert.deepEqual(of(read(claudeCode, [line])), [[["req_m", "s", true]], []]);
    for (const [changed, problem] of [
      [line.replace("agent_progress", "another"), "an answer of an unknown type"],
      [line.replace('"assistant"', '"another"'), "an answer of an unknown type"],
      [line.replace('"progress"', '"another"'), "an answer of an unknown type"],
      [line.replace('"sessionId"', '"session"'), "no session"],
    ] as const)
      assert.deepEqual(of(read(claudeCode, [changed])), [[], [`1: ${problem}`]]);
  });

  test("of one message are one request with the largest total, whatever the lines call the request", () => {
    const line = (request: string | undefined, output: number) =>
      JSON.stringify({
        ...(JSON.parse(
          claudeAnswer({ session: "s", at: at + output }, { id: "m", usage: { input: 1, output } }),
        ) as Json),
        requestId: request,
      });
    for (const [first, second] of [
      ["r1", "r2"],
      ["r1", undefined],
      [undefined, "r1"],
    ] as const)
      for (const outputs of [
        [5, 9],
        [9, 5],
      ] as const) {
        const tasks = new Tasks(() => undefined);
        const { requests } = read(claudeCode, [line(first, outputs[0]), line(second, outputs[1])]);
        for (const request of requests) tasks.addRequest(request);
        const [task] = tasks.since(0);
        assert.deepEqual([task!.requests, task!.tokens.output, requests[0]!.id], [1, 9, first ?? "m"]);
      }
  });

  test("are read behind a byte order mark", () => {
    const { requests, problems } = read(
      claudeCode,
      [claudeAnswer({ session: "s", at }, { id: "m" })],
      "\uFEFF",
    );
    assert.deepEqual([requests.length, problems], [1, []]);
  });

  const usage = (input: number, output: number): CodexUsage => ({ input, cached: 0, output, reasoning: 0 });
  const meta = (id: string, more: Json = {}) => codexLine(at, "session_meta", { id, cwd: "/work", ...more });
  const sums = (files: readonly (readonly string[])[]) => {
    const tasks = new Tasks(() => undefined);
    for (const lines of files) for (const request of read(codex, lines).requests) tasks.addRequest(request);
    return tasks.since(0).map(({ id, tokens }) => [id, tokens.input, tokens.output]);
  };
  const first = (time: number) => codexTokens(time, usage(100, 5), usage(100, 5));
  const second = (time: number) => codexTokens(time, usage(300, 9), usage(200, 4));
  const parent = [meta("parent"), first(at + 1), second(at + 2)];

  const forks: Readonly<Record<string, (own: string) => readonly string[]>> = {
    "that says what it is a fork of": (own) => [meta(own, { forked_from_id: "parent" })],
    "that begins with what it is a fork of": (own) => [meta(own), meta("parent")],
    "of a subagent": (own) => [
      meta(own, { source: { subagent: { thread_spawn: { parent_thread_id: "parent" } } } }),
    ],
    "of a fork": (own) => [
      meta(own, { forked_from_id: "between" }),
      meta("between", { forked_from_id: "parent" }),
      meta("parent"),
    ],
  };
  for (const [name, begin] of Object.entries(forks))
    test(`count once in a session ${name}, though their times are others there`, () => {
      const own = (total: CodexUsage, last: CodexUsage) => codexTokens(at + 90, total, last);
      const fork = [...begin("fork"), first(at + 80), second(at + 80), own(usage(700, 20), usage(400, 11))];
      const other = [...begin("other"), first(at + 85), own(usage(150, 6), usage(50, 1))];
      assert.deepEqual(sums([parent, fork, other]), [
        ["parent", 300, 9],
        ["fork", 400, 11],
        ["other", 50, 1],
      ]);
    });

  test("count twice where two sessions that have nothing in common come to the same", () => {
    assert.deepEqual(
      sums([
        [meta("one"), first(at)],
        [meta("other"), first(at)],
      ]),
      [
        ["one", 100, 5],
        ["other", 100, 5],
      ],
    );
  });

  test("count whole where a session's total begins anew above where it was, and once where it is told again", () => {
    const first = codexTokens(at + 1, usage(100, 10), usage(100, 10));
    const anew = codexTokens(at + 2, usage(500, 50), usage(500, 50));
    assert.deepEqual(sums([[meta("s"), first, first, anew, anew]]), [["s", 600, 60]]);
  });

  test("are those of the last request where nothing counts up", () => {
    const last = (time: number, input: unknown) =>
      codexLine(time, "event_msg", {
        type: "token_count",
        info: { total_token_usage: null, last_token_usage: { input_tokens: input, output_tokens: 2 } },
      });
    assert.deepEqual(sums([[meta("s"), last(at + 1, 10), last(at + 2, 10)]]), [["s", 20, 4]]);
    const { requests, problems } = read(codex, [meta("s"), last(at + 1, "10"), last(at + 2, -1)]);
    assert.deepEqual(requests, []);
    assert.deepEqual(problems, ["2: tokens of an unknown form", "3: tokens of an unknown form"]);
    const neither = codexLine(at, "event_msg", { type: "token_count", info: { model_context_window: 1 } });
    assert.deepEqual(read(codex, [meta("s"), neither]).problems, ["2: tokens of an unknown form"]);
  });
});
