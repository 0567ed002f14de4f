import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { batchIdOf, recordsOf, type LeavingRecord } from "../../../../core/sync/batches.ts";
import { leave } from "../../../../server/sync/joining.ts";
import { pseudonymOf } from "../../../../server/sync/pseudonym.ts";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  startScripted,
  type Script,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

const hour = 3_600_000;
const down = { status: 503 } satisfies Script;
/** How often consent ends while something is on its way. The long form is as often as the promise says. */
const stops = Number(process.env["KEPT_STOPS"] ?? 40);

suite("A machine that joined", () => {
  let collector: ScriptedCollector;
  let machine: Machine;

  setup(async () => {
    collector = await startScripted();
    machine = makeMachine();
  });
  teardown(async () => {
    machine.close();
    await collector.close();
  });

  const sentTo = (path: string) => collector.received.filter((each) => each.path === path);
  const joinAndEdit = async () => {
    machine.join(collector.address);
    await machine.sender.round();
    machine.edit({ origin: copilot }, { origin: copilot }, {});
    machine.tomorrow();
  };

  test("sends nothing without consent, whatever is recorded", async () => {
    machine.edit({}, {});
    machine.tomorrow();
    await machine.sendAll();
    assert.equal(collector.received.length, 0);
  });

  test("asks to be let in once, and again with the same credential when the answer is lost", async () => {
    collector.script("/v1/enrolment", "reset", { status: 503, headers: { "retry-after": "60" } });
    machine.join(collector.address);
    await machine.sender.round();
    await machine.sender.round();
    machine.setNow(machine.now() + 30_000);
    await machine.sender.round();
    assert.equal(sentTo("/v1/enrolment").length, 2, "it waits for as long as it was asked to");
    machine.setNow(machine.now() + 31_000);
    await machine.sendAll();
    const bodies = sentTo("/v1/enrolment").map(({ bytes }) => bytes.toString());
    assert.equal(bodies.length, 3);
    assert.equal(new Set(bodies).size, 1);
    assert.doesNotMatch(bodies[0]!, new RegExp(machine.consent()!.credential!));
    assert.equal(machine.consent()?.membership?.team, "Team");
    assert.equal(machine.consent()?.token, null);
  });

  test("says when its invitation is refused, and asks no more", async () => {
    collector.script("/v1/enrolment", { status: 403 });
    machine.join(collector.address);
    await machine.sendAll();
    machine.tomorrow();
    await machine.sendAll();
    assert.equal(machine.consent()?.trouble, "invitationRefused");
    assert.equal(collector.received.length, 1);
  });

  test("sends whole days only, once, and keeps what was sent to be read", async () => {
    await joinAndEdit();
    machine.edit({ origin: copilot });
    await machine.sendAll();
    await machine.sendAll();
    const [batch, ...others] = collector.batches();
    assert.deepEqual(others, []);
    const valueOf = (record: LeavingRecord, name: string) =>
      record.attributes.find(({ key }) => key === name)?.value;
    const [ai, human, funnel, ...more] = recordsOf(batch!);
    assert.deepEqual(
      [valueOf(ai!, "edits"), valueOf(human!, "edits")],
      [{ intValue: "2" }, { intValue: "1" }],
    );
    assert.deepEqual(
      [funnel?.eventName, valueOf(funnel!, "untold"), more],
      ["kept.funnel", { intValue: "2" }, []],
    );
    assert.deepEqual(machine.states(), ["sent"]);
    const [kept] = machine.sync.readBatches();
    assert.deepEqual(Buffer.from(kept!.bytes), sentTo("/v1/logs")[0]!.bytes);
    machine.setNow(machine.now() + 31 * 24 * hour);
    await machine.sender.round();
    assert.ok(!machine.sync.readBatches().some(({ id }) => id === kept!.id));
  });

  test("D1, D6: sends the same bytes until they are taken", async () => {
    await joinAndEdit();
    collector.script(
      "/v1/logs",
      "reset",
      down,
      { status: 200, body: "<html>Log in</html>" },
      { status: 500 },
    );
    for (let attempt = 0; attempt < 8; attempt++) {
      await machine.sendAll();
      machine.setNow(machine.now() + hour);
    }
    const sent = sentTo("/v1/logs").map(({ bytes }) => bytes.toString("hex"));
    assert.deepEqual([sent.length, new Set(sent).size], [5, 1]);
    assert.deepEqual(machine.states(), ["sent"]);
  });

  const transitions: readonly [Script, string, number][] = [
    [{ status: 400 }, "refused", 1],
    [{ status: 404 }, "refused", 1],
    [{ status: 410 }, "refused", 1],
    [{ status: 415 }, "refused", 1],
    [{ status: 401 }, "waiting", 1],
    [{ status: 403 }, "waiting", 1],
    [{ status: 408 }, "waiting", 1],
    [{ status: 429 }, "waiting", 1],
    [{ status: 500 }, "waiting", 1],
    [{ status: 502 }, "waiting", 1],
    [{ status: 503 }, "waiting", 1],
    [{ status: 504 }, "waiting", 1],
    [{ status: 302, headers: { location: "http://127.0.0.1:1/" } }, "waiting", 1],
    ["reset", "waiting", 1],
    [{ status: 409 }, "sent", 2],
    [{ status: 413 }, "sent,sent", 3],
  ];

  test("D6: asks once more under another id after a conflict, and then gives the batch up where it can be seen", async () => {
    await joinAndEdit();
    const conflict = { status: 409, body: { title: "Conflict", detail: "It was sent otherwise." } };
    collector.script("/v1/logs", ...Array.from({ length: 20 }, () => conflict));
    for (let round = 0; round < 20; round++) {
      await machine.sender.round();
      machine.setNow(machine.now() + 4_000);
    }
    assert.equal(sentTo("/v1/logs").length, 2);
    assert.equal(new Set(collector.batches().map(batchIdOf)).size, 2);
    const [batch, ...others] = machine.sync.readBatches();
    assert.deepEqual([batch?.state, others.length], ["refused", 0]);
    assert.notEqual(batch?.reason, "");
    assert.equal(machine.consent()!.trouble, null);
  });

  for (const [script, expected, requests] of transitions) {
    const name = typeof script === "object" ? String(script.status) : "reset";
    test(`D6: has a batch ${expected} after ${name}`, async () => {
      await joinAndEdit();
      // Everything that waits has to wait longer than this test.
      machine.sync.changeConsent({ isPaused: false });
      collector.script("/v1/logs", script);
      await machine.sender.round();
      while (expected.startsWith("sent") && machine.states().includes("waiting"))
        await machine.sender.round();
      assert.equal(machine.states().join(), expected);
      assert.equal(sentTo("/v1/logs").length, requests);
      const events = collector
        .batches()
        .slice(-Math.max(1, requests - 1))
        .flatMap(recordsOf);
      assert.deepEqual(
        events.map((record) => JSON.stringify(record)).sort(),
        recordsOf(collector.batches()[0]!)
          .map((record) => JSON.stringify(record))
          .sort(),
      );
      const ids = collector.batches().map((batch) => JSON.stringify(batch.resourceLogs[0]!.resource));
      assert.equal(new Set(ids).size, requests, "another batch has another id");
      const { trouble } = machine.consent()!;
      assert.equal(trouble, name === "401" || name === "403" ? "unauthorized" : null);
    });
  }

  test("goes on by itself when it is known again", async () => {
    await joinAndEdit();
    collector.script("/v1/logs", { status: 401 });
    await machine.sendAll();
    await machine.sendAll();
    assert.equal(sentTo("/v1/logs").length, 1, "it does not ask again and again");
    machine.setNow(machine.now() + 7 * hour);
    await machine.sendAll();
    assert.deepEqual([machine.states().join(), machine.consent()?.trouble], ["sent", null]);
  });

  test("does not freeze more while something waits, and gives up what waited for three weeks", async () => {
    machine.close();
    machine = makeMachine({ chance: () => 0.9 });
    await joinAndEdit();
    collector.script("/v1/logs", ...Array.from({ length: 100 }, () => down));
    for (let day = 0; day < 30; day++) {
      await machine.sendAll();
      machine.edit({ origin: copilot });
      machine.tomorrow();
    }
    assert.ok(machine.states().length <= 5, "a batch for each week at most");
    collector.script("/v1/logs");
    for (const hours of [7, 1]) {
      machine.setNow(machine.now() + hours * hour);
      await machine.sendAll();
    }
    assert.ok(!machine.states().includes("waiting"));
    const lost = machine.store.readDrops().filter(({ name }) => name.startsWith("sync."));
    const sent = collector
      .batches()
      .slice(-machine.states().length)
      .flatMap(recordsOf)
      .flatMap(({ attributes }) => attributes.find(({ key }) => key === "edits")?.value ?? []);
    const counted = sent.reduce((sum, value) => sum + ("intValue" in value ? Number(value.intValue) : 0), 0);
    assert.ok(lost.length > 0);
    assert.ok(counted >= 18 && counted <= 22, `${counted} edits of 30 days arrived`);
  });

  test("D4: sends nothing more from the moment it may not, and still deletes", async () => {
    for (let round = 0; round < stops; round++) {
      machine.close();
      machine = makeMachine();
      machine.join(collector.address);
      await machine.sender.round();
      machine.edit({}, { origin: copilot });
      machine.tomorrow();
      collector.script("/v1/logs", round % 2 ? "silence" : down);
      const sending = machine.sender.round();
      if (round % 3) await new Promise((resolve) => setTimeout(resolve, round % 7));
      leave({ host: machine.host, store: machine.store, chance: () => 0 });
      machine.abort();
      await sending;
      const before = sentTo("/v1/logs").length;
      assert.equal(machine.consent(), undefined);
      await machine.sender.round();
      assert.equal(sentTo("/v1/logs").length, before);
      assert.deepEqual(machine.states(), []);
    }
  });

  test("D4: ends its credential and deletes each week by its proof alone when it leaves", async () => {
    await joinAndEdit();
    await machine.sendAll();
    const { secret, credential } = machine.consent()!;
    const pseudonyms = collector.batches().map((batch) => pseudonymIn(batch));
    machine.setNow(machine.now() + 8 * 24 * hour);
    leave({ host: machine.host, store: machine.store, chance: () => 0 });
    collector.script("/v1/deletion", down);
    await machine.sendAll();
    machine.setNow(machine.now() + hour);
    await machine.sendAll();
    const [left] = sentTo("/v1/device").filter(({ method }) => method !== "GET");
    assert.deepEqual([left?.method, left?.headers.authorization], ["DELETE", `Bearer ${credential}`]);
    const deletions = sentTo("/v1/deletion");
    assert.ok(deletions.every(({ headers }) => headers.authorization === undefined));
    const asked = deletions.map(
      ({ bytes }) => JSON.parse(bytes.toString()) as { week: string; weekKey: string },
    );
    assert.deepEqual([...new Set(asked.map(({ week }) => week))], ["2026-W05", "2026-W06", "2026-W07"]);
    assert.ok(
      pseudonyms.every((pseudonym) => asked.some(({ weekKey }) => pseudonymOf(weekKey) === pseudonym)),
    );
    assert.deepEqual(machine.sync.readDeletions(), []);
    assert.ok(!collector.received.some(({ bytes }) => bytes.includes(secret)));
  });

  test("P6: is somebody else after it left and joined again, and sends nothing of before", async () => {
    await joinAndEdit();
    await machine.sendAll();
    leave({ host: machine.host, store: machine.store, chance: () => 0 });
    machine.edit({ origin: copilot }, { origin: copilot });
    machine.join(collector.address);
    machine.edit({ origin: copilot });
    machine.tomorrow();
    await machine.sendAll();
    const [before, after] = collector.batches();
    assert.notEqual(pseudonymIn(before!), pseudonymIn(after!));
    assert.deepEqual(recordsOf(after!)[0]!.attributes.find(({ key }) => key === "edits")?.value, {
      intValue: "1",
    });
    const ids = (text: string) => text.match(/[0-9a-f]{32}|[0-9a-f-]{36}/g) ?? [];
    const shared = ids(JSON.stringify(before)).filter((id) => JSON.stringify(after).includes(id));
    assert.deepEqual(shared, []);
  });

  test("P4: lets nothing of a document leave but what the contract has", async () => {
    const canary = "canary-7f3a";
    machine.join(collector.address);
    await machine.sender.round();
    machine.edit({ origin: { ...copilot, tool: canary, model: canary } });
    machine.tomorrow();
    await machine.sendAll();
    const all = collector.received.map(({ bytes, headers, path }) => {
      const body = headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      return `${path} ${JSON.stringify(headers)} ${body.toString()}`;
    });
    assert.equal(sentTo("/v1/logs").length, 1);
    for (const text of all) assert.doesNotMatch(text, /canary|project|a\.ts|typescript|window-1/);
  });
});

function pseudonymIn(batch: Parameters<typeof recordsOf>[0]): string {
  const value = recordsOf(batch)[0]!.attributes.find(({ key }) => key === "pseudonym")!.value;
  return "stringValue" in value ? value.stringValue : "";
}
