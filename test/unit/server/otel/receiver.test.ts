import assert from "node:assert/strict";
import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { readOtlp } from "../../../../server/otel/otlp.ts";
import { longestBody, Receiver } from "../../../../server/otel/receiver.ts";
import { toolTelemetry } from "../../../../server/otel/toolTelemetry.ts";
import { freePort } from "../../../support/otel/freePort.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

const wanted = toolTelemetry[0]!.wanted;
const sound = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "claude-code" } }] },
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: "1790000000000000000",
              attributes: [
                { key: "event.name", value: { stringValue: "api_request" } },
                { key: "input_tokens", value: { intValue: "12" } },
              ],
            },
          ],
        },
      ],
    },
  ],
};

suite("The receiver of telemetry", () => {
  let receiver: Receiver;
  let port: number;
  let taken: number;
  let drops: string[];

  const listen = () =>
    Receiver.listen({
      port,
      tokens: new Map([["claude-code", "kept-right"]]),
      take: ({ signal, isJson }, body) => void (taken += readOtlp(body, { signal, isJson, wanted }).length),
      drop: (name) => drops.push(name),
      warn: (message) => drops.push(message),
    });

  setup(async () => {
    [taken, drops, port] = [0, [], await freePort()];
    const listening = await listen();
    assert.ok(listening);
    receiver = listening;
  });
  teardown(() => receiver.close());

  const send = (
    body: Uint8Array | string,
    {
      headers = {},
      path = "/kept-right/v1/logs",
      method = "POST",
    }: {
      headers?: OutgoingHttpHeaders;
      path?: string;
      method?: string;
    } = {},
  ): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> =>
    new Promise((resolve, reject) => {
      const sending = httpRequest(
        {
          host: "127.0.0.1",
          port,
          path,
          method,
          headers: { "content-type": "application/json", ...headers },
        },
        (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.on("end", () =>
            resolve({ status: response.statusCode!, text, headers: response.headers }),
          );
        },
      );
      sending.on("error", reject);
      sending.end(body);
    });

  test("says that all was taken, and to nobody else anything", async () => {
    const { status, text } = await send(JSON.stringify(sound));
    assert.deepEqual([status, text, taken], [200, "{}", 1]);
    const others = [
      await send(JSON.stringify(sound), { headers: { origin: "https://evil.example" } }),
      await send(JSON.stringify(sound), { headers: { host: "evil.example" } }),
      await send(JSON.stringify(sound), { path: "/kept-wrong/v1/logs" }),
      await send("", { method: "OPTIONS", headers: { origin: "https://evil.example" } }),
    ];
    assert.deepEqual(
      others.map((each) => each.status),
      [403, 403, 401, 403],
    );
    for (const each of others) {
      assert.equal(each.text, "");
      assert.deepEqual(
        Object.keys(each.headers).filter((name) => name.startsWith("access-control")),
        [],
      );
    }
    assert.equal(taken, 1);
    assert.deepEqual(new Set(drops), new Set(["telemetry.refused"]));
  });

  test("refuses what is too long as it comes, or once it is unpacked, and goes on", async () => {
    const long = await send(Buffer.alloc(longestBody + 1, 32)).catch(() => undefined);
    // The connection may end before all of it is sent.
    assert.ok(long === undefined || long.status === 413);
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const unpacked = await send(bomb, { headers: { "content-encoding": "gzip" } });
    assert.equal(unpacked.status, 413);
    assert.equal((await send("no gzip", { headers: { "content-encoding": "gzip" } })).status, 400);
    assert.equal((await send(JSON.stringify(sound))).status, 200);
    assert.deepEqual(drops, ["telemetry.malformed", "telemetry.malformed", "telemetry.malformed"]);
  });

  test("is one on a port: another process waits until it ends", async () => {
    assert.equal(await listen(), undefined);
    await receiver.close();
    const second = await listen();
    assert.ok(second);
    receiver = second;
  });

  test("ends at once, though somebody has sent half of a request", async () => {
    const half = connect(port, "127.0.0.1");
    half.on("error", () => undefined);
    half.write(
      `POST /kept-right/v1/logs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`,
    );
    half.write("Content-Length: 1000\r\n\r\n{");
    await new Promise((resolve) => half.once("connect", resolve));
    await receiver.close();
    assert.equal(taken, 0);
  });

  for (const body of [
    "",
    "null",
    "[]",
    "{",
    '{"resourceLogs":{}}',
    '{"resourceLogs":[{"scopeLogs":7}]}',
    "\xff",
  ])
    test(`takes ${JSON.stringify(body)} for what it is`, async () => {
      assert.equal((await send(Buffer.from(body, "latin1"))).status, 400);
      assert.deepEqual(drops, ["telemetry.malformed"]);
    });

  test("takes bytes that are changed anywhere for malformed or for less, and never fails", async () => {
    const random = seededRandom(7);
    const json = Buffer.from(JSON.stringify(sound));
    const binary = Buffer.from(
      "0a560a1e0a1c0a0c736572766963652e6e616d65120c0a0a636c617564652d636f6465" +
        "1234123209000000000000f0183224" +
        "0a0a6576656e742e6e616d6512160a0b6170695f72657175657374",
      "hex",
    );
    const types = ["application/json", "application/x-protobuf"];
    for (let round = 0; round < 400; round++) {
      const bytes = Buffer.from(round % 2 === 0 ? json : binary);
      for (let change = 0; change < 1 + random() * 4; change++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = bytes.subarray(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
      const { status } = await send(cut, { headers: { "content-type": types[round % 2] } });
      assert.ok(status === 200 || status === 400, `${status} for ${cut.toString("hex")}`);
    }
    assert.deepEqual([...new Set(drops)].sort(), ["telemetry.malformed"]);
  });

  test("takes in what a tool sends while more strangers wait than there is room for, and counts whom it ended", async () => {
    const strangers = Array.from({ length: 40 }, () => {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      socket.write("POST /kept-");
      return socket;
    });
    await Promise.all(strangers.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    const ended = strangers
      .slice(0, 24)
      .map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    assert.equal((await send(JSON.stringify(sound))).status, 200);
    assert.equal(taken, 1);
    await Promise.all(ended);
    const crowded = drops.filter((name) => name === "telemetry.crowded").length;
    assert.ok(crowded >= 24, `${crowded}`);
    for (const socket of strangers) socket.destroy();
  });
});
