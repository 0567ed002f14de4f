import assert from "node:assert/strict";
import {
  answered,
  coachOf,
  followedTips,
  measuredEffects,
  newOpportunities,
  tipsNow,
  type Coaching,
} from "../../../../core/coaching/coach.ts";
import { effectOfRule, effectOfTip } from "../../../../core/coaching/effect.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import { mayNudge, retiredUntil } from "../../../../core/coaching/guards.ts";
import { checkRule, isChecked } from "../../../../core/coaching/rule.ts";
import { addDays } from "../../../../core/day.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { Rule, TipRecord } from "../../../../protocol/coaching.ts";
import {
  day,
  minute,
  now,
  recordOf,
  ruleOf,
  shareOf,
  situationOf,
  today,
} from "../../../support/coaching/situation.ts";

function checked(rule: Rule) {
  const result = checkRule(rule, "workspace");
  assert.ok(isChecked(result), "reason" in result ? result.reason : "");
  return result;
}

const speaking = factsOf(
  situationOf({ uncommitted: [{ uri: "file:///a/b.ts", path: "b.ts", lines: 12, unread: 0 }] }),
);
const quiet = factsOf(situationOf());

function coachingOf(of: Partial<Coaching> = {}): Coaching {
  return {
    rules: [checked(ruleOf())],
    records: [],
    muted: { all: false, rules: [], senders: [] },
    facts: speaking,
    today: { now, day: today },
    ...of,
  };
}

const measured = shareOf(0.8, 0.7, 0.9);
const means = { uuid: () => "tip-2", draw: () => 0.5, measure: () => measured };
const moment = {
  isFocused: true,
  isDebugging: false,
  isPresenting: false,
  testedAt: null,
  testPassed: null,
  review: null,
};
const quietHands = { now, day: today, utcOffsetMinutes: 0, writtenAt: now - 31_000 };

