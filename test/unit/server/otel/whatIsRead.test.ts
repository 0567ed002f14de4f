import assert from "node:assert/strict";
import { TelemetryReader } from "../../../../server/otel/telemetryReader.ts";
import type { Signal } from "../../../../server/otel/telemetryRecord.ts";
import { toolTelemetry } from "../../../../server/otel/toolTelemetry.ts";
import { asProtocolBuffers } from "../../../support/otel/protocolBuffers.ts";

type Values = Readonly<Record<string, string | number>>;

const at = 1_790_000_000_000;
const secret = "sk-canary-7f3a91";

const attributes = (values: Values) =>
  Object.entries({ ...values, prompt: secret }).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { doubleValue: value } : { stringValue: value },
  }));
const nano = (ms: number) => `${ms}000000`;

/** Each is of a moment a second after the one before. */
const logs = (...events: readonly Values[]) => ({
  resourceLogs: [
    {
      resource: { attributes: attributes({ "service.name": "any" }) },
      scopeLogs: [
        {
          logRecords: events.map((event, index) => ({
            timeUnixNano: nano(at + index * 1000),
            body: { stringValue: secret },
            attributes: attributes(event),
          })),
        },
      ],
    },
  ],
});
const spans = (...given: readonly Values[]) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: given.map((each, index) => ({
            spanId: `00000000000000a${index}`,
            name: secret,
            startTimeUnixNano: nano(at - 2500),
            endTimeUnixNano: nano(at),
            attributes: attributes(each),
          })),
        },
      ],
    },
  ],
});
const metrics = (...given: readonly { name: string; count: number; total: number; of: Values }[]) => ({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: given.map(({ name, count, total, of }) => {
            const point = { startTimeUnixNano: nano(at), timeUnixNano: nano(at), attributes: attributes(of) };
            return count === total
              ? {
                  name,
                  sum: { aggregationTemporality: 1, dataPoints: [{ ...point, asDouble: count }] },
                }
              : {
                  name,
                  histogram: {
                    aggregationTemporality: 1,
                    dataPoints: [{ ...point, count: String(count), sum: total }],
                  },
                };
          }),
        },
      ],
    },
  ],
});

const codexEvent = { "conversation.id": "s", model: "gpt-5" };
const copilotCall = {
  "gen_ai.operation.name": "chat",
  "gen_ai.response.model": "gpt-5",
  "gen_ai.conversation.id": "s",
  "gen_ai.usage.input_tokens": 100,
  "gen_ai.usage.output_tokens": 30,
  "gen_ai.usage.cache_read.input_tokens": 60,
};

