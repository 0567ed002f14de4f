import assert from "node:assert/strict";
import { chownSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { ingestAnswerSchema } from "../../protocol/collector.ts";
import { requestWith } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startPostgres } from "../org/support/postgres.ts";
import { heldIn, post, startService } from "../org/support/service.ts";
import { makeSmallDisk, type SmallDisk } from "../org/support/smallDisk.ts";

const mebibyte = 1024 * 1024;
const eventsEach = 500;
/** More than the disk could hold, so that the test ends. */
const mostBatches = 400;

/** The service over a disk of its own: what is acknowledged, once it is full, and once there is room again. */
async function fillAndGoOn(
  engine: string,
  disk: SmallDisk,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const service = await startService(environment);
  try {
    const send = (name: string) => post(service.address, JSON.stringify(requestWith(name, eventsEach)));
    const acknowledged: string[] = [];
    let full: Response | undefined;
    for (let index = 0; index < mostBatches && full === undefined; index++) {
      const answer = await send(`batch ${index}`);
      if (answer.status === 200) acknowledged.push(`batch ${index}`);
      else full = answer;
    }
    assert.equal(full?.status, 503, "the disk never became full");
    assert.ok(acknowledged.length > 0, "it was full from the beginning");
    assert.match(full.headers.get("retry-after") ?? "", /^\d+$/);
    const refused = [`batch ${acknowledged.length}`, "another", "one more"];
    for (const name of refused) {
      const { status } = await send(name);
      if (status === 200) acknowledged.push(name);
      else assert.equal(status, 503, name);
    }
    assert.equal((await fetch(`${service.address}/healthz`)).status, 200);
    disk.empty();
    for (const name of acknowledged) {
      const answer = await send(name);
      assert.equal(answer.status, 200, await answer.clone().text());
      const { receipt } = ingestAnswerSchema.parse(await answer.json());
      assert.deepEqual(receipt, { stored: eventsEach, duplicates: 0, replayed: true }, name);
    }
    for (const name of refused) assert.equal((await send(name)).status, 200, name);
    const batches = new Set([...acknowledged, ...refused]).size;
    assert.deepEqual(await heldIn(environment), { batches, events: batches * eventsEach });
    console.log(`      [found] H6: ${acknowledged.length} batches until the disk was full, over ${engine}`);
  } finally {
    await service.kill();
  }
}

suite("A disk that is full", function () {
  this.timeout(300_000);

  function diskOf(bytes: number, context: Mocha.Context): SmallDisk {
    const disk = makeSmallDisk(bytes);
    if (!("why" in disk)) return disk;
    console.log(`      [not tried] H6: no file system could be made to be filled: ${disk.why}`);
    return context.skip();
  }

  test("H6: loses nothing that SQLite acknowledged, and is gone on with once there is room", async function () {
    const disk = diskOf(48 * mebibyte, this);
    try {
      disk.fill(44 * mebibyte);
      await fillAndGoOn("SQLite", disk, { KEPT_ORG_DATA: path.join(disk.folder, "data") });
    } finally {
      disk.remove();
    }
  });

  test("H6: loses nothing that PostgreSQL acknowledged, and is gone on with once there is room", async function () {
    const disk = diskOf(64 * mebibyte, this);
    const { folder, remove } = makeFolder();
    const postgres = await startPostgres();
    try {
      const url = new URL(await postgres.makeDatabase());
      const admin = new pg.Client({ connectionString: url.href });
      await admin.connect();
      const { rows } = await admin.query<{ data_directory: string }>("SHOW data_directory");
      const { uid, gid } = statSync(rows[0]!.data_directory);
      const space = path.join(disk.folder, "space");
      mkdirSync(space);
      for (const owned of [disk.folder, space]) chownSync(owned, uid, gid);
      await admin.query(`CREATE TABLESPACE small LOCATION '${space}'`);
      await admin.query("CREATE DATABASE filled TABLESPACE small");
      await admin.end();
      url.pathname = "/filled";
      disk.fill(50 * mebibyte);
      await fillAndGoOn("PostgreSQL", disk, { KEPT_ORG_DATA: folder, KEPT_ORG_DATABASE_URL: url.href });
    } finally {
      await postgres.stop();
      disk.remove();
      remove();
    }
  });
});
