import assert from "node:assert/strict";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

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

  test("D2: sends what else waits bit by bit, all of it within two hours", async () => {
    machine.edit({ origin: copilot });
    machine.tomorrow();
    collector.script("/v1/logs", { status: 503 }, { status: 503 });
    await machine.sender.round();
    for (let day = 0; day < 7; day++) {
      machine.edit({ origin: copilot });
      machine.tomorrow();
    }
    await machine.sender.round();
    const failedAt = machine.now();
    machine.setNow(batch().dueAt);
    await machine.sender.round();
    assert.equal(sent(), 1);
    machine.setNow(machine.now() + 5000);
    await machine.sender.round();
    assert.equal(sent(), 1, "not right after");
    const left = machine.sync.readBatches().filter(({ state }) => state === "waiting").length;
    assert.ok(left >= 1, "what waited in the outbox is frozen");
    while (machine.now() < failedAt + 2 * hour) {
      machine.setNow(machine.now() + minute);
      await machine.sender.round();
    }
    assert.equal(sent(), 1 + left);
    assert.deepEqual(
      machine.sync.readOutbox("9999-12-31").length,
      0,
      "nothing is left, and nothing was lost",
    );
    assert.deepEqual(machine.store.readDrops(), []);
  });
});
