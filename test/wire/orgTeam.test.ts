import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  deletionAnswerSchema,
  invitationPrefix,
  invitationSchema,
  membershipSchema,
  teamAnswerSchema,
} from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import { isoWeekOf, mondayOf } from "../../org/ingest/isoWeek.ts";
import { openSqlite } from "../../org/store/sqlite/open.ts";
import { idOf, recordOf, requestOf, today } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startService, type RunningService } from "../org/support/service.ts";

/** Complete, and everything of it can still arrive. */
const week = isoWeekOf(today - 14);
const monday = mondayOf(week);

suite("A team that joins a real service", function () {
  this.timeout(120_000);
  let folder: string;
  let remove: () => void;
  let service: RunningService;

  setup(async () => {
    ({ folder, remove } = makeFolder());
    service = await startService({ KEPT_ORG_DATA: folder, KEPT_ORG_DEVICES_EACH: "1" });
  });

  teardown(async () => {
    await service.kill();
    remove();
  });

  function keptOrg(...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve("org/main.ts"), ...words], {
      env: { PATH: process.env["PATH"], KEPT_ORG_DATA: folder, KEPT_ORG_PUBLIC_URL: service.address },
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  }

  async function ask<Answer>(
    { method, path: place }: { method: string; path: string },
    schema: { parse(input: unknown): Answer },
    { credential, body, key }: { credential?: string; body?: unknown; key?: string },
  ): Promise<Answer> {
    const response = await fetch(service.address + place, {
      method,
      headers: {
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, await response.clone().text());
    return schema.parse(await response.json());
  }

  /** The service has no other clock than this machine's: the devices are made to have joined before the week. */
  function joinEarlier(): void {
    const database = openSqlite({ file: path.join(folder, "org.sqlite"), nativeBinding: undefined });
    database.prepare("UPDATE device SET joined_on = '2000-01-01'").run();
    database.close();
  }

  /** What an editor does, by the contract's words alone. */
  async function person(token: string, name: string): Promise<{ credential: string; weekKey: string }> {
    const credential = `kept_device_${randomBytes(32).toString("base64url")}`;
    const { org } = await ask(endpoints.enrolment, membershipSchema, {
      body: { token, credentialHash: createHash("sha256").update(credential).digest("hex") },
    });
    const weekKey = createHmac("sha256", randomBytes(32)).update(`${org}/${week}`).digest("hex");
    const pseudonym = createHash("sha256").update(Buffer.from(weekKey, "hex")).digest("hex").slice(0, 32);
    const records = [0, 1, 2, 3].map((day) => {
      const record = recordOf({ name: `${name} ${day}`, day: monday + day });
      const own = record.attributes.find(({ key }) => key === "pseudonym");
      Object.assign(own ?? {}, { value: { stringValue: pseudonym } });
      return record;
    });
    await ask(endpoints.ingest, endpoints.ingest.answers[200], {
      ...{ credential, key: idOf(name) },
      body: requestOf(name, records),
    });
    return { credential, weekKey };
  }

  test("sees its numbers when the week is published, and who deletes is not in them", async () => {
    const invite = (team: string) => {
      const text = keptOrg("token", "--team", team, "--uses", "10", "--people", "20");
      const json = Buffer.from(text.slice(invitationPrefix.length), "base64url").toString();
      const { endpoint, token } = invitationSchema.parse(JSON.parse(json));
      assert.equal(endpoint, service.address);
      return token;
    };
    const [payments, search] = [invite("Payments"), invite("Search")];
    const people = [];
    for (let index = 0; index < 7; index++) people.push(await person(payments, `payments ${index}`));
    for (let index = 0; index < 5; index++) await person(search, `search ${index}`);
    const [first, second] = people;
    assert.ok(first && second);
    const { weekKey } = first;
    assert.deepEqual(await ask(endpoints.deletion, deletionAnswerSchema, { body: { week, weekKey } }), {
      deleted: 4,
      published: false,
    });
    assert.deepEqual((await ask(endpoints.team, teamAnswerSchema, second)).weeks, []);
    assert.equal(await service.stop(), 0);
    joinEarlier();
    service = await startService({ KEPT_ORG_DATA: folder, KEPT_ORG_DEVICES_EACH: "1" });
    const { team, participation, weeks } = await ask(endpoints.team, teamAnswerSchema, second);
    assert.deepEqual([team, participation], ["Payments", { state: "shown", joined: 7, of: 20 }]);
    assert.deepEqual(
      weeks.map(({ week: shown, columns }) => [shown, columns]),
      [[week, ["claude-code"]]],
    );
    const sums = { edits: 6 * 4 * 12, insertedChars: 6 * 4 * 1200, keptChars: 6 * 4 * 950 };
    assert.deepEqual(weeks[0]?.team.all, { state: "shown", people: 6, ...sums });
    assert.deepEqual(
      await ask(endpoints.deletion, deletionAnswerSchema, { body: { week, weekKey: second.weekKey } }),
      { deleted: 4, published: true },
    );
  });

  test("leaves nothing of its credentials, tokens and keys in any file or line", async () => {
    const text = keptOrg("token", "--team", "Payments", "--uses", "3");
    const json = Buffer.from(text.slice(invitationPrefix.length), "base64url").toString();
    const { token } = invitationSchema.parse(JSON.parse(json));
    const secrets = [token];
    for (const name of ["one", "two"]) {
      const { credential, weekKey } = await person(token, name);
      await ask(endpoints.deletion, deletionAnswerSchema, { body: { week, weekKey } });
      secrets.push(credential, weekKey);
    }
    assert.equal(await service.stop(), 0);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    assert.ok(files.length > 0);
    for (const file of files) {
      const bytes = readFileSync(path.join(file.parentPath, file.name));
      for (const secret of secrets) {
        assert.ok(!bytes.includes(secret), file.name);
        assert.ok(
          !bytes.includes(Buffer.from(secret, "hex").subarray(0, 32)) || !/^[0-9a-f]{64}$/.test(secret),
        );
      }
    }
    for (const secret of secrets) assert.ok(!service.printed.join("\n").includes(secret));
  });
});
