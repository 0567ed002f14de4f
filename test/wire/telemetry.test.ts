import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { AddressFile, endpointOf } from "../../server/otel/receiverAddress.ts";
import type { ToolHealth } from "../../protocol/connections.ts";
import type { Reply } from "../../protocol/errors.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const longestMs = 30_000;
const secret = "sk-canary-7f3a91";

suite("Telemetry that tools send while the server runs", () => {
  let home: string;
  let clients: TestClient[];

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-otel-"));
    mkdirSync(path.join(home, "work"));
    mkdirSync(path.join(home, ".claude"));
    clients = [];
  });
  teardown(async () => {
    for (const client of clients) await client.kill();
    rmSync(home, { recursive: true, force: true });
  });

  const startServer = async (window: number) => {
    const client = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(path.join(home, "work")).href],
      initializationOptions: {
        window: `11111111-1111-4111-8111-11111111111${window}`,
        settings: { editDays: 90, sumMonths: 25 },
      },
    });
    clients.push(client);
    await client.until(() => client.statuses.length > 0, "the server runs");
    return client;
  };
  const kept = (...args: string[]) => {
    const environment = { ...process.env, KEPT_HOME: path.join(home, "kept"), HOME: home };
    return spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", env: environment });
  };
  const endpoint = (tool = "claude-code") =>
    endpointOf(new AddressFile(path.join(home, "kept")).read()!, tool);
  const send = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${endpoint()}/v1/logs`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({
        resourceLogs: [
          {
            scopeLogs: [
              {
                logRecords: [
                  {
                    timeUnixNano: `${Date.now()}000000`,
                    body: { stringValue: secret },
                    attributes: Object.entries({
                      "event.name": "api_request",
                      "session.id": "s1",
                      request_id: id,
                      model: "claude-opus-4-5",
                      input_tokens: "10",
                      output_tokens: "20",
                      duration_ms: "1200",
                      prompt: secret,
                    }).map(([key, value]) => ({ key, value: { stringValue: value } })),
                  },
                ],
              },
            ],
          },
        ],
      }),
    }).then(
      ({ status }) => status,
      () => undefined,
    );
  const sendUntil = async (id: string, status: number | undefined) => {
    const until = Date.now() + longestMs;
    while ((await send(id)) !== status) {
      assert.ok(Date.now() < until, `it answers ${status}`);
      await wait(200);
    }
  };

  const isAnswered = (url: string) =>
    fetch(url, { method: "POST" }).then(
      () => true,
      () => false,
    );

  test("is received once a tool was told to send it, by one window after the other, and no longer than that", async function () {
    // A window takes over within five seconds, and there are two to do so.
    this.timeout(120_000);
    await startServer(1);
    await startServer(2);
    assert.equal(kept("connect", "claude-code-telemetry").status, 0);
    await sendUntil("req_1", 200);
    assert.equal(await send("req_2", { origin: "https://evil.example" }), 403);
    assert.match(
      kept("doctor").stdout,
      /- claude-code: not connected, sends its telemetry.*\n {2}- \d+ of its telemetry taken in, 0 not understood/,
    );
    // Whichever has the port dies as by a power cut; the other takes over.
    const [first, second] = clients;
    await first!.kill();
    await sendUntil("req_3", 200);
    await startServer(3);
    await second!.kill();
    await sendUntil("req_4", 200);
    // Tools send again what they got no answer for.
    await sendUntil("req_4", 200);
    const reply = await clients[2]!.ask<Reply<Summary>>("kept/summary", { days: 2, scope: "all" });
    assert.ok(reply.ok);
    const { requests, tokens, spend, latency } = reply.value.requests;
    assert.deepEqual([requests, tokens.input, tokens.output, latency?.requests], [3, 30, 60, 3]);
    assert.equal(spend.unpricedRequests, 0);
    const last = `${endpoint()}/v1/logs`;
    assert.equal(kept("disconnect", "claude-code-telemetry").status, 0);
    const until = Date.now() + longestMs;
    while (await isAnswered(last)) {
      assert.ok(Date.now() < until, "nobody listens");
      await wait(200);
    }
    clients.splice(0, 2);
    assertNothingOf(secret);
  });

  test("is compared with what Kept finds, and decisions are counted once, with nothing of what was said", async function () {
    this.timeout(60_000);
    await startServer(1);
    assert.equal(kept("connect", "claude-code-telemetry").status, 0);
    await sendUntil("req_1", 200);
    const nano = `${Date.now()}000000`;
    const attribute = (key: string, value: string | number) => ({
      key,
      value: typeof value === "number" ? { doubleValue: value } : { stringValue: value },
    });
    const post = (tool: string, signal: string, body: object) =>
      fetch(`${endpoint(tool)}/v1/${signal}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }).then(({ status }) => status);
    const survival = {
      resourceMetrics: [
        {
          resource: { attributes: [attribute("host.name", secret)] },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: "copilot_chat.edit.survival.four_gram",
                  histogram: {
                    aggregationTemporality: 1,
                    dataPoints: [
                      {
                        startTimeUnixNano: nano,
                        timeUnixNano: nano,
                        count: "4",
                        sum: 3,
                        attributes: [
                          attribute("copilot_chat.time_delay_ms", 300_000),
                          attribute("copilot_chat.edit.source", secret),
                        ],
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    };
    const decision = {
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: nano,
                  body: { stringValue: secret },
                  attributes: Object.entries({
                    "event.name": "tool_decision",
                    tool_name: "Edit",
                    decision: "reject",
                    source: "user_reject",
                    tool_parameters: secret,
                  }).map(([key, value]) => attribute(key, value)),
                },
              ],
            },
          ],
        },
      ],
    };
    for (let time = 0; time < 3; time++) {
      assert.equal(await post("github-copilot", "metrics", survival), 200);
      assert.equal(await post("claude-code", "logs", decision), 200);
    }
    const reply = await clients[0]!.ask<Reply<Summary>>("kept/summary", { days: 2, scope: "all" });
    assert.ok(reply.ok);
    assert.deepEqual(reply.value.toolsSay, {
      decisions: [{ tool: "claude-code", by: "person", accepted: 0, rejected: 1 }],
      survival: [
        {
          tool: "github-copilot",
          measure: "fourGram",
          dueMs: 300_000,
          theirs: { value: 0.75, n: 4 },
          ours: { value: null, n: 0 },
        },
      ],
    });
    const tools = await clients[0]!.ask<Reply<{ tools: ToolHealth[] }>>("kept/tools", {});
    assert.ok(tools.ok);
    const health = tools.value.tools.find(({ tool }) => tool === "claude-code");
    assert.deepEqual([health?.telemetry?.isConnected, health?.hooks?.isConnected], [true, false]);
    assert.deepEqual(
      health?.heard.map(({ way, notUnderstood }) => [way, notUnderstood]),
      [["telemetry", 0]],
    );
    assert.match(kept("report").stdout, /Claude Code: 0 edits accepted and 1 rejected, by a person/);
    assertNothingOf(secret);
  });

  function assertNothingOf(text: string): void {
    const files = readdirSync(path.join(home, "kept"), { withFileTypes: true, recursive: true });
    for (const { parentPath, name } of files.filter((each) => each.isFile()))
      assert.equal(readFileSync(path.join(parentPath, name)).includes(text), false, name);
  }
});
