import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGzip, gzipSync } from "node:zlib";
import { ingestAnswerSchema } from "../../protocol/collector.ts";
import { idOf, requestWith } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import {
  heldIn,
  letAllIn,
  letIn,
  post,
  startService,
  token,
  type RunningService,
} from "../org/support/service.ts";

/** The short form; the long one is as many as the promise says. */
const many = Number(process.env["KEPT_HARDENING"] ?? 150);
/** What the largest bomb is unpacked. */
const largestMebibytes = Number(process.env["KEPT_BOMB_MEBIBYTES"] ?? 200);
const mebibyte = 1024 * 1024;

hardeningSuite("SQLite", () => Promise.resolve({}));

suite("With a real PostgreSQL", function () {
  this.timeout(60_000);
  let postgres: RunningPostgres;

  suiteSetup(async () => {
    postgres = await startPostgres();
  });

  suiteTeardown(() => postgres.stop());

  hardeningSuite("PostgreSQL", async () => ({ KEPT_ORG_DATABASE_URL: await postgres.makeDatabase() }));
});

function hardeningSuite(engine: string, makeStore: () => Promise<Record<string, string>>): void {
  suite(`The service under load that nobody means well with, over ${engine}`, function () {
    this.timeout(300_000);
    let environment: Record<string, string>;
    let remove: () => void;
    let service: RunningService;

    setup(async () => {
      const made = makeFolder();
      remove = made.remove;
      environment = { KEPT_ORG_DATA: made.folder, ...(await makeStore()) };
      service = await startService(environment);
    });

    teardown(async () => {
      await service.kill();
      remove();
    });

    const openRequests = async () => {
      const text = await (await fetch(`${service.address}/metrics`)).text();
      return Number(/^kept_org_requests_open (\d+)$/m.exec(text)?.[1]);
    };

    async function isUseful(name: string): Promise<void> {
      const answer = await post(service.address, JSON.stringify(requestWith(name, 2)));
      assert.equal(answer.status, 200, await answer.text());
    }

    const found = (what: string) => console.log(`      [found] ${what}, over ${engine}`);

    /** As many as are allowed at once, until there is no more to do. */
    async function inParallel(
      count: number,
      atOnce: number,
      work: (index: number) => Promise<void>,
    ): Promise<void> {
      let next = 0;
      const worker = async () => {
        while (next < count) await work(next++);
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    }

    test("H2: unpacks no bomb, however deep", async () => {
      const plain = await Promise.all([2, 16, 64, largestMebibytes].map(bomb));
      const largest = plain.at(-1)!;
      const bombs = [
        ...plain.map((bytes) => ({ bytes, encoding: "gzip" })),
        { bytes: gzipSync(largest), encoding: "gzip" },
        { bytes: gzipSync(largest), encoding: "gzip, gzip" },
        // Many members, each of them small, are one stream.
        {
          bytes: Buffer.concat(Array.from({ length: 200 }, () => plain[0]!)).subarray(0, 250_000),
          encoding: "gzip",
        },
      ];
      const statuses = new Set<number>();
      const before = cpuMs(service);
      const tried = Math.min(many, 100);
      for (let index = 0; index < tried; index++) {
        const { bytes, encoding } = bombs[index % bombs.length]!;
        const { status } = await post(service.address, new Uint8Array(bytes), {
          "content-encoding": encoding,
        });
        statuses.add(status);
      }
      assert.deepEqual([...statuses].sort(), [400, 413, 415]);
      found(`H2: ${((cpuMs(service) - before) / tried).toFixed(1)} ms of the service's time for each bomb`);
      await isUseful("after bombs");
    });

    test("H3: is held up neither by senders that never finish nor by those that leave", async () => {
      const { hostname, port } = new URL(service.address);
      const other = await letIn(environment, "somebody else");
      const valid = async (name: string) => {
        const body = JSON.stringify(requestWith(name, 2, { person: "b" }));
        const { status } = await post(service.address, body, { authorization: `Bearer ${other}` });
        assert.equal(status, 200, name);
      };
      const alone = await slowest(many, (index) => valid(`before ${index}`));
      // As many that never end their head as leave in the middle of their body.
      const sockets = Array.from({ length: 2 * many }, (_, index) => {
        const socket = connect({ host: hostname, port: Number(port) });
        socket.on("error", () => undefined);
        socket.write(
          index % 2 === 0
            ? "POST /v1/logs HTTP/1.1\r\nHost: a\r\n"
            : `POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n` +
                `Idempotency-Key: ${idOf("left")}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
        );
        return socket;
      });
      for (let tries = 0; (await openRequests()) === 0 && tries < 100; tries++) await pause(20);
      assert.ok((await openRequests()) > 0);
      // Whoever holds all the places that one device has stands in the way of nobody else.
      const meanwhile = await slowest(many, (index) => valid(`meanwhile ${index}`));
      found(`H3: of ${many} requests the slowest hundredth took ${ratio(meanwhile, alone)} times as long`);
      for (const socket of sockets) socket.destroy();
      for (let tries = 0; (await openRequests()) > 0 && tries < 500; tries++) await pause(20);
      assert.equal(await openRequests(), 0);
      await isUseful("after they left");
    });

    test("H4: says 429 or 503 when there is too much, and loses nothing of what it took", async () => {
      await service.kill();
      service = await startService({ ...environment, KEPT_ORG_RATE: "60" });
      const sending = await startSending();
      const { statuses } = await sending(many * 8, 120);
      const refused = Object.keys(statuses).filter((status) => status !== "200");
      assert.ok(refused.length > 0 && refused.every((status) => ["429", "503"].includes(status)));
      const { batches, events } = await heldIn(environment);
      assert.deepEqual([batches, events], [statuses[200], 5 * (statuses[200] ?? 0)]);
    });

    test("H4: goes on taking as much as it can when five times as many come at once", async () => {
      // An editor has one request open: of four devices the store would take four at a time, however many wait.
      const sending = await startSending(120);
      // Whatever was just started is slow: it is asked for as much before it is measured, and as usual after the flood, too.
      const warming = await sending(many * 4, 60);
      const before = await sending(many * 4, 60);
      // Who is turned away comes again, sooner than an editor would.
      const flood = await sending(many * 20, 300, 1000);
      const after = await sending(many * 4, 60);
      for (const { statuses } of [warming, before, after]) assert.deepEqual(Object.keys(statuses), ["200"]);
      assert.ok(Object.keys(flood.statuses).every((status) => ["200", "429", "503"].includes(status)));
      assert.ok((flood.statuses[503] ?? 0) > 0, "no more than the service takes at once");
      assert.equal(flood.statuses[200], many * 20);
      const taken = many * 32;
      assert.deepEqual(await heldIn(environment), { batches: taken, events: 5 * taken });
      const usual = (before.takenPerSecond + after.takenPerSecond) / 2;
      const share = ratio(flood.takenPerSecond, usual);
      found(`H4: ${share} times as much is taken in while ${JSON.stringify(flood.statuses)}`);
    });

    /** Devices that send batches of five, each batch once. */
    async function startSending(devices = 4) {
      const names = Array.from({ length: devices }, (_, index) => `person ${index}`);
      const credentials = await letAllIn(
        environment,
        names.map((name) => `device of ${name}`),
      );
      const people = names.map((person, index) => ({ person, credential: credentials[index]! }));
      let batch = 0;
      return async (count: number, atOnce: number, againAfterMs?: number): Promise<Sent> => {
        const statuses: Record<number, number> = {};
        const startedAt = performance.now();
        await inParallel(count, atOnce, async (index) => {
          const sender = people[index % people.length]!;
          const body = JSON.stringify(requestWith(`batch ${batch++}`, 5, { person: sender.person }));
          for (let isOver = false; !isOver;) {
            const { status, headers } = await post(service.address, body, {
              authorization: `Bearer ${sender.credential}`,
            });
            statuses[status] = (statuses[status] ?? 0) + 1;
            if (status !== 200) assert.match(headers.get("retry-after") ?? "", /^\d+$/);
            isOver = status !== 503 || againAfterMs === undefined;
            if (!isOver) await pause(againAfterMs!);
          }
        });
        const seconds = (performance.now() - startedAt) / 1000;
        return { statuses, takenPerSecond: (statuses[200] ?? 0) / seconds };
      };
    }

    test("H5: counts a batch that comes many times at once one time", async () => {
      // An editor sends one after the other. Here one device may have all of them open.
      await service.kill();
      service = await startService({ ...environment, KEPT_ORG_OPEN: "4096" });
      const body = JSON.stringify(requestWith("one", 20));
      let replayed = 0;
      await inParallel(many * 2, 50, async () => {
        const response = await post(service.address, body);
        assert.equal(response.status, 200);
        if (ingestAnswerSchema.parse(await response.json()).receipt.replayed) replayed += 1;
      });
      assert.equal(replayed, many * 2 - 1);
      assert.deepEqual(await heldIn(environment), { batches: 1, events: 20 });
    });
  });
}

interface Sent {
  readonly statuses: Readonly<Record<number, number>>;
  readonly takenPerSecond: number;
}

/** That many mebibytes of nothing, packed without ever being in memory. */
function bomb(mebibytes: number): Promise<Buffer> {
  const piece = Buffer.alloc(mebibyte);
  return buffer(Readable.from(Array.from({ length: mebibytes }, () => piece)).pipe(createGzip()));
}

/** The time of the processor that the service took so far. Where the system does not tell that way, nothing. */
function cpuMs({ process: { pid } }: RunningService): number {
  if (process.platform !== "linux") return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  // In hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** How long all but a hundredth took at most, one after the other. */
async function slowest(count: number, work: (index: number) => Promise<void>): Promise<number> {
  const took: number[] = [];
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    await work(index);
    took.push(performance.now() - startedAt);
  }
  return took.sort((a, b) => a - b)[Math.floor(count * 0.99)]!;
}

const ratio = (one: number, other: number) => (one / other).toFixed(1);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
