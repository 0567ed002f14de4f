/**
 * Batches of 100 events through the real service, durable, deduplicated and with their contributions, and beside it in
 * the same run a bare loop that only inserts the same rows, a batch at a time, into a table of the same form. The loop runs
 * before and after the service, because machines that others use are now faster and now slower.
 */
import Database from "better-sqlite3";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request, type IncomingMessage } from "node:http";
import { loadavg } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { readBatch } from "../org/ingest/readBatch.ts";
import { keyOf, requestWith } from "../test/org/support/batches.ts";
import { makeFolder } from "../test/org/support/folder.ts";
import { startPostgres } from "../test/org/support/postgres.ts";
import { letIn, startService } from "../test/org/support/service.ts";

const people = 40;
const batchesEach = 50;
const eventsEach = 100;
const connections = 32;

interface Sent {
  readonly body: Buffer;
  readonly person: string;
  readonly key: string;
}

const bodies: Sent[] = Array.from({ length: people * batchesEach }, (_, index) => {
  const person = `person ${index % people}`;
  const batch = requestWith(`batch ${index}`, eventsEach, { person });
  const body = Buffer.from(JSON.stringify(batch));
  return { person, body, key: keyOf(body) };
});
const rows = bodies.map(({ body }) => {
  const read = readBatch(body, Date.now());
  if (!read.ok) throw new Error(read.detail);
  return read.batch;
});
const packed = bodies.map(({ body, ...rest }) => ({ ...rest, body: gzipSync(body) }));
const events = bodies.length * eventsEach;

interface Through {
  readonly seconds: number;
  readonly times: number[];
  /** That the service's own process was at work; undefined where the system does not tell. */
  readonly workedSeconds: number | undefined;
}

async function throughService(environment: Record<string, string>): Promise<Through> {
  const service = await startService(environment);
  const credentials = new Map<string, string>();
  for (const { person } of packed) {
    if (!credentials.has(person)) credentials.set(person, await letIn(environment, person));
  }
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(service.address);
  const times: number[] = [];
  const send = async ({ person, body, key }: Sent) => {
    const began = performance.now();
    const sending = request({
      ...{ agent, hostname, port, method: "POST", path: "/v1/logs" },
      headers: {
        authorization: `Bearer ${credentials.get(person)}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
        "content-length": body.length,
        "idempotency-key": key,
      },
    });
    sending.end(body);
    const [response] = (await once(sending, "response")) as [IncomingMessage];
    response.resume();
    await once(response, "end");
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    times.push(performance.now() - began);
  };
  const workedBefore = workedBy(service.process.pid);
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let own = packed[next++]; own !== undefined; own = packed[next++]) await send(own);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const workedAfter = workedBy(service.process.pid);
  agent.destroy();
  await service.stop();
  const workedSeconds =
    workedBefore === undefined || workedAfter === undefined ? undefined : workedAfter - workedBefore;
  return { seconds, times, workedSeconds };
}

/** Seconds of one core, as Linux counts them. */
function workedBy(pid: number | undefined): number | undefined {
  if (process.platform !== "linux" || pid === undefined) return undefined;
  // The name in front may hold anything, but nothing behind its bracket does.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

const columns =
  "week text, pseudonym text, event_id text, day text, origin_kind text, tool text, mode text, " +
  "edits bigint, inserted_chars bigint, kept_chars bigint, PRIMARY KEY (week, pseudonym, event_id)";

type Event = (typeof rows)[number]["events"][number];
const valuesOf = (batch: (typeof rows)[number], event: Event) => [
  ...[batch.week, batch.pseudonym, event.id, event.day, event.originKind, event.tool, event.mode],
  ...[event.edits, event.insertedChars, event.keptChars],
];

function bareSqlite(file: string): number {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec(`CREATE TABLE event (${columns}) WITHOUT ROWID`);
  database.pragma("synchronous = FULL");
  const insert = database.prepare(`INSERT INTO event VALUES (${"?, ".repeat(9)}?)`);
  const write = database.transaction((batch: (typeof rows)[number]) => {
    for (const event of batch.events) insert.run(...valuesOf(batch, event));
  });
  const began = performance.now();
  for (const batch of rows) write(batch);
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return seconds;
}

async function barePostgres(url: string, atOnce: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: atOnce });
  // The server may stop while connections are still being closed.
  pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
  await pool.query(`CREATE TABLE bare (${columns})`);
  const kinds = [...Array<string>(7).fill("text"), ...Array<string>(3).fill("bigint")];
  const sql = `INSERT INTO bare SELECT * FROM unnest(${kinds.map((kind, index) => `$${index + 1}::${kind}[]`).join(", ")})`;
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let batch = rows[next++]; batch !== undefined; batch = rows[next++]) {
        const own = batch;
        const all = own.events.map((event) => valuesOf(own, event));
        await pool.query(
          sql,
          kinds.map((_, index) => all.map((row) => row[index])),
        );
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await pool.end();
  return seconds;
}

function print(
  engine: string,
  { seconds, times, workedSeconds }: Through,
  [before, after]: readonly [number, number],
): void {
  const bare = (before + after) / 2;
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
  const perSecond = (took: number) => Math.round(events / took).toLocaleString("en");
  console.log(
    `ingest, ${engine}: ${perSecond(seconds)} events/s; acknowledged in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
  if (workedSeconds !== undefined) {
    console.log(
      `  the service worked ${workedSeconds.toFixed(1)} s of ${seconds.toFixed(1)} s: ` +
        `${perSecond(workedSeconds)} events for each second of one core`,
    );
  }
  console.log(`  a bare loop of inserts: ${perSecond(before)} events/s before, ${perSecond(after)} after`);
  console.log(`  ratio: ${((100 * bare) / seconds).toFixed(0)} % of the bare loop`);
}

console.log(`ingest: ${bodies.length} batches of ${eventsEach} events over ${connections} connections`);
const load = () => console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
load();
{
  const { folder, remove } = makeFolder();
  const before = bareSqlite(path.join(folder, "before.sqlite"));
  const through = await throughService({ KEPT_ORG_DATA: folder });
  print("SQLite", through, [before, bareSqlite(path.join(folder, "after.sqlite"))]);
  remove();
}
{
  const { folder, remove } = makeFolder();
  const postgres = await startPostgres();
  const before = await barePostgres(await postgres.makeDatabase(), 1);
  const url = await postgres.makeDatabase();
  const through = await throughService({ KEPT_ORG_DATA: folder, KEPT_ORG_DATABASE_URL: url });
  print("PostgreSQL", through, [before, await barePostgres(await postgres.makeDatabase(), 1)]);
  const wide = await barePostgres(await postgres.makeDatabase(), 10);
  console.log(
    `  the bare loop ten times at once: ${Math.round(events / wide).toLocaleString("en")} events/s`,
  );
  await postgres.stop();
  remove();
}
load();
