import assert from "node:assert/strict";
import { ownRules } from "../../../../core/coaching/catalogue.ts";
import { reserve } from "../../../../core/coaching/reserve.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import { speaks } from "../../../../core/coaching/guards.ts";
import { tipActions } from "../../../../protocol/coaching.ts";
import { fillMessage } from "../../../../core/coaching/variables.ts";
import { activityCases } from "../../../support/coaching/activityCases.ts";
import { ruleCases, times } from "../../../support/coaching/ruleCases.ts";
import { coachingDocument } from "../../../../scripts/generate/coaching.ts";
import { situationOf } from "../../../support/coaching/situation.ts";

const rules = new Map(ownRules().map((checked) => [checked.rule.id, checked]));
const cases = { ...ruleCases, ...activityCases };

suite("The catalogue of rules", () => {
  test("has C01 to C30, each once and live, and each is tried below", () => {
    const ids = times(30, (index) => `C${String(index + 1).padStart(2, "0")}`);
    assert.deepEqual([...rules.keys()].sort(), ids);
    assert.deepEqual(Object.keys(cases).sort(), ids);
  });

  test("says of what is kept in reserve why it does not speak, or what speaks instead", () => {
    assert.deepEqual(
      reserve.map(({ id }) => id),
      ["C31", "C32", "C33", "C34"],
    );
    for (const { id, because } of reserve) {
      assert.ok(!rules.has(id) && because.endsWith("."), id);
      assert.ok(coachingDocument().includes(because), `${id} is in docs/coaching.md`);
    }
  });

  test("offers of each rule something that can be done, and quotes what it speaks of", () => {
    for (const [id, { rule, when }] of rules) {
      for (const action of rule.actions) assert.ok(action in tipActions, `${id}: ${action}`);
      const parts = new Set(when.names.map((name) => name.split(".")[0]));
      const quoted = [...rule.message.matchAll(/\{(\w+)\./g)].map(([, part]) => part);
      assert.ok(
        quoted.some((part) => parts.has(part)),
        `${id} says a number that caused it`,
      );
    }
  });

  test("is silent below each rule's least sample, whatever else holds", () => {
    for (const [id, checked] of rules) {
      const { minSample } = checked.rule;
      if (!minSample) continue;
      const facts = factsOf(situationOf(cases[id]!.speaking[0]));
      assert.equal(speaks(checked, facts), true, id);
      const fewer = new Map([...facts.values, [minSample.of, minSample.least - 1] as const]);
      assert.equal(speaks(checked, { ...facts, values: fewer }), false, id);
      const unknown = new Map([...facts.values].filter(([name]) => name !== minSample.of));
      assert.equal(speaks(checked, { ...facts, values: unknown }), false, `${id}, sample not known`);
    }
  });

  for (const [id, { speaking, silent, says }] of Object.entries(cases)) {
    const checked = rules.get(id)!;
    test(`${id} speaks with its numbers`, () => {
      for (const [index, situation] of speaking.entries()) {
        const facts = factsOf(situationOf(situation));
        assert.ok(speaks(checked, facts), `case ${index}`);
        const message = fillMessage(checked.rule.message, facts.values);
        if (index === 0) assert.equal(message, says);
        assert.doesNotMatch(message!, /[{}]|NaN|undefined/);
      }
    });
    test(`${id} is silent one step below, and on a quiet day`, () => {
      for (const [index, situation] of [...silent, {}].entries()) {
        assert.equal(speaks(checked, factsOf(situationOf(situation))), false, `case ${index}`);
      }
    });
  }

  test("no fact is a number that is none, whatever is missing", () => {
    for (const { speaking, silent } of Object.values(cases)) {
      for (const situation of [...speaking, ...silent, {}]) {
        for (const [name, value] of factsOf(situationOf(situation)).values) {
          assert.ok(typeof value === "string" || Number.isFinite(value), name);
        }
      }
    }
  });
});
