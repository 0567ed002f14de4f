import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import manifest from "../../org/package.json" with { type: "json" };
import {
  ingestAnswerSchema,
  limits,
  problemDocumentSchema,
  type IngestAnswer,
} from "../../protocol/collector.ts";
import { idOf, recordOf, requestOf, requestWith, today } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { heldIn, post, startService, token, type RunningService } from "../org/support/service.ts";

async function answerTo(address: string, body: string): Promise<IngestAnswer> {
  const response = await post(address, body);
  assert.equal(response.status, 200, await response.clone().text());
  return ingestAnswerSchema.parse(await response.json());
}

/** The same promises hold whatever the store is. */
function processSuite(engine: string, prepare: () => Promise<Prepared>): void {
  suite(`The service as a process, with ${engine}`, function () {
    this.timeout(60_000);
    let prepared: Prepared;
    let service: RunningService;

    setup(async () => {
      prepared = await prepare();
      service = await startService(prepared.environment);
    });

    teardown(async () => {
      await service.kill();
      await prepared.remove();
    });

    test("counts a batch once, however often it is sent, and after a crash too", async () => {
      const batch = JSON.stringify(requestWith("first", 25));
      const receipt = { stored: 25, duplicates: 0 };
      assert.deepEqual(await answerTo(service.address, batch), { receipt: { ...receipt, replayed: false } });
      assert.deepEqual(await answerTo(service.address, batch), { receipt: { ...receipt, replayed: true } });
      assert.deepEqual(await heldIn(prepared.environment), { batches: 1, events: 25 });
      await service.kill();
      service = await startService(prepared.environment);
      assert.deepEqual(await heldIn(prepared.environment), { batches: 1, events: 25 });
      assert.deepEqual(await answerTo(service.address, batch), { receipt: { ...receipt, replayed: true } });
      assert.deepEqual(await heldIn(prepared.environment), { batches: 1, events: 25 });
    });

    test("H6: loses nothing it acknowledged and counts nothing twice when it is killed under load", async () => {
      const rounds = 4;
      const perRound = 40;
      const eventsPerBatch = 10;
      const acknowledged = new Set<string>();
      const batches = new Map<string, string>();
      for (let round = 0; round < rounds; round++) {
        const names = Array.from({ length: perRound }, (_, index) => `batch ${round}-${index}`);
        names.forEach((name) => batches.set(name, JSON.stringify(requestWith(name, eventsPerBatch))));
        let answered = 0;
        let killed: Promise<void> | undefined;
        await Promise.all(
          names.map(async (name) => {
            const response = await post(service.address, batches.get(name) ?? "").catch(() => undefined);
            if (response?.status === 200) {
              acknowledged.add(name);
              answered += 1;
              if (answered === 3 + round * 5) {
                killed = service.kill();
              }
            }
          }),
        );
        await killed;
        service = await startService(prepared.environment);
        assert.ok((await heldIn(prepared.environment)).batches >= acknowledged.size);
      }
      assert.ok(acknowledged.size < batches.size, "nothing was under way when the process was killed");
      for (const name of acknowledged) {
        const answer = await answerTo(service.address, batches.get(name) ?? "");
        assert.equal(answer.receipt.replayed, true, `${name} was acknowledged and lost`);
      }
      for (const batch of batches.values()) {
        await answerTo(service.address, batch);
      }
      assert.deepEqual(await heldIn(prepared.environment), {
        batches: rounds * perRound,
        events: rounds * perRound * eventsPerBatch,
      });
    });

    test("finishes what is under way when it is asked to end", async () => {
      const body = gzipSync(JSON.stringify(requestWith("slow", 5)));
      const { hostname, port } = new URL(service.address);
      const sending = request({
        host: hostname,
        port,
        path: "/v1/logs",
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "content-encoding": "gzip",
          "content-length": body.length,
          "idempotency-key": idOf("slow"),
        },
      });
      const answered = new Promise<unknown[]>((resolve, reject) => {
        sending.on("response", (response) => {
          response.resume();
          resolve([response.statusCode, response.headers.connection]);
        });
        sending.on("error", reject);
      });
      sending.write(body.subarray(0, 100));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const stopped = service.stop();
      await new Promise((resolve) => setTimeout(resolve, 100));
      sending.end(body.subarray(100));
      // The connection is given up with it, else the process would wait for its sender.
      assert.deepEqual(await answered, [200, "close"]);
      assert.equal(await stopped, 0);
      service = await startService(prepared.environment);
      assert.deepEqual(await heldIn(prepared.environment), { batches: 1, events: 5 });
    });

    test("ends as asked while somebody holds connections open over which nothing, or half a request, came", async () => {
      const { port } = new URL(service.address);
      const half =
        "POST /v1/enrolment HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
      const held = ["", "GET / HTTP/1.1\r\nHo", half].map((text) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
        return socket.on("error", () => undefined).resume();
      });
      await Promise.all(held.map((socket) => once(socket, "connect")));
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await service.stop(), 0);
      assert.match(service.printed.at(-1) ?? "", /"stopped"/);
      for (const socket of held) socket.destroy();
    });

    test("prints no request, no body, no address and no token", async () => {
      await answerTo(service.address, JSON.stringify(requestWith("first", 3)));
      await post(service.address, '{"canary-7f3a":');
      await fetch(`${service.address}/canary-7f3a`);
      const bad = recordOf({ name: "bad", day: today, tool: "canary-7f3a" });
      await post(service.address, JSON.stringify(requestOf("bad", [bad])));
      assert.equal(await service.stop(), 0);
      const lines = service.printed.map((line) => JSON.parse(line) as { msg: string });
      assert.deepEqual(
        lines.map(({ msg }) => msg.replace(/\d+$/, "PORT")),
        ["store opened", `kept-org ${manifest.version} listens at http://127.0.0.1:PORT`, "stopped"],
      );
      assert.doesNotMatch(service.printed.join("\n"), /canary|tests-only|postgres:\/\//);
    });
  });
}

