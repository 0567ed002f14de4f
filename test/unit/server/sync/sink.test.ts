import assert from "node:assert/strict";
import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { randomBytes, randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { addDays } from "../../../../core/day.ts";
import { isoWeekOfDay, mondayOfWeek } from "../../../../core/isoWeek.ts";
import { recordsOf } from "../../../../core/sync/batches.ts";
import { eventNames } from "../../../../core/sync/catalogue.ts";
import { sinkRequestSchema, type SinkRecord, type SinkRequest } from "../../../../protocol/sink.ts";
import { agreeToSink, leave } from "../../../../server/sync/joining.ts";
import type { OutboxDay, OutboxTally } from "../../../../protocol/sync.ts";
import { freeze, payloadsOf } from "../../../../server/sync/freeze.ts";
import { askSink, headersFor, readSinkAddress } from "../../../../server/sync/sinks.ts";
import { networkTransport } from "../../../../server/sync/transport.ts";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import { otlpMessage } from "../../../support/sync/otlpMessages.ts";
import { startStockCollector } from "../../../support/sync/stockCollector.ts";

const dayMs = 86_400_000;
const workspace = "file:///project";

/** Everything that one machine can have to tell of as many weeks. */
function weeksOfWork(weeks: number): { readonly days: OutboxDay[]; readonly tallies: OutboxTally[] } {
  const all = Array.from({ length: weeks }, (_, week) => addDays("2026-01-05", -7 * week));
  const tools = ["amp", "claude-code", "codex", "cursor", "github-copilot", "windsurf", "zed"];
  const amounts = { edits: 3, insertedChars: 2 ** 53 - 1, keptChars: 0 };
  return {
    days: all.flatMap((day): OutboxDay[] => [
      ...(["human", "tooling", "external", "unknown"] as const).map((kind) => ({
        ...{ day, kind, tool: null, mode: null, ...amounts },
      })),
      ...tools.flatMap((tool) =>
        (["agent", "chat"] as const).map((mode) => ({ day, kind: "ai" as const, tool, mode, ...amounts })),
      ),
    ]),
    tallies: all.flatMap((day): OutboxTally[] => [
      ...tools.flatMap((tool): OutboxTally[] => [
        { table: "kept.funnel", day, keys: { tool, mode: "agent" }, sums: { accepted: 7, undone: 1 } },
        { table: "kept.requests", day, keys: { tool, model: null, taskType: "fix" }, sums: { requests: 9 } },
        {
          table: "kept.survival",
          day,
          keys: { kind: "ai", tool, age: "30" },
          sums: { lines: 40, alive: 30 },
        },
      ]),
      { table: "kept.tip", day, keys: { rule: "C01" }, sums: { shown: 1 } },
    ]),
  };
}

suite("A collector that is not Kept's", () => {
  let collector: Awaited<ReturnType<typeof startStockCollector>>;
  let machine: Machine;
  let headers: Record<string, string>;

  setup(async () => {
    collector = await startStockCollector("/otlp");
    headers = {};
    machine = makeMachine({ headers: () => headers });
  });
  teardown(async () => {
    machine.close();
    await collector.close();
  });

  const today = () => new Date(machine.now()).toISOString().slice(0, 10);
  const goTo = (day: string) => machine.setNow(Date.parse(`${day}T12:00:00Z`));
  const nextMonday = () => addDays(mondayOfWeek(isoWeekOfDay(today())), 7);
  const join = (headerNames: readonly string[] = []) => {
    const { host, store } = machine;
    agreeToSink({ endpoint: collector.address, headerNames }, { host, store, bytes: randomBytes });
    machine.sync.setWorkFolder(workspace, machine.now());
  };
  const sentRequests = (): SinkRequest[] =>
    collector.taken.map(({ bytes }) =>
      sinkRequestSchema.parse(JSON.parse(gunzipSync(bytes).toString("utf8"))),
    );
  const records = () =>
    sentRequests().flatMap(({ resourceLogs }) => resourceLogs[0]!.scopeLogs[0]!.logRecords);
  const valuesOf = ({ attributes }: SinkRecord) =>
    Object.fromEntries(
      attributes.map(({ key, value }) => [
        key,
        "intValue" in value ? Number(value.intValue) : value.stringValue,
      ]),
    );
  /** A week of work, and the Monday after it. */
  const aWeek = async () => {
    goTo(nextMonday());
    join();
    for (let day = 0; day < 7; day++) {
      machine.edit({ origin: copilot, insertedChars: 111, keptChars: 55 });
      machine.tomorrow();
    }
    await machine.sendAll();
  };

  test("is given nothing of a week that is not over", async () => {
    goTo(nextMonday());
    join();
    machine.edit({ origin: copilot });
    for (let day = 0; day < 6; day++) {
      machine.tomorrow();
      await machine.sendAll();
    }
    assert.equal(collector.taken.length, 0);
    machine.tomorrow();
    await machine.sendAll();
    assert.equal(collector.taken.length, 1);
  });

  test("D5: is given one record for a whole week, rounded once, under the week's last day", async () => {
    await aWeek();
    const [record, ...others] = records();
    const week = isoWeekOfDay(addDays(today(), -1));
    assert.deepEqual(
      others.map(({ eventName }) => eventName),
      ["kept.funnel"],
    );
    assert.equal(record?.eventName, "kept.week");
    assert.deepEqual(record.body, { stringValue: "kept.week" });
    assert.equal(record.timeUnixNano, `${Date.parse(`${addDays(today(), -1)}T00:00:00Z`)}000000`);
    const { "event.id": id, pseudonym, ...values } = valuesOf(record);
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.match(String(pseudonym), /^[0-9a-f]{32}$/);
    assert.deepEqual(values, {
      week,
      ...{ "origin.kind": "ai", tool: "github-copilot", mode: "agent" },
      // 7 × 111 = 777 and 7 × 55 = 385: a sum of rounded days would be 770.
      ...{ edits: 7, "inserted.chars": 780, "kept.chars": 390 },
    });
  });

  test("D5: reads every byte of it by the rules of protobuf's JSON, and loses none", async () => {
    await aWeek();
    assert.deepEqual(collector.refused, []);
    const [request] = collector.taken;
    const text = gunzipSync(request!.bytes).toString("utf8");
    assert.deepEqual(request!.message, JSON.parse(text), "what is not in the message was not understood");
    assert.doesNotMatch(text, /"intValue":\d/, "64-bit numbers are strings");
    assert.doesNotMatch(text, /"[a-z]+_[a-z]+":/, "names are in lowerCamelCase");
  });

  test("D5: takes 10,000 records of every kind, and says the same of them in protobuf's binary form", async function () {
    this.timeout(60_000);
    const naming = { mode: "sink", org: collector.address, secret: "ab".repeat(32) } as const;
    const events = new Set(eventNames("sink"));
    const waiting = weeksOfWork(250);
    const batches = payloadsOf({ ...waiting, events }, naming, randomUUID);
    const leaving = batches.flatMap(recordsOf);
    assert.ok(leaving.length >= 10_000, `only ${leaving.length}`);
    assert.deepEqual([...new Set(leaving.map(({ eventName }) => eventName))].sort(), [...events].sort());
    const ask = networkTransport({ proxyFor: () => undefined, signal: () => new AbortController().signal });
    for (const batch of batches) {
      const { bytes } = freeze(batch);
      const { answer } = await askSink(ask, { endpoint: collector.address, headers: {}, body: bytes });
      assert.equal(answer.status, 200);
    }
    assert.deepEqual(collector.refused, []);
    const message = otlpMessage("ExportLogsServiceRequest");
    for (const [index, { message: read }] of collector.taken.entries()) {
      assert.deepEqual(read, batches[index], "all of it was understood");
      const binary = toBinary(message, fromJson(message, read));
      assert.deepEqual(toJson(message, fromBinary(message, binary)), read);
    }
  });

  test("D5: is asked by the specification alone: nothing of the request is Kept's but its payload", async () => {
    headers = { "x-scope-orgid": "team-a", authorization: "Bearer abc" };
    await aWeek();
    const [{ path, headers: got }] = collector.taken as [(typeof collector.taken)[number]];
    assert.equal(path, "/otlp/v1/logs");
    const { host, connection, "content-length": length, ...rest } = got;
    assert.ok(host && connection && length);
    assert.deepEqual(rest, {
      ...headers,
      accept: "application/json",
      "content-type": "application/json",
      "content-encoding": "gzip",
    });
  });

  test("is sent the same bytes until it takes them, and waits for as long as it says", async () => {
    collector.script(
      { status: 429, headers: { "retry-after": "3600" } },
      { status: 503, body: "<html>", headers: { "content-type": "text/html" } },
      { status: 200, body: "<html>Log in</html>" },
    );
    await aWeek();
    assert.equal(collector.taken.length, 0);
    const [before] = machine.sync.readBatches();
    machine.setNow(machine.now() + 3_599_000);
    await machine.sendAll();
    assert.equal(machine.states()[0], "waiting");
    for (let hour = 0; hour < 9; hour++) {
      machine.setNow(machine.now() + 3_600_000);
      await machine.sendAll();
    }
    assert.deepEqual(machine.states(), ["sent"]);
    assert.equal(collector.taken.length, 1);
    assert.deepEqual(collector.taken[0]!.bytes, Buffer.from(before!.bytes));
  });

  for (const [what, answer, state, reason] of [
    ["an empty answer", { status: 200, body: "" }, "sent", ""],
    ["202", { status: 202, body: "" }, "sent", ""],
    ["a field that nobody knows", { status: 200, body: '{"newer":1,"partialSuccess":null}' }, "sent", ""],
    [
      "a part of it, as text",
      { status: 200, body: '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too old"}}' },
      "sent",
      "1 of 2 were refused: too old",
    ],
    [
      "a part of it, as a number",
      { status: 200, body: '{"partialSuccess":{"rejectedLogRecords":2}}' },
      "sent",
      "2 of 2 were refused",
    ],
    [
      "a warning",
      { status: 200, body: '{"partialSuccess":{"errorMessage":"slow down"}}' },
      "sent",
      "slow down",
    ],
    ["400", { status: 400, body: '{"code":3,"message":"bad"}' }, "refused", "It answered 400: bad"],
    ["404", { status: 404, body: "nothing" }, "refused", "It answered 404"],
  ] as const)
    test(`says ${what}: ${state}`, async () => {
      collector.script(answer);
      await aWeek();
      machine.tomorrow();
      await machine.sendAll();
      assert.deepEqual(
        machine.sync.readBatches().map((batch) => [batch.state, batch.reason]),
        [[state, reason]],
      );
      assert.equal(collector.taken.length, 0, "nothing is sent again");
    });

  test("splits what is too large for it", async () => {
    collector.script({ status: 413 });
    await aWeek();
    assert.deepEqual(
      sentRequests().map(({ resourceLogs }) => resourceLogs[0]!.scopeLogs[0]!.logRecords.length),
      [1, 1],
    );
    assert.equal(new Set(records().map((record) => valuesOf(record)["event.id"])).size, 2);
  });

  test("has a conflict forgiven once, and then the batch is refused", async () => {
    collector.script(...Array.from({ length: 20 }, () => ({ status: 409, body: '{"message":"no"}' })));
    await aWeek();
    for (let round = 0; round < 20; round++) {
      machine.setNow(machine.now() + 4_000);
      await machine.sender.round();
    }
    assert.equal(collector.taken.length, 0);
    assert.deepEqual(
      machine.sync.readBatches().map(({ state, reason }) => [state, reason]),
      [["refused", "It answered 409: no"]],
    );
  });

  test("that wants other header fields is asked again later, and forgives", async () => {
    collector.script({ status: 401 });
    await aWeek();
    assert.equal(machine.consent()?.trouble, "unauthorized");
    machine.tomorrow();
    await machine.sendAll();
    assert.deepEqual(machine.states(), ["sent"]);
    assert.equal(machine.consent()?.trouble, null);
  });

  test("gets no week of which a part is too old", async () => {
    await aWeek();
    machine.edit({ origin: copilot });
    const behind = collector.taken.length;
    machine.setNow(machine.now() + 24 * dayMs);
    await machine.sendAll();
    assert.equal(collector.taken.length, behind);
    assert.equal(machine.sync.readOutbox("9999-12-31").length, 0, "it was given up");
  });

  test("is left without a request: nobody there could delete anything", async () => {
    await aWeek();
    const sent = collector.taken.length;
    leave({ host: machine.host, store: machine.store, chance: () => 0 });
    await machine.sendAll();
    machine.tomorrow();
    await machine.sendAll();
    assert.deepEqual([collector.taken.length - sent, collector.refused.length], [0, 0]);
    assert.deepEqual(machine.sync.readBatches(), []);
    assert.deepEqual(machine.sync.readDeletions(), []);
  });

  test("links no two weeks: neither a pseudonym nor an id comes twice", async () => {
    await aWeek();
    machine.edit({ origin: copilot });
    goTo(nextMonday());
    await machine.sendAll();
    const seen = records().map(valuesOf);
    assert.equal(new Set(seen.map(({ week }) => week)).size, 2);
    assert.equal(new Set(seen.map(({ pseudonym }) => pseudonym)).size, 2);
    assert.equal(new Set(seen.map((each) => each["event.id"])).size, seen.length);
  });

  test("is read here as the senders of others are read: by their numbers, too", async () => {
    const exporter = new OTLPLogExporter({ url: `${collector.address}/v1/logs` });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    const logger = provider.getLogger("kept", "1");
    logger.emit({
      eventName: "kept.week",
      body: "kept.week",
      timestamp: 1_700_000_000_000,
      attributes: { edits: 7, week: "2023-W46" },
    });
    await provider.shutdown();
    const [{ message }] = collector.taken as [(typeof collector.taken)[number]];
    const [record] = (message as unknown as SinkRequest).resourceLogs[0]!.scopeLogs[0]!.logRecords;
    assert.deepEqual(
      [record!.eventName, record!.body, record!.timeUnixNano, valuesOf(record!)],
      ["kept.week", { stringValue: "kept.week" }, "1700000000000000000", { edits: 7, week: "2023-W46" }],
    );
  });
});

suite("The address of a collector", () => {
  test("is the base of all signals, or that of logs", () => {
    for (const [text, endpoint] of [
      ["https://otel.example.org", "https://otel.example.org"],
      ["https://otel.example.org:4318/", "https://otel.example.org:4318"],
      ["https://otel.example.org/otlp/v1/logs", "https://otel.example.org/otlp"],
      [" http://localhost:4318/v1/logs/ ", "http://localhost:4318"],
    ] as const)
      assert.deepEqual(readSinkAddress(text), { ok: true, endpoint });
  });

  for (const text of [
    "http://otel.example.org",
    "https://a:b@otel.example.org",
    "https://otel.example.org/?token=1",
    "https://otel.example.org/#here",
    "https://169.254.169.254/latest",
    "https://[::1%25]/",
    "file:///etc/passwd",
    "https://otel.example.org/../x",
    "otel.example.org:4318",
  ])
    test(`is not ${text}`, () => assert.equal(readSinkAddress(text).ok, false));

  test("has its header fields, and no other collector's", () => {
    const typed = { endpoint: "https://a.example.org", headers: { authorization: "a" } };
    const named = { headerNames: ["authorization"] };
    assert.deepEqual(headersFor({ endpoint: "https://a.example.org", ...named }, typed, {}), {
      authorization: "a",
    });
    assert.equal(headersFor({ endpoint: "https://b.example.org", ...named }, typed, {}), undefined);
    assert.deepEqual(headersFor({ endpoint: "https://a.example.org" }, typed, {}), {});
    const collector = { endpoint: "https://b.example.org", headers: { "x-key": "b" } };
    assert.deepEqual(headersFor({ endpoint: "https://b.example.org" }, typed, { collector }), {
      "x-key": "b",
    });
  });
});