suite("Coaching", () => {
  test("a rule that holds is an opportunity, once, with its numbers and what was before", () => {
    const [record] = newOpportunities(coachingOf(), means);
    assert.equal(record?.message, "12 lines.");
    assert.deepEqual(record?.before, measured);
    assert.equal(record?.isHeldOut, false);
    assert.deepEqual(newOpportunities(coachingOf({ records: [record] }), means), []);
    assert.deepEqual(newOpportunities(coachingOf({ facts: quiet }), means), []);
  });

  test("one in ten is held out and never shown", () => {
    const random = seededRandom(7);
    const heldOut = Array.from({ length: 5000 }, () =>
      newOpportunities(coachingOf(), { ...means, draw: random }),
    ).filter(([record]) => record?.isHeldOut).length;
    assert.ok(heldOut > 430 && heldOut < 570, `${heldOut} of 5000`);
    const held = recordOf({ isHeldOut: true });
    assert.deepEqual(tipsNow(coachingOf({ records: [held] })), []);
    const coach = coachOf(coachingOf({ records: [held] }), { problems: [], org: null });
    assert.equal(coach.tip, null);
    assert.equal(coach.rules[0]?.heldOut, 1);
  });

  test("a rule is silent for its cooldown after a tip was ended, and speaks on the day after", () => {
    const ended = (daysAgo: number) => recordOf({ state: "done", day: addDays(today, -daysAgo) });
    assert.deepEqual(newOpportunities(coachingOf({ records: [ended(6)] }), means), []);
    assert.equal(newOpportunities(coachingOf({ records: [ended(7)] }), means).length, 1);
  });

  test("muted for a rule or for all, nothing is said", () => {
    const records = [recordOf()];
    assert.equal(tipsNow(coachingOf({ records })).length, 1);
    assert.deepEqual(tipsNow(coachingOf({ records, muted: { all: false, rules: ["T1"], senders: [] } })), []);
    assert.deepEqual(
      newOpportunities(coachingOf({ muted: { all: false, rules: ["T1"], senders: [] } }), means),
      [],
    );
    const all = coachOf(coachingOf({ records, muted: { all: true, rules: [], senders: [] } }), {
      problems: [],
      org: null,
    });
    assert.equal(all.tip, null);
    assert.deepEqual(all.waiting, []);
  });

  test("three dismissals within 90 days retire a rule for 90 days, two do not", () => {
    const dismissed = (daysAgo: number) => recordOf({ state: "dismissed", day: addDays(today, -daysAgo) });
    assert.equal(retiredUntil("T1", [dismissed(20), dismissed(10)], { day: today }), null);
    const three = [dismissed(30), dismissed(20), dismissed(10)];
    assert.equal(retiredUntil("T1", three, { day: today }), addDays(today, 80));
    assert.deepEqual(newOpportunities(coachingOf({ records: three }), means), []);
    assert.equal(retiredUntil("T1", three, { day: addDays(today, 80) }), null);
    assert.equal(retiredUntil("T1", [dismissed(120), dismissed(20), dismissed(10)], { day: today }), null);
  });

  test("a snoozed tip comes back, one that is followed does not", () => {
    const snoozed = answered(recordOf(), "snooze", now)!;
    assert.deepEqual(tipsNow(coachingOf({ records: [snoozed] })), []);
    const later = { now: now + 3 * day, day: addDays(today, 3) };
    assert.equal(tipsNow(coachingOf({ records: [snoozed], today: later })).length, 1);
    const seen = recordOf({ state: "seen" });
    assert.deepEqual(followedTips(coachingOf({ records: [seen] })), []);
    assert.equal(followedTips(coachingOf({ records: [seen], facts: quiet }))[0]?.state, "done");
    const followed = ruleOf({ suppressIf: "uncommitted.unread == 0" });
    assert.deepEqual(newOpportunities(coachingOf({ rules: [checked(followed)] }), means), []);
  });

  test("an audience of others is not spoken to", () => {
    for (const audience of [
      { kind: "tool", tool: "codex" },
      { kind: "language", languageId: "rust" },
    ] as const) {
      assert.deepEqual(newOpportunities(coachingOf({ rules: [checked(ruleOf({ audience }))] }), means), []);
    }
  });

  test("weak evidence speaks in the Coach view alone, until its own comparison says that it helped", () => {
    const rules = [checked(ruleOf({ evidence: [{ strength: "benchmark", reference: "a benchmark" }] }))];
    const record = recordOf();
    const before = coachOf(coachingOf({ rules, records: [record] }), {
      problems: [],
      org: null,
    });
    assert.equal(before.tip, null);
    assert.equal(before.waiting.length, 1);
    const past = (isHeldOut: boolean, change: number, index: number): TipRecord =>
      recordOf({
        id: `${isHeldOut}-${index}`,
        isHeldOut,
        state: "done",
        effect: "noChange",
        day: addDays(today, -40),
        before: shareOf(0.5, 0.4, 0.6),
        after: shareOf(0.5 + change + index / 1000, 0.4, 0.6),
      });
    const compared = Array.from({ length: 8 }, (_, index) => [
      past(false, 0.2, index),
      past(true, 0, index),
    ]).flat();
    assert.equal(effectOfRule(compared, "higher"), "helped");
    assert.equal(effectOfRule(compared, "lower"), "noChange");
    assert.equal(effectOfRule(compared.slice(2), "higher"), "cannotTell");
    const after = coachOf(coachingOf({ rules, records: [record, ...compared] }), {
      problems: [],
      org: null,
    });
    assert.equal(after.tip?.message, "12 lines.");
  });

  test("a tip ends with helped, no change or cannot tell", () => {
    const before = shareOf(0.5, 0.4, 0.6);
    assert.equal(effectOfTip(before, shareOf(0.9, 0.85, 0.95), "higher"), "helped");
    assert.equal(effectOfTip(before, shareOf(0.8, 0.7, 0.9), "higher"), "noChange");
    assert.equal(effectOfTip(before, shareOf(0.9, 0.85, 0.95), "lower"), "noChange");
    assert.equal(effectOfTip(before, shareOf(0.65, 0.55, 0.75), "higher"), "noChange");
    assert.equal(
      effectOfTip(before, { value: 0.9, low: null, high: null, n: 3, needsMore: 17 }, "higher"),
      "cannotTell",
    );
    assert.equal(effectOfTip(before, null, "higher"), "cannotTell");
  });

  test("what a tip did is measured when its window is over, and not long after", () => {
    const record = recordOf({ state: "seen", before: shareOf(0.4, 0.35, 0.45) });
    const after = (days: number) =>
      measuredEffects(
        coachingOf({ records: [record], today: { now: now + days * day, day: addDays(today, days) } }),
        means,
      );
    assert.deepEqual(after(13.9), []);
    assert.equal(after(14)[0]?.effect, "helped");
    assert.equal(after(22)[0]?.effect, "cannotTell");
    assert.deepEqual(measuredEffects(coachingOf({ records: [{ ...record, effect: "helped" }] }), means), []);
  });

  test("a nudge comes once a day and three times a week", () => {
    const nudged = (daysAgo: number) =>
      recordOf({ nudgedAt: now - daysAgo * day, day: addDays(today, -daysAgo) });
    assert.equal(mayNudge([], moment, quietHands), true);
    assert.equal(mayNudge([nudged(0)], moment, quietHands), false);
    assert.equal(mayNudge([nudged(1), nudged(2)], moment, quietHands), true);
    assert.equal(mayNudge([nudged(1), nudged(2), nudged(6)], moment, quietHands), false);
    assert.equal(mayNudge([nudged(1), nudged(2), nudged(7)], moment, quietHands), true);
    const late = recordOf({ day: addDays(today, -3), nudgedAt: now - minute });
    assert.equal(mayNudge([late], moment, quietHands), false, "an opportunity of days ago was said today");
  });

  test("a nudge never comes while somebody types, debugs, presents or is elsewhere", () => {
    assert.equal(mayNudge([], moment, { ...quietHands, writtenAt: now - 29_000 }), false);
    assert.equal(mayNudge([], { ...moment, isDebugging: true }, quietHands), false);
    assert.equal(mayNudge([], { ...moment, isPresenting: true }, quietHands), false);
    assert.equal(mayNudge([], { ...moment, isFocused: false }, quietHands), false);
    assert.equal(mayNudge([], moment, { ...quietHands, writtenAt: undefined }), true);
  });

  test("the most urgent comes first, and each answer leads to its state", () => {
    const rules = [checked(ruleOf()), checked(ruleOf({ id: "T2", severity: "high" }))];
    const records = [recordOf(), recordOf({ id: "tip-9", rule: "T2" })];
    const coach = coachOf(coachingOf({ rules, records }), { problems: [], org: null });
    assert.equal(coach.tip?.rule, "T2");
    assert.deepEqual(
      coach.waiting.map(({ rule }) => rule),
      ["T1"],
    );
    const states = (["seen", "done", "dismiss", "snooze", "mute"] as const).map(
      (answer) => answered(recordOf(), answer, now + minute)?.state,
    );
    assert.deepEqual(states, ["seen", "done", "dismissed", "snoozed", "muted"]);
  });

  test("a rule that speaks of what there is not is refused with its reason", () => {
    const refused = (of: Partial<Rule>) => {
      const result = checkRule(ruleOf(of), "workspace");
      return isChecked(result) ? "" : `${result.field}: ${result.reason}`;
    };
    assert.match(refused({ when: "everything > 3" }), /^when: .*everything \(at character 1\)/);
    assert.match(refused({ message: "Be careful." }), /^message: it quotes no number/);
    assert.match(refused({ message: "{prompt}" }), /^message: .*prompt/);
    assert.match(refused({ suppressIf: "1 +" }), /^suppressIf: /);
    assert.match(refused({ minSample: { of: "rewritten.tool", least: 1 } }), /^minSample: /);
  });
});
