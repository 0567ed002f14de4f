import assert from "node:assert/strict";
import {
  answered,
  coachOf,
  followedTips,
  newOpportunities,
  type Coaching,
} from "../../../../core/coaching/coach.ts";
import { holds } from "../../../../core/coaching/evaluate.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import { guards, mayNudge, type Muted } from "../../../../core/coaching/guards.ts";
import { checkRule, isChecked } from "../../../../core/coaching/rule.ts";
import { ruleLimits, type Moment, type TipRecord } from "../../../../protocol/coaching.ts";
import { addDays } from "../../../../core/day.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { day, hour, now, ruleOf, shareOf, situationOf, today } from "../../../support/coaching/situation.ts";

const seeds = 20;
const weeks = 26;
const looksInDay = 8;

const nothing = factsOf(situationOf());
const rules = Array.from({ length: 6 }, (_, index) => {
  const strength = index < 4 ? ("strong" as const) : ("weak" as const);
  const result = checkRule(
    ruleOf({
      id: `R${index}`,
      when: `uncommitted.lines > ${index * 10}`,
      suppressIf: "uncommitted.unread == 0",
      cooldownDays: index + 1,
      severity: (["low", "normal", "high"] as const)[index % 3]!,
      evidence: [{ strength, reference: "the test" }],
    }),
    "workspace",
  );
  assert.ok(isChecked(result));
  return result;
});

interface Said {
  readonly at: number;
  readonly day: string;
  readonly record: TipRecord;
}

/** Half a year of somebody who writes, debugs, presents, rests and answers at random. What was said unasked, and all that was kept. */
function halfAYear(seed: number): { readonly said: readonly Said[]; readonly records: readonly TipRecord[] } {
  const random = seededRandom(seed);
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  const records = new Map<string, TipRecord>();
  const said: Said[] = [];
  const muted: { all: boolean; rules: string[]; senders: string[] } & Muted = {
    ...{ all: false, rules: [], senders: [] },
  };
  let ids = 0;
  for (let look = 0; look < weeks * 7 * looksInDay; look++) {
    const at = now + Math.floor(look / looksInDay) * day + (look % looksInDay) * hour - 4 * hour;
    const local = addDays(today, Math.floor(look / looksInDay));
    const file = { lines: Math.floor(random() * 80), unread: one([0, 1, 5]) };
    const values = new Map(Object.entries(file).map(([name, value]) => [`uncommitted.${name}`, value]));
    const facts = { ...nothing, values };
    const coaching: Coaching = {
      ...{ rules, muted, facts, records: [...records.values()], today: { now: at, day: local } },
    };
    const means = { uuid: () => `tip-${ids++}`, draw: random, measure: () => shareOf(0.5, 0.4, 0.6) };
    for (const record of [...followedTips(coaching), ...newOpportunities(coaching, means)]) {
      const isTaken = [...records.values()].some(
        (each) => each.rule === record.rule && each.day === record.day,
      );
      if (records.has(record.id) || !isTaken) records.set(record.id, record);
    }
    const kept = [...records.values()];
    const coach = coachOf({ ...coaching, records: kept }, { problems: [], org: null });
    for (const tip of [coach.tip, ...coach.waiting]) {
      const record = tip && records.get(tip.id)!;
      if (!record) continue;
      assert.equal(record.isHeldOut, false, "what is held out is shown nowhere");
      assert.ok(file.unread > 0, "what is followed already is not shown");
      assert.ok(!muted.rules.includes(record.rule));
    }
    const moment: Moment = {
      ...{ isFocused: random() < 0.8, isDebugging: random() < 0.2, isPresenting: random() < 0.1 },
      ...{ testedAt: null, testPassed: null, review: null },
    };
    const writtenAt = one([undefined, at - 1000, at - guards.typingMs + 1, at - guards.typingMs, at - hour]);
    const record = coach.tip && records.get(coach.tip.id)!;
    if (
      record?.state === "new" &&
      record.nudgedAt === null &&
      mayNudge(kept, moment, { now: at, day: local, utcOffsetMinutes: 0, writtenAt })
    ) {
      assert.ok(moment.isFocused && !moment.isDebugging && !moment.isPresenting);
      assert.ok(writtenAt === undefined || at - writtenAt >= guards.typingMs, "nobody types");
      records.set(record.id, { ...record, nudgedAt: at });
      said.push({ at, day: local, record });
    }
    const open = coach.tip ?? coach.waiting[0];
    if (open && random() < 0.5) {
      const answer = one(["seen", "done", "dismiss", "dismiss", "snooze"] as const);
      const news = answered(records.get(open.id)!, answer, at);
      if (news) records.set(news.id, news);
    }
    if (random() < 0.01) muted.rules = muted.rules.length > 0 ? [] : [one(rules).rule.id];
  }
  return { said, records: [...records.values()] };
}