/** One device sends many at once, which no editor does. */
const manyAtOnce = { KEPT_ORG_OPEN: "512" };

interface Prepared {
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

processSuite("SQLite", () => {
  const { folder, remove } = makeFolder();
  return Promise.resolve({
    environment: { KEPT_ORG_DATA: folder, ...manyAtOnce },
    remove: () => Promise.resolve(remove()),
  });
});

suite("With a real PostgreSQL beside it", function () {
  this.timeout(60_000);
  let postgres: RunningPostgres;

  suiteSetup(async () => {
    postgres = await startPostgres();
  });

  suiteTeardown(() => postgres.stop());

  processSuite("PostgreSQL", async () => {
    const url = await postgres.makeDatabase();
    const { folder, remove } = makeFolder();
    return {
      environment: { KEPT_ORG_DATA: folder, KEPT_ORG_DATABASE_URL: url, ...manyAtOnce },
      async remove() {
        remove();
        await postgres.dropDatabase(url);
      },
    };
  });
});

suite("The service, met by strangers", function () {
  this.timeout(60_000);
  let remove: () => void;
  let service: RunningService;

  suiteSetup(async () => {
    const made = makeFolder();
    remove = made.remove;
    service = await startService({ KEPT_ORG_DATA: made.folder });
  });

  suiteTeardown(async () => {
    await service.kill();
    remove();
  });

  /** Sends bytes as they are and gives all that comes back. */
  function say(bytes: string, patienceMs = 5000): Promise<string> {
    const { hostname, port } = new URL(service.address);
    return new Promise((resolve, reject) => {
      let heard = "";
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
      socket.setTimeout(patienceMs, () => socket.destroy(new Error(`no answer to ${bytes.slice(0, 40)}`)));
      socket.on("data", (chunk) => (heard += chunk.toString()));
      socket.on("close", () => resolve(heard));
      socket.on("error", reject);
    });
  }

  test("answers with a problem document even to what is not HTTP", async () => {
    const answers = {
      "HELLO\r\n\r\n": 400,
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n": 400,
      [`GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(20_000)}\r\n\r\n`]: 431,
      [`POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
      `Idempotency-Key: ${idOf("large")}\r\nContent-Length: 99999999\r\n\r\n`]: 413,
      "POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n": 401,
    };
    for (const [bytes, status] of Object.entries(answers)) {
      const heard = await say(bytes);
      assert.equal(heard.split(" ")[1], String(status), `${bytes.slice(0, 40)} → ${heard.slice(0, 80)}`);
      assert.match(heard, /content-type: application\/problem\+json/i);
      assert.equal(problemDocumentSchema.parse(JSON.parse(heard.split("\r\n\r\n")[1] ?? "")).status, status);
    }
  });

  test("names what is wrong of a head or a body that cannot be read", async () => {
    const posted = `POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
    const fields = {
      "GET /v1/team HTTP/1.1\r\n\r\n": "host",
      "GET /v1/team HTTP/1.1\r\nHost: a\r\nExpect: foo\r\n\r\n": "expect",
      [`${posted}Expect: foo\r\nContent-Length: 2\r\n\r\n{}`]: "expect",
      [`${posted}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`]: "content-length",
      [`${posted}Content-Length: x\r\n\r\n{}`]: "content-length",
      [`${posted}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`]: "body",
      [`${posted}Transfer-Encoding: foo\r\n\r\n{}`]: "transfer-encoding",
      "HELLO / HTTP/1.1\r\n\r\n": "method",
      [`GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(20_000)}\r\n\r\n`]: "header",
    };
    for (const [bytes, field] of Object.entries(fields)) {
      const heard = await say(bytes);
      const problem = problemDocumentSchema.parse(JSON.parse(heard.split("\r\n\r\n")[1] ?? ""));
      assert.equal(problem.errors?.[0]?.field, field, `${bytes.slice(0, 300)} → ${heard}`);
      assert.match(heard, /content-type: application\/problem\+json/i);
    }
    assert.match(await say("GET /healthz HTTP/1.0\r\n\r\n"), /^HTTP\/1.1 200/);
  });

  test("lets a sender of too much, or without the token, read why it was refused", async () => {
    const statuses: Record<string, number> = {};
    for (let index = 0; index < 30; index++) {
      const body = "x".repeat(limits.bodyBytes + 1 + index * 200_000);
      const authorization = `Bearer ${index % 2 === 0 ? token : "not-the-token"}`;
      const { status } = await post(service.address, body, { authorization });
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    assert.deepEqual(statuses, { 401: 15, 413: 15 });
  });

  test("H3: gives up a sender that does not end its head", async () => {
    const heard = await say("POST /v1/logs HTTP/1.1\r\nHost: a\r\n", 30_000);
    assert.equal(heard.split(" ")[1], "408", heard);
  });

  test("stays useful after senders that gave up in the middle of a body", async () => {
    const { hostname, port } = new URL(service.address);
    for (let index = 0; index < 50; index++) {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on("error", () => undefined);
      socket.write(
        `POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n` +
          `Idempotency-Key: ${idOf("left")}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.destroy();
    }
    const answer = await answerTo(service.address, JSON.stringify(requestWith("after", 1)));
    assert.equal(answer.receipt.stored, 1);
    assert.equal(service.printed.filter((line) => line.includes('"level":50')).length, 0);
  });
});
