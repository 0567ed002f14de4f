import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { recordsOf } from "../../../../core/sync/batches.ts";
import { requestSchema } from "../../../../protocol/collector.ts";
import { usualProxySettings } from "../../../../protocol/proxySettings.ts";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";
import { shareFrom, type Shared } from "../../../support/sync/shared.ts";

const project = "file:///project";

suite("What is recorded while nothing may be sent", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let window: Shared;

  const policyFile = () => path.join(machine.folder, "administrator.json");
  const openWindow = (telemetry?: boolean) =>
    shareFrom(machine, { folders: () => [project], policyFile: policyFile(), telemetry });
  const edit = (at = machine.now()) => machine.edit({ origin: copilot, at });
  const waiting = () => machine.sync.readOutbox("9999-12-31").reduce((sum, { edits }) => sum + edits, 0);
  const later = () => machine.setNow(machine.now() + 1000);

  setup(async () => {
    collector = await startScripted();
    machine = makeMachine();
    machine.join(collector.address);
    machine.sync.changeConsent({ membership, token: null, marks: { [project]: "work" } });
    window = openWindow(true);
  });
  teardown(async () => {
    window.sharing.stop();
    machine.close();
    await collector.close();
  });

  const switches: Readonly<Record<string, (isOn: boolean) => void>> = {
    "the editor's telemetry is off": (isOn) =>
      window.sharing.follow({ telemetry: isOn, proxy: usualProxySettings }),
    "an administrator forbids it": (isOn) =>
      writeFileSync(policyFile(), JSON.stringify({ sync: isOn ? undefined : "forbidden" })),
  };
  for (const [name, turn] of Object.entries(switches)) {
    test(`is never sent, where ${name}, and what waited before is`, async () => {
      edit();
      turn(false);
      later();
      edit();
      assert.equal(waiting(), 1);
      const whileOff = machine.now() + 1;
      later();
      turn(true);
      edit(whileOff);
      assert.equal(waiting(), 1, "nor what is read only now of the time between");
      later();
      edit();
      assert.equal(waiting(), 2);
      machine.tomorrow();
      window.sharing.changed();
      await window.pass();
      const sent = collector.received.filter(({ path: at }) => at === "/v1/logs");
      const counts = sent.flatMap(({ bytes }) =>
        recordsOf(requestSchema.parse(JSON.parse(gunzipSync(bytes).toString("utf8"))))
          .filter(({ eventName }) => eventName === "kept.day")
          .map(({ attributes }) => attributes.find(({ key }) => key === "edits")?.value),
      );
      assert.deepEqual(counts, [{ intValue: "2" }]);
    });
  }

  test("is never sent, where it was off at the end of one window and on at the start of the next", () => {
    window.sharing.follow({ telemetry: false, proxy: usualProxySettings });
    window.sharing.stop();
    window = openWindow();
    later();
    edit();
    assert.equal(waiting(), 0, "the editor did not say anything yet");
    const before = machine.now() + 1;
    later();
    window.sharing.follow({ telemetry: true, proxy: usualProxySettings });
    edit(before);
    assert.equal(waiting(), 0);
    edit();
    assert.equal(waiting(), 1);
  });

  test("is all that stays: a window that starts again while sending is on shares what is read late", () => {
    window.sharing.stop();
    const before = machine.now();
    later();
    window = openWindow(true);
    edit(before);
    assert.equal(waiting(), 1);
  });
});