suite("The guards, over half a year of random days", () => {
  let years: ReturnType<typeof halfAYear>[];
  suiteSetup(() => (years = Array.from({ length: seeds }, (_, seed) => halfAYear(seed))));

  test("let one nudge through in a day, and three in seven days", () => {
    let most = 0;
    for (const { said } of years) {
      assert.equal(new Set(said.map((each) => each.day)).size, said.length, "one in a day");
      for (const { day: first } of said) {
        const inWeek = said.filter((each) => each.day >= first && each.day < addDays(first, 7)).length;
        assert.ok(inWeek <= guards.nudgesInWeek, `${inWeek} in a week`);
        most = Math.max(most, inWeek);
      }
    }
    assert.equal(most, guards.nudgesInWeek, "and as many as that come");
  });

  test("let no weak rule speak unasked, and strong ones do", () => {
    const spoken = new Set(years.flatMap(({ said }) => said.map(({ record }) => record.rule)));
    assert.deepEqual([...spoken].sort(), ["R0", "R1", "R2", "R3"]);
  });

  test("keep a rule quiet for its cooldown, and for 90 days after three dismissals in 90", () => {
    let retired = 0;
    for (const { records } of years) {
      for (const { rule } of rules) {
        const own = records.filter((record) => record.rule === rule.id).sort((one, two) => one.at - two.at);
        for (const [index, { day: begun }] of own.entries()) {
          const before = own[index - 1];
          if (before) assert.ok(begun >= addDays(before.day, rule.cooldownDays), "the cooldown");
          const dismissed = own.slice(0, index).filter(({ state }) => state === "dismissed");
          const [first, last] = [dismissed.at(-guards.dismissals), dismissed.at(-1)];
          if (!first || !last || first.day < addDays(last.day, -guards.retiredDays)) continue;
          retired++;
          assert.ok(begun >= addDays(last.day, guards.retiredDays), `${rule.id} came back on ${begun}`);
        }
      }
    }
    assert.ok(retired > 0, "some were retired and came back");
  });

  test("hold one opportunity in ten out, the same ones from the same seed", () => {
    const all = years.flatMap(({ records }) => records);
    const share = all.filter(({ isHeldOut }) => isHeldOut).length / all.length;
    assert.ok(Math.abs(share - guards.heldOut) < 0.03, `${share} of ${all.length}`);
    assert.deepEqual(halfAYear(3), years[3]);
  });
});

test("A thousand rules of the largest size ask for no more than their steps", () => {
  const when = `${Array<string>(33).fill("kept.n").join("+")} > 1`;
  const result = checkRule(ruleOf({ when }), "workspace");
  assert.ok(isChecked(result), JSON.stringify(result));
  const most = ruleLimits.files * ruleLimits.rulesInFile;
  let asked = 0;
  const values = new Map([["kept.n", 1]]);
  values.get = () => {
    asked++;
    return 1;
  };
  for (let index = 0; index < most; index++) assert.equal(holds(result.when, values), true);
  assert.ok(asked <= most * ruleLimits.conditionSteps, String(asked));
});
