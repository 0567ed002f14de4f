import assert from "node:assert/strict";
import { createUpkeep } from "../../../org/upkeep.ts";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { hashOf } from "../../../org/identity/secrets.ts";
import { makeApp, testHost, testPromises, type AppForTest } from "../../org/support/app.ts";
import { requestWith, today } from "../../org/support/batches.ts";
import { signInAs } from "../../org/support/visitor.ts";
import { publishMadeWeeks } from "../../org/support/weeks.ts";

const dayMs = 86_400_000;
const at = (day: number) => day * dayMs + dayMs / 2;

suite("Upkeep of the service", () => {
  let service: AppForTest;
  let upkeep: ReturnType<typeof createUpkeep>;
  const published = async () => (await service.store.publications()).length;

  setup(async () => {
    service = await makeApp();
    await publishMadeWeeks(service.store, [{ team: "Payments", people: 12, tools: ["codex"], kept: 0.9 }], 3);
    await service.post(requestWith("a batch", 2));
    upkeep = createUpkeep(service.store, testPromises);
  });

  teardown(() => service.close());

  test("forgets nothing on the day on which the clock jumps ahead, and says so", async () => {
    const before = await published();
    assert.ok(before > 0);
    assert.deepEqual(await upkeep(at(today)), { isClockDoubted: false });
    for (const day of [today + 420, today + 420, today + 500]) {
      assert.deepEqual(await upkeep(at(day)), { isClockDoubted: true });
    }
    assert.equal(await published(), before);
    assert.deepEqual(await upkeep(at(today)), { isClockDoubted: false });
    assert.equal(await published(), before);
  });

  test("forgets what is too old when the next day says the same, and goes on", async () => {
    await upkeep(at(today + 420));
    for (const day of [421, 422, 424]) {
      assert.deepEqual(await upkeep(at(today + day)), { isClockDoubted: false });
    }
    assert.equal(await published(), 0);
    assert.deepEqual(await service.store.contributions(isoWeekOf(today)), []);
  });

  test("deletes sessions that ended by themselves", async () => {
    const { cookie } = await signInAs(service, "coeLead");
    const token = hashOf(cookie.split("=")[1] ?? "");
    await upkeep(testHost.now());
    assert.ok(await service.store.accountOfSession(token, testHost.now()));
    await upkeep(testHost.now() + dayMs);
    assert.equal(await service.store.accountOfSession(token, testHost.now()), undefined);
  });
});
