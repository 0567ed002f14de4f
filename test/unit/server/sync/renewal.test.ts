import assert from "node:assert/strict";
import { leave } from "../../../../server/sync/joining.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

const day = 86_400_000;

suite("A machine whose membership goes on", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let heard: number;

  setup(async () => {
    heard = 0;
    collector = await startScripted();
    machine = makeMachine({ onMembership: () => void heard++ });
    machine.join(collector.address);
    await machine.sendAll();
    collector.received.length = 0;
    heard = 0;
  });

  teardown(async () => {
    machine.close();
    await collector.close();
  });

  const asked = () =>
    collector.received.map(({ method, path, headers, bytes }) => ({
      what: `${method} ${path}`,
      credential: headers.authorization?.slice("Bearer ".length),
      bytes,
    }));
  const whats = () => asked().map(({ what }) => what);
  const round = () => machine.sender.round();
  const soonToEnd = () =>
    machine.sync.changeConsent({ membership: { ...membership, expires: "2026-02-20" } });

  test("asks once a day what the organisation asks, and follows it", async () => {
    await round();
    assert.deepEqual(whats(), []);
    machine.tomorrow();
    const moved = { ...membership, team: "Other", remotes: ["github.com/example/*"] };
    collector.script("/v1/device", { status: 200, body: moved });
    await round();
    await round();
    assert.deepEqual(whats(), ["GET /v1/device"]);
    assert.deepEqual([machine.consent()?.membership, heard], [moved, 1]);
    machine.setNow(machine.now() - 400 * day);
    await round();
    assert.equal(whats().length, 2);
  });

  test("takes another credential in the last thirty days of the one before, and goes by it", async () => {
    const before = machine.consent()!.credential!;
    soonToEnd();
    machine.tomorrow();
    await round();
    const [put] = asked();
    assert.deepEqual([put?.what, put?.credential], ["PUT /v1/device/credential", before]);
    const { credential, nextCredential, membership: now } = machine.consent()!;
    assert.deepEqual(JSON.parse(put!.bytes.toString()), { credential });
    assert.notEqual(credential, before);
    assert.deepEqual([nextCredential, now?.expires], [null, membership.expires]);
    machine.edit({});
    machine.tomorrow();
    await machine.sendAll();
    const sent = asked().filter(({ what }) => what === "POST /v1/logs");
    assert.deepEqual(
      sent.map((each) => each.credential),
      [credential],
    );
  });

  test("tries the next credential first where the answer was lost", async () => {
    const before = machine.consent()!.credential!;
    soonToEnd();
    machine.tomorrow();
    collector.script("/v1/device/credential", "reset");
    await round();
    const next = machine.consent()!.nextCredential!;
    assert.deepEqual([machine.consent()!.credential, next === before], [before, false]);
    await round();
    assert.equal(asked().length, 1, "not again at once");
    machine.setNow(machine.now() + 3_600_000);
    await round();
    assert.deepEqual(asked()[1], { ...asked()[1]!, what: "GET /v1/device", credential: next });
    assert.deepEqual([machine.consent()!.credential, machine.consent()!.nextCredential], [next, null]);
  });

  test("puts the same one again where it had not arrived", async () => {
    const before = machine.consent()!.credential!;
    soonToEnd();
    machine.tomorrow();
    collector.script("/v1/device/credential", { status: 503 });
    await round();
    const next = machine.consent()!.nextCredential!;
    machine.setNow(machine.now() + 3_600_000);
    collector.script("/v1/device", { status: 401 });
    await round();
    assert.deepEqual(
      asked()
        .slice(1)
        .map(({ what, credential }) => [what, credential]),
      [
        ["GET /v1/device", next],
        ["PUT /v1/device/credential", before],
      ],
    );
    assert.deepEqual(JSON.parse(asked()[2]!.bytes.toString()), { credential: next });
    assert.equal(machine.consent()!.credential, next);
  });

  test("says when the organisation does not know it any more, and asks again ever less often", async () => {
    machine.tomorrow();
    collector.script("/v1/device", ...Array.from({ length: 20 }, () => ({ status: 401 })));
    await round();
    await round();
    assert.deepEqual([machine.consent()!.trouble, asked().length, heard], ["unauthorized", 1, 1]);
    const step = 15 * 60_000;
    const asks: number[] = [];
    for (let count = 1; asks.length < 8; count++) {
      machine.setNow(machine.now() + step);
      const before = asked().length;
      await round();
      if (asked().length > before) asks.push(count);
    }
    const waits = asks.slice(1).map((at, index) => at - asks[index]!);
    assert.deepEqual(waits, [2, 3, 6, 12, 24, 48, 72]);
  });

  test("S1: follows no other organisation that answers in the place of its own", async () => {
    machine.tomorrow();
    const other = { ...membership, org: "0b6f3c5e-1f0d-4c88-9b57-3f1f0a7d2c11", signatures: 1 };
    collector.script("/v1/device", { status: 200, body: other });
    await round();
    assert.deepEqual(
      [machine.consent()!.trouble, machine.consent()!.membership],
      ["unauthorized", membership],
    );
  });

  test("sends nothing while it is not known, and goes on by itself when it is again", async () => {
    machine.edit({});
    machine.tomorrow();
    collector.script("/v1/logs", { status: 401 });
    collector.script("/v1/device", { status: 401 });
    await machine.sendAll();
    assert.equal(machine.consent()!.trouble, "unauthorized");
    const sent = () => whats().filter((what) => what === "POST /v1/logs").length;
    assert.equal(sent(), 1);
    machine.setNow(machine.now() + 15 * 60_000);
    await round();
    assert.deepEqual([machine.consent()!.trouble, machine.states(), sent()], [null, ["waiting"], 1]);
    machine.setNow(machine.now() + day);
    await machine.sendAll();
    assert.deepEqual([machine.states(), sent()], [["sent"], 2]);
  });

  test("is not put out by an answer to the credential that another window has just replaced", async () => {
    machine.edit({});
    machine.tomorrow();
    const next = `kept_device_${"b".repeat(43)}`;
    collector.script("/v1/logs", () => {
      machine.sync.changeConsent({ credential: next });
      return { status: 401 };
    });
    await round();
    assert.deepEqual([machine.consent()!.trouble, machine.states()], [null, ["waiting"]]);
    machine.setNow(machine.now() + 4_000);
    await machine.sendAll();
    assert.deepEqual(machine.states(), ["sent"]);
    assert.equal(asked().findLast(({ what }) => what === "POST /v1/logs")?.credential, next);
  });

  test("ends both credentials when the person leaves in between", async () => {
    soonToEnd();
    machine.tomorrow();
    collector.script("/v1/device/credential", "reset");
    await round();
    const { credential, nextCredential } = machine.consent()!;
    leave({ host: machine.host, store: machine.store, chance: () => 0 });
    collector.received.length = 0;
    await machine.sendAll();
    assert.deepEqual(
      asked()
        .filter(({ what }) => what === "DELETE /v1/device")
        .map((each) => each.credential),
      [credential, nextCredential],
    );
  });
});
