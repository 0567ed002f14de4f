import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { problemDocumentSchema } from "../../../protocol/collector.ts";
import {
  companionAnswerSchema,
  deletionAnswerSchema,
  leaveAnswerSchema,
  membershipSchema,
  type Membership,
} from "../../../protocol/enrolment.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { personKeyOf } from "../../../org/identity/personKey.ts";
import { hashOf, tagOf } from "../../../org/identity/secrets.ts";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { makeApp, testHost, type Answer, type AppForTest } from "../../org/support/app.ts";
import { idOf, keyOf, recordOf, requestOf, today } from "../../org/support/batches.ts";
import { secretOf } from "../../org/support/devices.ts";

suite("Joining, staying and leaving", () => {
  let service: AppForTest;
  let now: number;

  setup(async () => {
    now = Date.now();
    service = await makeApp(undefined, { host: { ...testHost, now: () => now } });
  });

  teardown(() => service.close());

  const token = secretOf("kept_join_", "invitation");
  const credentialOf = (name: string) => secretOf("kept_device_", name);
  const invite = (uses: number, team = "Payments") =>
    service.store.addInvitation({
      ...{ tokenHash: hashOf(token), team, person: null, uses },
      expiresAt: now + 60_000,
    });

  function ask(
    { method, path }: { method: "GET" | "POST" | "PUT" | "DELETE"; path: string },
    credential?: string,
    body?: unknown,
  ): Promise<Answer> {
    return service.app.inject({
      method,
      url: path,
      headers: {
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(path === endpoints.ingest.path ? { "idempotency-key": keyOf(JSON.stringify(body)) } : {}),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
  }

  const join = (name: string, by = token) =>
    ask(endpoints.enrolment, by === token ? undefined : credentialOf(name), {
      token: by,
      credentialHash: hashOf(credentialOf(name)),
    });
  const send = (name: string, batch: unknown) => ask(endpoints.ingest, credentialOf(name), batch);
  const status = async (answer: Promise<Answer>) => (await answer).statusCode;

  function membership(answer: Answer): Membership {
    assert.equal(answer.statusCode, 200, answer.body);
    return membershipSchema.parse(answer.json());
  }

  function problem(answer: Answer): [number, string, string | undefined] {
    const { status: code, type, errors } = problemDocumentSchema.parse(answer.json());
    assert.equal(code, answer.statusCode);
    return [code, type.replace("urn:kept:problem:", ""), errors?.[0]?.field];
  }

  test("lets a device in that then can send, and tells it what is promised", async () => {
    await invite(1);
    const joined = membership(await join("ada"));
    assert.deepEqual(
      [joined.team, joined.floor, joined.devicesEach, joined.signatures, joined.remotes],
      ["Payments", 5, 1, 1, ["github.com/example/*"]],
    );
    assert.deepEqual([joined.devices, joined.participation], [null, { state: "hidden" }]);
    assert.deepEqual(membership(await ask(endpoints.device, credentialOf("ada"))), joined);
    assert.equal(await status(send("ada", requestOf("one", [recordOf({ name: "one", day: today })]))), 200);
    assert.equal((await service.store.contributions(isoWeekOf(today)))[0]?.team, "Payments");
  });

  test("holds up nobody with an invitation, however many guess at one", async () => {
    const statuses: Record<number, number> = {};
    for (let guess = 0; guess < 700; guess++) {
      const { statusCode } = await join(`guess ${guess}`);
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    }
    assert.deepEqual(statuses, { 403: 600, 429: 100 });
    await invite(1);
    membership(await join("ada"));
  });

  test("answers a device that asks again as before, and refuses whom the invitation is not for", async () => {
    await invite(1);
    const first = await join("ada");
    assert.equal((await join("ada")).body, first.body);
    assert.deepEqual(problem(await join("bo")), [403, "invitation-refused", "token"]);
    assert.deepEqual(problem(await join("bo", secretOf("kept_join_", "made up"))), [
      ...[403, "invitation-refused"],
      "token",
    ]);
  });

  test("names the field that is wrong", async () => {
    const wrong: [unknown, string][] = [
      [{}, "token"],
      [{ token, credentialHash: "short" }, "credentialHash"],
      [{ token: 1, credentialHash: "a".repeat(64) }, "token"],
      [{ token, credentialHash: "a".repeat(64), name: "Ada" }, "name"],
      [[], "body"],
    ];
    for (const [body, field] of wrong) {
      assert.deepEqual(problem(await ask(endpoints.enrolment, undefined, body)), [400, "malformed", field]);
    }
    const large = await ask(endpoints.enrolment, undefined, { token: "x".repeat(5000) });
    assert.deepEqual(problem(large), [413, "too-large", "body"]);
  });

  test("shows nobody joining, however often a member asks", async () => {
    await service.store.setTeam("Payments", 30);
    await invite(20);
    const told = async () => {
      const { devices, participation } = membership(await ask(endpoints.device, credentialOf("person 0")));
      return { devices, participation };
    };
    await join("person 0");
    const first = await told();
    for (let person = 1; person < 15; person++) {
      await join(`person ${person}`);
      assert.deepEqual(await told(), first);
    }
  });

  test("goes on with the next credential under the same pseudonym, and not with the one before", async () => {
    await invite(1);
    await join("ada");
    await send("ada", requestOf("one", [recordOf({ name: "one", day: today })]));
    const next = { credential: credentialOf("ada's next") };
    membership(await ask(endpoints.credential, credentialOf("ada"), next));
    assert.deepEqual(problem(await ask(endpoints.credential, credentialOf("ada"), next)), [
      ...[401, "unauthorized"],
      undefined,
    ]);
    const other = requestOf("two", [recordOf({ name: "two", day: today, person: "b" })]);
    assert.deepEqual(problem(await send("ada's next", other)), [403, "other-pseudonym", "pseudonym"]);
    assert.equal(
      await status(send("ada's next", requestOf("3", [recordOf({ name: "3", day: today })]))),
      200,
    );
  });

  test("lets a credential end by itself", async () => {
    await invite(1);
    const { expires } = membership(await join("ada"));
    now = Date.parse(`${expires}T23:59:59Z`);
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 200);
    now += 60_000;
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 401);
  });

  test("takes a second device for the same person", async () => {
    await invite(1);
    await join("ada");
    const answer = await ask(endpoints.companion, credentialOf("ada"));
    const companion = companionAnswerSchema.parse(answer.json());
    membership(await join("ada's laptop", companion.token));
    assert.equal(await status(join("bo", companion.token)), 403);
    const day = new Date(now).toISOString().slice(0, 10);
    const members = await service.store.members({ firstDay: day, lastDay: day });
    assert.equal(members.filter(({ team }) => team === "Payments").length, 1);
    const late = companionAnswerSchema.parse((await ask(endpoints.companion, credentialOf("ada"))).json());
    now += 10 * 60_000;
    assert.equal(await status(join("bo", late.token)), 403);
  });

  test("takes nothing it does not know where nothing has to be said", async () => {
    await invite(1);
    await join("ada");
    const answer = await ask(endpoints.companion, credentialOf("ada"), { uses: 10 });
    const { status: code, errors } = problemDocumentSchema.parse(answer.json());
    assert.deepEqual([code, errors?.[0]?.field], [400, "uses"]);
    companionAnswerSchema.parse((await ask(endpoints.companion, credentialOf("ada"), {})).json());
  });

  test("holds all devices of a person to one pseudonym in a week, whatever credentials they go on with", async () => {
    await invite(1);
    await join("ada");
    const companion = async (of: string) =>
      companionAnswerSchema.parse((await ask(endpoints.companion, credentialOf(of))).json()).token;
    membership(await join("ada's laptop", await companion("ada")));
    const next = { credential: credentialOf("ada's next") };
    membership(await ask(endpoints.credential, credentialOf("ada"), next));
    membership(await join("ada's third", await companion("ada's laptop")));
    const batchOf = (name: string, person: string) =>
      requestOf(`${name} ${person}`, [recordOf({ name: `${name} ${person}`, day: today, person })]);
    assert.equal(await status(send("ada's laptop", batchOf("one", "a"))), 200);
    for (const device of ["ada's laptop", "ada's next", "ada's third"]) {
      assert.deepEqual(problem(await send(device, batchOf(device, "b"))), [
        403,
        "other-pseudonym",
        "pseudonym",
      ]);
      assert.equal(await status(send(device, batchOf(device, "a"))), 200, device);
    }
    assert.deepEqual(problem(await ask(endpoints.companion, credentialOf("ada's third"))), [
      ...[403, "invitation-refused"],
      undefined,
    ]);
    leaveAnswerSchema.parse((await ask(endpoints.leave, credentialOf("ada's laptop"))).json());
    const open = await companion("ada's third");
    const later = await companion("ada's third");
    assert.equal(await status(join("ada's fourth", open)), 403);
    const unshown = { token: later, credentialHash: hashOf(credentialOf("ada's fourth")) };
    assert.equal(await status(ask(endpoints.enrolment, undefined, unshown)), 403);
    assert.equal(await status(ask(endpoints.enrolment, credentialOf("another"), unshown)), 403);
    assert.equal(await status(join("ada's fourth", later)), 200);
  });

  test("leads from the database alone to no pseudonym", async () => {
    await invite(1);
    await join("ada");
    const { token: second } = companionAnswerSchema.parse(
      (await ask(endpoints.companion, credentialOf("ada"))).json(),
    );
    await join("ada's laptop", second);
    await send("ada's laptop", requestOf("one", [recordOf({ name: "one", day: today })]));
    const rows = new Map<string, string[]>();
    for await (const { table, rows: some } of service.store.rows.read()) {
      rows.set(table.name, [...(rows.get(table.name) ?? []), ...some.flat().map(String)]);
    }
    const tag = rows.get("claim")?.[1] ?? "";
    assert.match(tag, /^[0-9a-f]{32}$/);
    const held = [...new Set([...rows.values()].flat())];
    for (const value of held) {
      assert.notEqual(tagOf(value, isoWeekOf(today)), tag);
      for (const other of held) {
        assert.notEqual(tagOf(personKeyOf(value, other), isoWeekOf(today)), tag);
      }
    }
  });

  test("says that a credential is in use, whoever puts it in the place of theirs", async () => {
    await invite(2);
    await join("ada");
    await join("bo");
    for (const taken of ["ada", "bo"]) {
      const answer = await ask(endpoints.credential, credentialOf("ada"), {
        credential: credentialOf(taken),
      });
      assert.deepEqual(problem(answer), [400, "malformed", "credential"]);
    }
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 200);
    now += 91 * 86_400_000;
    await service.store.addInvitation({
      ...{ tokenHash: hashOf(secretOf("kept_join_", "later")), team: "Payments", person: null, uses: 1 },
      expiresAt: now + 60_000,
    });
    assert.equal(await status(join("ada", secretOf("kept_join_", "later"))), 403);
  });

  test("ends a credential at once when its device leaves", async () => {
    await invite(1);
    await join("ada");
    leaveAnswerSchema.parse((await ask(endpoints.leave, credentialOf("ada"))).json());
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 401);
    assert.equal(await status(ask(endpoints.leave, credentialOf("ada"))), 401);
  });

  test("believes a revoked credential for half a minute at most", async () => {
    await invite(1);
    await join("ada");
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 200);
    await service.store.revokeTeam("Payments", "2026-11-20");
    now += 30_000;
    assert.equal(await status(ask(endpoints.device, credentialOf("ada"))), 401);
  });

  suite("deleting by proof", () => {
    const week = isoWeekOf(today);
    const weekKey = createHmac("sha256", "a person's secret")
      .update(`${idOf("org")}/${week}`)
      .digest("hex");
    const pseudonym = createHash("sha256").update(Buffer.from(weekKey, "hex")).digest("hex").slice(0, 32);

    function batchOfProven(name: string): unknown {
      const request = requestOf(name, [recordOf({ name, day: today })]);
      const record = request.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
      Object.assign(record?.attributes.find(({ key }) => key === "pseudonym") ?? {}, {
        value: { stringValue: pseudonym },
      });
      return request;
    }

    const remove = async (key: string) => {
      const answer = await ask(endpoints.deletion, undefined, { week, weekKey: key });
      assert.equal(answer.statusCode, 200, answer.body);
      return deletionAnswerSchema.parse(answer.json());
    };

    test("deletes what was sent under the pseudonym that the key proves, and nothing else", async () => {
      await invite(1);
      await join("ada");
      await send("ada", batchOfProven("one"));
      assert.deepEqual(await remove("ab".repeat(32)), { deleted: 0, published: false });
      assert.equal((await service.store.contributions(week)).length, 1);
      assert.deepEqual(await remove(weekKey), { deleted: 1, published: false });
      assert.deepEqual(await service.store.contributions(week), []);
      assert.deepEqual(problem(await send("ada", batchOfProven("late"))), [410, "deleted", "week"]);
      assert.deepEqual(await remove(weekKey), { deleted: 0, published: false });
    });

    test("holds up nobody who has something here, however many guess", async () => {
      await invite(1);
      await join("ada");
      assert.equal(await status(send("ada", batchOfProven("one"))), 200);
      const statuses = new Set<number>();
      for (let guess = 0; guess < 700; guess++) {
        const key = guess.toString(16).padStart(64, "0");
        statuses.add((await ask(endpoints.deletion, undefined, { week, weekKey: key })).statusCode);
      }
      assert.deepEqual([...statuses], [200, 429]);
      assert.deepEqual(await remove(weekKey), { deleted: 1, published: false });
    });

    test("works after leaving", async () => {
      await invite(1);
      await join("ada");
      await send("ada", batchOfProven("one"));
      await ask(endpoints.leave, credentialOf("ada"));
      assert.deepEqual(await remove(weekKey), { deleted: 1, published: false });
    });
  });

  test("logs nothing of whoever joins", async () => {
    await invite(1);
    await join("ada");
    await join("bo");
    assert.deepEqual(service.logged, []);
  });
});
