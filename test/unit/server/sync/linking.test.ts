import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { batchIdOf, recordsOf, type LeavingBatch } from "../../../../core/sync/batches.ts";
import { eventNames } from "../../../../core/sync/catalogue.ts";
import { payloadsOf, textOf, freeze } from "../../../../server/sync/freeze.ts";
import { pseudonymOf, weekKeyOf } from "../../../../server/sync/pseudonym.ts";
import { makeApp, testHost, type AppForTest } from "../../../org/support/app.ts";
import { idOf } from "../../../org/support/batches.ts";
import { guesses, tracesOf, type Trace } from "../../../support/sync/linking.ts";

const groups = 120;
const people = 6;
const org = "an organisation";
const mondays = ["2026-11-02", "2026-11-09"] as const;
const weeks = ["2026-W45", "2026-W46"] as const;
const now = Date.parse("2026-11-16T08:00:00Z");
const events = new Set(eventNames("collector"));

interface Somebody {
  readonly name: string;
  readonly group: number;
  /** Which of the group. */
  readonly at: number;
}

const everybody: readonly Somebody[] = Array.from({ length: groups * people }, (_, index) => {
  const [group, at] = [Math.floor(index / people), index % people];
  return { name: `${group} ${at}`, group, at };
});
const secretOf = ({ name }: Somebody) => createHash("sha256").update(name).digest("hex");
const pseudonymIn = (week: string, each: Somebody) => pseudonymOf(weekKeyOf(secretOf(each), org, week));

/**
 * What leaves of a week in which somebody did exactly what they always do, which is nearly what all of their group do: as
 * many edits but for a few, with a tool and a model that nobody else has.
 */
function weekOf(each: Somebody, monday: string): LeavingBatch {
  const { name, group, at } = each;
  const day = new Date(Date.parse(monday) + (group % 5) * 86_400_000).toISOString().slice(0, 10);
  const edits = 400 + 10 * (group % 40) + at - 2;
  const chars = 40_000 + 1000 * (group % 40) + 70 * at;
  const sums = { edits, insertedChars: chars, keptChars: chars };
  let ids = 0;
  const [batch] = payloadsOf(
    {
      days: [
        { day, kind: "ai", tool: `the tool of ${name}`, mode: "agent", ...sums },
        { day, kind: "human", tool: null, mode: null, ...sums },
      ],
      tallies: [
        {
          ...{ table: "kept.requests", day },
          keys: { tool: `the tool of ${name}`, model: `claude-sonnet-${name}`, taskType: "fix" },
          sums: { requests: edits, input: chars, output: chars, costNano: chars * 10_000_000 },
        },
        {
          ...{ table: "kept.funnel", day },
          keys: { tool: `the tool of ${name}`, mode: "agent" },
          sums: { accepted: edits, kept: edits },
        },
      ],
      events,
    },
    { mode: "collector", org, secret: secretOf(each) },
    () => idOf(`${name} ${monday} ${ids++}`),
  );
  return batch!;
}

suite("People who did the same in two weeks", function () {
  this.timeout(120_000);

  let service: AppForTest;
  let traces: Map<string, Trace>;
  const statuses = new Set<string>();

  suiteSetup(async () => {
    service = await makeApp(undefined, { host: { ...testHost, now: () => now } });
    const devices = new Map<Somebody, { authorization: string }>();
    for (const each of everybody) devices.set(each, await service.join(each.name));
    const bodies = new Map<string, unknown>();
    // Everybody sends in the same order each week, which is the worst there can be.
    for (const [at, week] of weeks.entries()) {
      for (const each of everybody) {
        const batch = weekOf(each, mondays[at]!);
        bodies.set(pseudonymIn(week, each), batch);
        const answer = await service.post(JSON.parse(textOf(freeze(batch))), {
          ...devices.get(each),
          "idempotency-key": batchIdOf(batch),
        });
        statuses.add(`${answer.statusCode} ${recordsOf(batch).length} ${answer.body}`);
      }
    }
    traces = tracesOf({ file: service.file, logged: service.logged, bodies });
  });
  suiteTeardown(() => service.close());

  const membersIn = (week: string, group: number) =>
    everybody
      .filter((each) => each.group === group)
      .map((each) => ({ each, trace: traces.get(pseudonymIn(week, each))! }))
      .sort((a, b) => (a.trace.pseudonym < b.trace.pseudonym ? -1 : 1));

  for (const [how, guess] of Object.entries(guesses)) {
    test(`P5: are not told apart by ${how}`, () => {
      let right = 0;
      for (let group = 0; group < groups; group++) {
        const [first, second] = [membersIn(weeks[0], group), membersIn(weeks[1], group)];
        const guessed = guess(
          first.map(({ trace }) => trace),
          second.map(({ trace }) => trace),
        );
        right += guessed.filter((place, index) => second[place]?.each === first[index]?.each).length;
      }
      assert.ok(right / everybody.length <= 1 / people + 0.05, `${right} of ${everybody.length}`);
    });
  }

  test("P5: are in every table that is looked at, so that the test could find them", () => {
    assert.deepEqual([...statuses], ['200 4 {"receipt":{"stored":4,"duplicates":0,"replayed":false}}']);
    for (const { order } of traces.values()) {
      assert.deepEqual([...order.keys()].sort(), [
        "batch",
        "body",
        "claim",
        "contribution",
        "event",
        "person_week",
        "tally",
        "tally_record",
      ]);
    }
  });

  test("P5: are known by the secret alone", () => {
    const week = (name: string) => pseudonymOf(weekKeyOf("ab".repeat(32), org, name));
    assert.equal(week("2026-W46"), week("2026-W46"));
    assert.notEqual(week("2026-W46"), week("2026-W47"));
  });
});
