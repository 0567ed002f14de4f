import assert from "node:assert/strict";
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as BinaryLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { TracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace";
import type { ToolFigure, ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { readOtlp } from "../../../../server/otel/otlp.ts";
import { Receiver } from "../../../../server/otel/receiver.ts";
import { TelemetryReader } from "../../../../server/otel/telemetryReader.ts";
import type { TelemetryRecord } from "../../../../server/otel/telemetryRecord.ts";
import { toolTelemetry } from "../../../../server/otel/toolTelemetry.ts";
import { freePort } from "../../../support/otel/freePort.ts";

type Attributes = Readonly<Record<string, string | number | boolean>>;

const secret = "sk-canary-7f3a91";
const at = 1_790_000_000_000;

/** What the tools' own libraries send, as far as they are libraries of this kind, arrives as it was meant. */
suite("Telemetry sent by the exporters that tools use", () => {
  let receiver: Receiver;
  let port: number;
  let records: TelemetryRecord[];
  let requests: ToolRequest[];
  let figures: ToolFigure[];
  let problems: number;
  let drops: string[];
  let reader: TelemetryReader;

  setup(async () => {
    [records, requests, figures, problems, drops] = [[], [], [], 0, []];
    reader = new TelemetryReader(at - 1);
    port = await freePort();
    const listening = await Receiver.listen({
      port,
      tokens: new Map(toolTelemetry.map(({ tool }) => [tool, `token-of-${tool}`])),
      take: (admitted, body) => {
        const { signal, isJson } = admitted;
        const { wanted } = toolTelemetry.find((each) => each.tool === admitted.tool)!;
        records.push(...readOtlp(body, { signal, isJson, wanted }));
        const read = reader.read(admitted, body, at);
        requests.push(...read.requests);
        figures.push(...read.figures);
        problems += read.problems;
      },
      drop: (name) => drops.push(name),
      warn: (message) => drops.push(message),
    });
    assert.ok(listening);
    receiver = listening;
  });
  teardown(() => receiver.close());

  const url = (tool: string, signal: string) => `http://127.0.0.1:${port}/token-of-${tool}/v1/${signal}`;

  const sendLogs = async (
    exporter: LogRecordExporter,
    service: Attributes,
    events: readonly Attributes[],
  ) => {
    const provider = new LoggerProvider({
      resource: resourceFromAttributes(service),
      processors: [new BatchLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger("any");
    for (const attributes of events)
      logger.emit({ body: secret, attributes: { ...attributes, prompt: secret }, timestamp: at });
    await provider.forceFlush();
    await provider.shutdown();
  };

  const claudeEvents: Attributes[] = [
    {
      "event.name": "api_request",
      "session.id": "s1",
      request_id: "req_1",
      model: "claude-opus-4-5",
      duration_ms: 1200,
      input_tokens: 10,
      output_tokens: 20,
      cache_read_tokens: 3000,
      cache_creation_tokens: 400,
      cost_usd: 0.5,
    },
    {
      "event.name": "tool_decision",
      "session.id": "s1",
      tool_name: "Edit",
      decision: "reject",
      source: "user_reject",
    },
    {
      "event.name": "tool_decision",
      "session.id": "s1",
      tool_name: "Write",
      decision: "accept",
      source: "config",
    },
    {
      "event.name": "tool_decision",
      "session.id": "s1",
      tool_name: "Bash",
      decision: "accept",
      source: "config",
    },
    { "event.name": "user_prompt", "session.id": "s1", prompt_length: 9 },
  ];

  for (const [name, make] of [
    ["protocol buffers", () => new BinaryLogs({ url: url("claude-code", "logs") })],
    [
      "protocol buffers, packed",
      () => new BinaryLogs({ url: url("claude-code", "logs"), compression: "gzip" as never }),
    ],
    ["JSON", () => new JsonLogs({ url: url("claude-code", "logs") })],
  ] as const)
    test(`events of Claude Code as ${name} are requests and decisions, and nothing of what was said`, async () => {
      await sendLogs(make(), { "service.name": "claude-code" }, claudeEvents);
      assert.deepEqual(drops, []);
      assert.deepEqual(requests, [
        {
          tool: "claude-code",
          session: "s1",
          id: "req_1",
          at,
          model: "claude-opus-4-5",
          tokens: {
            input: 10,
            output: 20,
            cacheRead: 3000,
            cacheWrite: 400,
            cacheWriteLong: 0,
            reasoning: 0,
          },
          latencyMs: 1200,
          billed: { amount: 0.5, currency: "USD" },
          isSubagent: false,
        },
      ]);
      assert.deepEqual(
        figures.map(({ measure, detail, count }) => ({ measure, detail, count })),
        [
          { measure: "rejected", detail: "person", count: 1 },
          { measure: "accepted", detail: "rule", count: 1 },
        ],
      );
      assert.equal(records.length, claudeEvents.length);
      assert.doesNotMatch(JSON.stringify(records.map((each) => [each, ...each.attributes])), /canary/);
    });

  test("numbers that Codex and Gemini CLI write are taken in each one's own sense of input", async () => {
    await sendLogs(new BinaryLogs({ url: url("codex", "logs") }), { "service.name": "codex_cli_rs" }, [
      {
        "event.name": "codex.sse_event",
        "event.kind": "response.completed",
        "conversation.id": "c1",
        model: "gpt-5",
        input_token_count: "100",
        output_token_count: "30",
        cached_token_count: 60,
        reasoning_token_count: 12,
      },
      {
        "event.name": "codex.sse_event",
        "event.kind": "response.output_text.delta",
        "conversation.id": "c1",
      },
      {
        "event.name": "codex.tool_decision",
        "conversation.id": "c1",
        tool_name: "apply_patch",
        decision: "approved_for_session",
        source: "User",
      },
      { "event.name": "codex.tool_decision", tool_name: "apply_patch", decision: "sideways", source: "User" },
    ]);
    await sendLogs(new BinaryLogs({ url: url("gemini-cli", "logs") }), { "session.id": "g1" }, [
      {
        "event.name": "gemini_cli.api_response",
        model: "gemini-3-pro",
        input_token_count: 50,
        cached_content_token_count: 20,
        output_token_count: 7,
        thoughts_token_count: 3,
        tool_token_count: 2,
        duration_ms: 900,
      },
      { "event.name": "gemini_cli.tool_call", function_name: "replace", decision: "auto_accept" },
      { "event.name": "gemini_cli.tool_call", function_name: "write_file", decision: "reject" },
      { "event.name": "gemini_cli.tool_call", function_name: "read_file", decision: "accept" },
      // As 0.61.0 writes it of a call that nobody is asked about, and of one that nobody could be.
      {
        "event.name": "gemini_cli.tool_call",
        function_name: "replace",
        decision: "accept",
        interactive: true,
      },
      {
        "event.name": "gemini_cli.tool_call",
        function_name: "replace",
        decision: "accept",
        interactive: false,
      },
    ]);
    assert.deepEqual(
      requests.map(({ tool, session, tokens, latencyMs }) => ({ tool, session, tokens, latencyMs })),
      [
        {
          tool: "codex",
          session: "c1",
          tokens: { input: 40, output: 30, cacheRead: 60, cacheWrite: 0, cacheWriteLong: 0, reasoning: 12 },
          latencyMs: undefined,
        },
        {
          tool: "gemini-cli",
          session: "g1",
          tokens: { input: 32, output: 10, cacheRead: 20, cacheWrite: 0, cacheWriteLong: 0, reasoning: 3 },
          latencyMs: 900,
        },
      ],
    );
    assert.deepEqual(
      figures.map(({ tool, measure, detail }) => [tool, measure, detail]),
      [
        ["codex", "accepted", "person"],
        ["gemini-cli", "accepted", "rule"],
        ["gemini-cli", "rejected", "person"],
        ["gemini-cli", "accepted", "unknown"],
        ["gemini-cli", "accepted", "rule"],
      ],
    );
    assert.equal(problems, 1);
  });

  test("Copilot's calls of a model are requests by the names of their spans", async () => {
    const provider = new TracerProvider({
      resource: resourceFromAttributes({ "service.name": "copilot-chat" }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: url("github-copilot", "traces") }) }),
      ],
    });
    const tracer = provider.getTracer("copilot-chat");
    const ids: string[] = [];
    for (const operation of ["invoke_agent", "chat"]) {
      const span = tracer.startSpan(`${operation} gpt-5`, {
        startTime: at - 2500,
        attributes: {
          "gen_ai.operation.name": operation,
          "gen_ai.request.model": "gpt-5",
          "gen_ai.usage.input_tokens": 900,
          "gen_ai.usage.output_tokens": 40,
          "gen_ai.usage.cache_read.input_tokens": 600,
          "copilot_chat.chat_session_id": "chat-1",
          "gen_ai.input.messages": secret,
        },
      });
      span.end(at);
      ids.push(span.spanContext().spanId);
    }
    await provider.forceFlush();
    await provider.shutdown();
    assert.deepEqual(requests, [
      {
        tool: "github-copilot",
        session: "chat-1",
        id: ids[1],
        at,
        model: "gpt-5",
        tokens: { input: 300, output: 40, cacheRead: 600, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 },
        latencyMs: 2500,
        isSubagent: false,
      },
    ]);
    assert.doesNotMatch(JSON.stringify(records.map((each) => [...each.attributes])), /canary/);
  });

  test("what Copilot measures of its own edits is taken once, however often it is sent", async () => {
    reader = new TelemetryReader(0);
    const exporting = new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: url("github-copilot", "metrics") }),
      exportIntervalMillis: 3_600_000,
    });
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ "session.id": "w1" }),
      readers: [exporting],
    });
    const meter = provider.getMeter("copilot-chat");
    const survival = meter.createHistogram("copilot_chat.edit.survival.four_gram");
    const outcomes = meter.createCounter("copilot_chat.edit.acceptance.count");
    const other = meter.createCounter("copilot_chat.session.count");
    const measure = (score: number) =>
      survival.record(score, {
        "copilot_chat.time_delay_ms": 30_000,
        "copilot_chat.edit.source": "inline_chat",
      });
    measure(0.5);
    outcomes.add(2, { "copilot_chat.edit.outcome": "accepted" });
    other.add(1);
    await provider.forceFlush();
    await provider.forceFlush();
    measure(1);
    outcomes.add(1, { "copilot_chat.edit.outcome": "rejected" });
    await provider.forceFlush();
    await provider.shutdown();
    const sums = new Map<string, number[]>();
    for (const { measure: name, detail, count, total } of figures) {
      const [before, score] = sums.get(`${name} ${detail}`) ?? [0, 0];
      sums.set(`${name} ${detail}`, [before! + count, score! + total]);
    }
    assert.deepEqual(Object.fromEntries(sums), {
      "accepted person": [2, 2],
      "rejected person": [1, 1],
      "fourGram 30000": [2, 1.5],
    });
  });
});
