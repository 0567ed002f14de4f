import assert from "node:assert/strict";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { ingestAnswerSchema } from "../../protocol/collector.ts";
import { requestWith } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { heldBy, letIn, post, startService, token, type RunningService } from "../org/support/service.ts";

/** The short form; the long one is as many as the promise says. */
const many = Number(process.env["KEPT_HARDENING"] ?? 150);

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
      const bombs = [2, 16, 64, 200].map((mebibytes) => gzipSync(Buffer.alloc(mebibytes * 1024 * 1024)));
      const nested = gzipSync(bombs[2] ?? Buffer.alloc(0));
      const statuses = new Set<number>();
      for (let index = 0; index < Math.min(many, 100); index++) {
        const bomb = index % 5 === 4 ? nested : bombs[index % 5];
        const { status } = await post(service.address, new Uint8Array(bomb ?? nested), {
          "content-encoding": "gzip",
        });
        statuses.add(status);
      }
      assert.deepEqual([...statuses].sort(), [400, 413]);
      await isUseful("after bombs");
    });

    test("H3: is held up neither by senders that never finish nor by those that leave", async () => {
      const { hostname, port } = new URL(service.address);
      const sockets = Array.from({ length: many }, (_, index) => {
        const socket = connect({ host: hostname, port: Number(port) });
        socket.on("error", () => undefined);
        socket.write(
          index % 2 === 0
            ? "POST /v1/logs HTTP/1.1\r\nHost: a\r\n"
            : `POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n` +
                "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        );
        return socket;
      });
      for (let tries = 0; (await openRequests()) === 0 && tries < 100; tries++) await pause(20);
      assert.ok((await openRequests()) > 0);
      // Whoever holds all the places that one device has stands in the way of nobody else.
      const other = await letIn(environment, "somebody else");
      const answer = await post(
        service.address,
        JSON.stringify(requestWith("meanwhile", 2, { person: "b" })),
        {
          authorization: `Bearer ${other}`,
        },
      );
      assert.equal(answer.status, 200);
      for (const socket of sockets) socket.destroy();
      for (let tries = 0; (await openRequests()) > 0 && tries < 500; tries++) await pause(20);
      assert.equal(await openRequests(), 0);
      await isUseful("after they left");
    });

    test("H4: says 429 or 503 when there is too much, and loses nothing of what it took", async () => {
      await service.kill();
      service = await startService({ ...environment, KEPT_ORG_RATE: "60" });
      const people = await Promise.all(
        ["a", "b", "c", "d"].map(async (person) => ({
          person,
          credential: await letIn(environment, `device of ${person}`),
        })),
      );
      const statuses: Record<number, number> = {};
      await inParallel(many * 8, 120, async (index) => {
        const sender = people[index % people.length];
        const body = JSON.stringify(requestWith(`batch ${index}`, 5, { person: sender?.person ?? "" }));
        const { status, headers } = await post(service.address, body, {
          authorization: `Bearer ${sender?.credential}`,
        });
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status !== 200) assert.match(headers.get("retry-after") ?? "", /^\d+$/);
      });
      const refused = Object.keys(statuses).filter((status) => status !== "200");
      assert.ok(refused.length > 0 && refused.every((status) => ["429", "503"].includes(status)));
      const { batches, events } = await heldBy(service.address);
      assert.deepEqual([batches, events], [statuses[200], 5 * (statuses[200] ?? 0)]);
    });

    test("H5: counts a batch that comes many times at once one time", async () => {
      const body = JSON.stringify(requestWith("one", 20));
      let replayed = 0;
      await inParallel(many * 2, 50, async () => {
        const response = await post(service.address, body);
        assert.equal(response.status, 200);
        if (ingestAnswerSchema.parse(await response.json()).receipt.replayed) replayed += 1;
      });
      assert.equal(replayed, many * 2 - 1);
      assert.deepEqual(await heldBy(service.address), { batches: 1, events: 20 });
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