/** As docs/agents.md says it: requests as `id: input/output/cache read/cache write/reasoning ms $`, and figures. */
const table: readonly (readonly [tool: string, signal: Signal, message: object, read: readonly string[]])[] =
  [
    [
      "claude-code",
      "logs",
      logs(
        {
          ...{
            "event.name": "api_request",
            "session.id": "s",
            request_id: "req_1",
            model: "claude-opus-4-5",
          },
          ...{ input_tokens: 10, output_tokens: 20, cache_read_tokens: 300, cache_creation_tokens: 40 },
          ...{ duration_ms: 1200, cost_usd: 0.25 },
        },
        // A provider without names for requests.
        { "event.name": "api_request", "session.id": "s", input_tokens: 1, output_tokens: 2 },
        {
          ...{ "event.name": "tool_decision", "session.id": "s", tool_name: "Edit" },
          ...{ decision: "reject", source: "user_reject" },
        },
      ),
      ["req_1: 10/20/300/40/0 1200 ms 0.25 USD", ": 1/2/0/0/0", "rejected by person 1"],
    ],
    [
      "claude-code",
      "metrics",
      metrics(
        { name: "claude_code.token.usage", count: 10, total: 10, of: { type: "input", "session.id": "s" } },
        { name: "claude_code.cost.usage", count: 1, total: 1, of: { "session.id": "s" } },
        { name: "claude_code.code_edit_tool.decision", count: 1, total: 1, of: { decision: "accept" } },
      ),
      [],
    ],
    [
      "claude-code",
      "traces",
      spans({ "span.type": "llm_request", "session.id": "s", request_id: "req_1", input_tokens: 10 }),
      [],
    ],
    [
      "codex",
      "logs",
      logs(
        { ...codexEvent, "event.name": "codex.api_request", duration_ms: "400", endpoint: "/responses" },
        {
          ...codexEvent,
          "event.name": "codex.sse_event",
          "event.kind": "response.created",
          duration_ms: "3",
        },
        {
          ...codexEvent,
          ...{ "event.name": "codex.api_request", duration_ms: "90", endpoint: "/responses" },
          "http.response.status_code": 429,
        },
        { ...codexEvent, "event.name": "codex.api_request", duration_ms: "70", endpoint: "/models" },
        // How long this one event was waited for is not how long the request took.
        {
          ...codexEvent,
          "event.name": "codex.sse_event",
          "event.kind": "response.completed",
          duration_ms: "5",
        },
        {
          ...codexEvent,
          ...{ "event.name": "codex.sse_event", "event.kind": "response.completed" },
          ...{ input_token_count: "100", output_token_count: "30" },
          ...{ cached_token_count: 60, reasoning_token_count: 12 },
        },
        {
          ...codexEvent,
          ...{ "event.name": "codex.sse_event", "event.kind": "response.completed" },
          ...{ input_token_count: "1", output_token_count: "2" },
        },
        {
          ...codexEvent,
          ...{ "event.name": "codex.tool_decision", tool_name: "apply_patch" },
          ...{ decision: "approved", source: "Config" },
        },
      ),
      [": 40/30/60/0/12 5400 ms", ": 1/2/0/0/0", "accepted by rule 1"],
    ],
    [
      "codex",
      "metrics",
      metrics({ name: "codex.api_request.duration_ms", count: 1, total: 400, of: { status: "200" } }),
      [],
    ],
    [
      "codex",
      "traces",
      spans({ "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 30, "conversation.id": "s" }),
      [],
    ],
    [
      "gemini-cli",
      "logs",
      logs(
        {
          ...{ "event.name": "gemini_cli.api_response", "session.id": "s", model: "gemini-3-pro" },
          ...{ input_token_count: 50, cached_content_token_count: 20, output_token_count: 7 },
          ...{ thoughts_token_count: 3, tool_token_count: 2, duration_ms: 900, role: "subagent" },
        },
        // The same request in the words of the conventions.
        {
          "event.name": "gen_ai.client.inference.operation.details",
          "session.id": "s",
          input_token_count: 50,
        },
        { "event.name": "gemini_cli.tool_call", function_name: "replace", decision: "reject" },
      ),
      [": 32/10/20/0/3 900 ms subagent", "rejected by person 1"],
    ],
    [
      "gemini-cli",
      "metrics",
      metrics(
        { name: "gemini_cli.token.usage", count: 50, total: 50, of: { type: "input", "session.id": "s" } },
        { name: "gemini_cli.api.request.latency", count: 1, total: 900, of: { "session.id": "s" } },
      ),
      [],
    ],
    ["gemini-cli", "traces", spans({ "gen_ai.operation.name": "chat", "session.id": "s" }), []],
    [
      "github-copilot",
      "logs",
      logs({ "event.name": "gen_ai.client.inference.operation.details", "gen_ai.usage.input_tokens": 100 }),
      [],
    ],
    [
      "github-copilot",
      "metrics",
      metrics(
        {
          name: "copilot_chat.edit.acceptance.count",
          ...{ count: 2, total: 2, of: { "copilot_chat.edit.outcome": "accepted" } },
        },
        {
          name: "copilot_chat.edit.survival.no_revert",
          ...{ count: 4, total: 3, of: { "copilot_chat.time_delay_ms": 30_000 } },
        },
        { name: "gen_ai.client.token.usage", count: 1, total: 100, of: { "gen_ai.token.type": "input" } },
      ),
      ["accepted by person 2", "noRevert by 30000 4 3"],
    ],
    [
      "github-copilot",
      "traces",
      spans(
        { ...copilotCall, "gen_ai.operation.name": "invoke_agent" },
        { ...copilotCall, "copilot_chat.copilot_usage_nano_aiu": 2_000_000_000 },
      ),
      ["00000000000000a1: 40/30/60/0/0 2500 ms 0.02 USD"],
    ],
    ["copilot-cli", "logs", logs({ "event.name": "any", "gen_ai.usage.input_tokens": 100 }), []],
    [
      "copilot-cli",
      "metrics",
      metrics({
        name: "gen_ai.client.inference.usage.input_tokens",
        ...{ count: 1, total: 1, of: { "gen_ai.request.model": "gpt-5" } },
      }),
      [],
    ],
    [
      "copilot-cli",
      "traces",
      spans(
        { ...copilotCall, "gen_ai.operation.name": "invoke_agent" },
        {
          ...copilotCall,
          ...{ "gen_ai.usage.cache_write.input_tokens": 10, "gen_ai.usage.reasoning.output_tokens": 12 },
          ...{ "github.copilot.nano_aiu": 8_966_200_000, "github.copilot.initiator": "user" },
        },
      ),
      [": 30/30/60/10/12 2500 ms 0.089662 USD"],
    ],
  ];

suite("What is read of each tool's telemetry", () => {
  test("is told of every tool and signal", () => {
    const told = table.map(([tool, signal]) => `${tool} ${signal}`);
    const all = toolTelemetry.flatMap(({ tool }) =>
      ["logs", "metrics", "traces"].map((signal) => `${tool} ${signal}`),
    );
    assert.deepEqual(told.sort(), all.sort());
  });

  for (const [tool, signal, message, expected] of table)
    for (const isJson of [true, false])
      test(`${tool}, ${signal}, ${isJson ? "JSON" : "protocol buffers"}`, () => {
        const body = isJson ? Buffer.from(JSON.stringify(message)) : asProtocolBuffers(message);
        const read = new TelemetryReader(at - 1).read({ tool, signal, isJson }, body, at);
        assert.doesNotMatch(JSON.stringify(read), new RegExp(secret));
        assert.equal(read.problems, 0);
        const requests = read.requests.map(({ id, session, tokens, latencyMs, billed, isSubagent }) => {
          assert.equal(session, "s");
          const { input, output, cacheRead, cacheWrite, reasoning } = tokens;
          return [
            `${id}: ${[input, output, cacheRead, cacheWrite, reasoning].join("/")}`,
            ...(latencyMs === undefined ? [] : [`${latencyMs} ms`]),
            ...(billed ? [`${billed.amount} ${billed.currency}`] : []),
            ...(isSubagent ? ["subagent"] : []),
          ].join(" ");
        });
        const figures = read.figures.map(({ measure, detail, count, total }) =>
          [measure, "by", detail, count, ...(count === total ? [] : [total])].join(" "),
        );
        assert.deepEqual([...requests, ...figures], expected);
      });

  const answers: Readonly<Record<string, (counts: Values) => object>> = {
    "claude-code": (counts) =>
      logs({ "event.name": "api_request", "session.id": "s", request_id: "r", ...counts }),
    codex: (counts) =>
      logs({
        ...{ ...codexEvent, "event.name": "codex.sse_event", "event.kind": "response.completed" },
        ...counts,
      }),
    "gemini-cli": (counts) => logs({ "event.name": "gemini_cli.api_response", "session.id": "s", ...counts }),
    "github-copilot": (counts) =>
      spans({ "gen_ai.operation.name": "chat", "gen_ai.conversation.id": "s", ...counts }),
    "copilot-cli": (counts) =>
      spans({ "gen_ai.operation.name": "chat", "gen_ai.conversation.id": "s", ...counts }),
  };
  const kinds: Readonly<Record<string, readonly [input: string, output: string, cached: string]>> = {
    "claude-code": ["input_tokens", "output_tokens", "cache_read_tokens"],
    codex: ["input_token_count", "output_token_count", "cached_token_count"],
    "gemini-cli": ["input_token_count", "output_token_count", "cached_content_token_count"],
    "github-copilot": [
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.output_tokens",
      "gen_ai.usage.cache_read.input_tokens",
    ],
    "copilot-cli": [
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.output_tokens",
      "gen_ai.usage.cache_read.input_tokens",
    ],
  };
  for (const { tool } of toolTelemetry)
    test(`are no tokens of ${tool} that are called otherwise, or are no counts`, () => {
      const [input, output, cached] = kinds[tool]!;
      const readOf = (counts: Values) => {
        const body = Buffer.from(JSON.stringify(answers[tool]!(counts)));
        const signal = tool.includes("copilot") ? "traces" : "logs";
        const read = new TelemetryReader(at - 1).read({ tool, signal, isJson: true }, body, at);
        return [read.requests.length, read.problems];
      };
      assert.deepEqual(readOf({ [input]: "10", [output]: 5 }), [1, 0]);
      const notUnderstood: readonly Values[] = [
        {},
        { prompt_tokens: 10, completion_tokens: 5 },
        { [input]: 10, completion_tokens: 5 },
        { prompt_tokens: 10, [output]: 5 },
        { [input]: "many", [output]: 5 },
        { [input]: 10, [output]: -5 },
        { [input]: 10, [output]: "" },
        { [input]: 10, [output]: 5, [cached]: "some" },
      ];
      for (const counts of notUnderstood) assert.deepEqual(readOf(counts), [0, 1], JSON.stringify(counts));
      // A call that failed took none that anybody counted.
      if (tool.includes("copilot")) assert.deepEqual(readOf({ "error.type": "Error" }), [0, 0]);
    });
});
