import assert from "node:assert/strict";
import { modeSchema } from "../../../../protocol/origin.ts";
import { toolSchema } from "../../../../protocol/tool.ts";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type Script,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

/** As many kinds of edits as the contract tells apart. */
const origins = toolSchema.options
  .flatMap((tool) => modeSchema.options.map((mode) => ({ ...copilot, kind: "ai" as const, tool, mode })))
  .slice(0, 200);
const minute = 60_000;
const hour = 60 * minute;

suite("A machine whose collector was away", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  setup(async () => {
    collector = await startScripted();
    machine = makeMachine({ chance: () => 0.5 });
    machine.join(collector.address);
    machine.sync.changeConsent({ membership, token: null });
  });
  teardown(async () => {
    machine.close();
    await collector.close();
  });

  const sent = () => machine.states().filter((state) => state === "sent").length;
  const batch = () => machine.sync.readBatches().find(({ state }) => state === "waiting")!;

  /** Seven days on which agents of every kind were at work, after which a batch waits for hours. */
  async function breakDown(answer: Script = { status: 503 }): Promise<void> {
    machine.edit({ origin: copilot });
    machine.tomorrow();
    collector.script("/v1/logs", ...Array.from({ length: 100 }, () => answer));
    await machine.sender.round();
    for (let day = 0; day < 7; day++) {
      machine.edit(...origins.map((origin) => ({ origin })));
      machine.tomorrow();
    }
    for (let attempt = 0; attempt < 15; attempt++) {
      machine.setNow(Math.max(machine.now(), batch().dueAt));
      await machine.sender.round();
    }
    assert.ok(batch().dueAt > machine.now() + hour);
    collector.script("/v1/logs");
  }

  test("D2: notices that the collector is there by whatever it answers, and waits only where it was asked to", async () => {
    await breakDown();
    machine.setNow(machine.now() + minute);
    await machine.sender.round();
    assert.equal(sent(), 0);
    machine.sender.collectorAnswered();
    await machine.sender.round();
    assert.equal(sent(), 1);
  });

  test("D3: waits as it was asked to, whatever else the collector answers", async () => {
    await breakDown({ status: 503, headers: { "retry-after": "7200" } });
    const { dueAt } = batch();
    machine.sender.collectorAnswered();
    await machine.sender.round();
    assert.deepEqual([sent(), batch().dueAt], [0, dueAt]);
  });

  test("D2: sends half of what waits at once and the rest within two hours of its return", async () => {
    await breakDown();
    machine.setNow(batch().dueAt);
    await machine.sender.round();
    const tookAt = machine.now();
    assert.equal(sent(), 1);
    machine.setNow(tookAt + minute);
    await machine.sender.round();
    const all = machine.sync.readBatches().length;
    assert.ok(all >= 5, `what waited in the outbox is ${all} batches with the first`);
    for (let round = 0; round < 5; round++) {
      machine.setNow(machine.now() + minute);
      await machine.sender.round();
    }
    const early = sent();
    assert.ok(early >= Math.floor(all / 2) && early < all, `${early} of ${all} right after`);
    while (machine.now() < tookAt + hour) {
      machine.setNow(machine.now() + minute);
      await machine.sender.round();
      if (machine.now() < tookAt + 54 * minute) assert.equal(sent(), early, "the rest does not follow yet");
    }
    assert.equal(sent(), all);
    assert.deepEqual(
      machine.sync.readOutbox("9999-12-31").length,
      0,
      "nothing is left, and nothing was lost",
    );
    assert.deepEqual(machine.store.readDrops(), []);
  });
});
