import assert from "node:assert/strict";
import { recordsOf } from "../../../../core/sync/batches.ts";
import { requestSchema } from "../../../../protocol/collector.ts";
import type { FateRecord } from "../../../../protocol/fates.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import { startScripted, type ScriptedCollector } from "../../../support/sync/scriptedCollector.ts";

const dayMs = 86_400_000;

suite("What survives of committed lines", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let records: FateRecord[];
  let reads: number;

  setup(async () => {
    records = [];
    reads = 0;
    collector = await startScripted();
    machine = makeMachine({
      fates: () => {
        reads++;
        return records;
      },
    });
    machine.join(collector.address);
    await machine.sendAll();
  });
  teardown(async () => {
    machine.close();
    await collector.close();
  });

  /** A commit of the person's at that moment, as a look now tells of it. */
  const look = (bornAt: number, repository = "file:///project"): FateRecord => ({
    ...{ format: 1, repository, at: machine.now(), unknown: null, linesSetApart: 0 },
    origins: [{ kind: "ai", tool: "claude-code" }],
    commits: [[bornAt, null]],
    groups: [
      [0, 0, 123, Math.floor((machine.now() - bornAt) / dayMs), "alive", false],
      [0, 0, 40, 2, "self", true],
    ],
    held: [
      {
        ...{ id: "a", at: bornAt, isMine: true, isMerge: false, subject: "feature", hasBody: false },
        ...{ namesAi: false, isCorrective: false, revertedAfter: null, files: 1, filesApart: 0, added: 1 },
        ...{ removed: 0, sourceFiles: 1, testFiles: 0, languages: [], lines: 163, known: 163, ai: {} },
      },
    ],
  });
  const sent = () =>
    collector
      .batches()
      .flatMap((batch) => recordsOf(requestSchema.parse(batch)))
      .filter(({ eventName }) => eventName === "kept.survival");
  /** The first moment of the Monday after the commit became so old. */
  const afterAge = (bornAt: number, age: number) => {
    const reached = bornAt + age * dayMs;
    const weekday = (new Date(reached).getUTCDay() + 6) % 7;
    return reached + (7 - weekday) * dayMs;
  };

  test("leaves once, in the week it is of, with nothing that says where", async () => {
    const bornAt = machine.now() + 1000;
    machine.setNow(afterAge(bornAt, 14));
    records = [look(bornAt)];
    await machine.sendAll();
    machine.tomorrow();
    await machine.sendAll();
    const [record, ...others] = sent();
    assert.equal(others.length, 0);
    const values = Object.fromEntries(
      record!.attributes.map(({ key, value }) => [
        key,
        "intValue" in value ? Number(value.intValue) : value.stringValue,
      ]),
    );
    const { "event.id": id, pseudonym, week, ...counted } = values;
    assert.ok(id && pseudonym && week);
    assert.deepEqual(counted, {
      ...{ "origin.kind": "ai", tool: "claude-code", age: "14" },
      ...{ lines: 160, surviving: 120, self: 40, others: 0, corrective: 40 },
    });
    machine.setNow(afterAge(bornAt, 30));
    records = [look(bornAt)];
    await machine.sendAll();
    assert.equal(sent().length, 2);
  });

  test("waits for a look at the history after the week", async () => {
    const bornAt = machine.now() + 1000;
    records = [look(bornAt)];
    machine.setNow(afterAge(bornAt, 14));
    await machine.sendAll();
    assert.equal(sent().length, 0);
    records = [look(bornAt)];
    await machine.sendAll();
    assert.equal(sent().length, 1);
  });

  test("leaves of no folder that is not work, and of nothing from before it was", async () => {
    const before = machine.now() - 1000;
    const bornAt = machine.now() + 1000;
    machine.setNow(afterAge(bornAt, 14));
    records = [look(before), look(bornAt, "file:///diary"), look(bornAt, "file:///")];
    await machine.sendAll();
    assert.equal(sent().length, 0);
  });

  test("leaves not if that field was not agreed to", async () => {
    const { agreed } = machine.consent()!;
    machine.sync.changeConsent({ agreed: agreed.filter((name) => name !== "kept.survival/self") });
    const bornAt = machine.now() + 1000;
    machine.setNow(afterAge(bornAt, 14));
    records = [look(bornAt)];
    await machine.sendAll();
    assert.equal(sent().length, 0);
  });

  test("is read from the histories only where a week is over", async () => {
    await machine.sendAll();
    const before = reads;
    for (let round = 0; round < 5; round++) await machine.sender.round();
    assert.equal(reads, before);
  });
});
