import assert from "node:assert/strict";
import { parseCondition, type ValueType } from "../../../../core/coaching/condition.ts";
import { holds } from "../../../../core/coaching/evaluate.ts";

const types = new Map<string, ValueType>(
  Object.entries({ a: "number", b: "number", "c.d": "number", t: "text" }),
);
const typeOf = (name: string) => types.get(name);

function isTrue(text: string, values: Record<string, number | string>): boolean {
  const parsed = parseCondition(text, typeOf);
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.reason);
  return holds(parsed.condition, new Map(Object.entries(values)));
}

suite("A rule's condition", () => {
  for (const [text, values, expected] of [
    ["a > 3", { a: 4 }, true],
    ["a > 3", { a: 3 }, false],
    ["a >= 3 and b < 1", { a: 3, b: 0 }, true],
    ["a > 3 or b > 3", { a: 0, b: 4 }, true],
    ["a > 3 or b > 3 and a > 9", { a: 4, b: 0 }, true],
    ["(a > 3 or b > 3) and a > 9", { a: 4, b: 0 }, false],
    ["not a > 3", { a: 3 }, true],
    ["a + b * 2 == 7", { a: 1, b: 3 }, true],
    ["a - b - 1 == 1", { a: 5, b: 3 }, true],
    ["-a < -3", { a: 4 }, true],
    ["min(a, b) == 1 and max(a, b) == 2", { a: 2, b: 1 }, true],
    ["t == 'x y' and t != 'z'", { t: "x y" }, true],
    ["c.d / a > 0.5", { "c.d": 2, a: 3 }, true],
    ["known(a) and not known(b)", { a: 0 }, true],
    ["true and a == 0", { a: 0 }, true],
  ] as const) {
    test(`${text} of ${JSON.stringify(values)} is ${expected}`, () =>
      assert.equal(isTrue(text, values), expected));
  }

  test("what rests on something unknown holds neither way", () => {
    assert.equal(isTrue("a > 3", {}), false);
    assert.equal(isTrue("not a > 3", {}), false);
    assert.equal(isTrue("a > 3 or b > 3", { b: 4 }), true, "the known side decides");
    assert.equal(isTrue("a > 3 and b > 3", { b: 4 }), false);
  });

  test("a division by nothing is unknown, not endless", () => {
    assert.equal(isTrue("a / b > 1", { a: 1, b: 0 }), false);
    assert.equal(isTrue("not a / b > 1", { a: 1, b: 0 }), false);
  });

  for (const [text, at, reason] of [
    ["a >", 3, /it ends/],
    ["a", 0, /neither yes nor no/],
    ["z > 1", 0, /no number of the name z/],
    ["a > 'x'", 2, /a number cannot be compared with a text/],
    ["t > 'x'", 2, /does not compare texts/],
    ["a > 1 and b", 10, /expected a condition/],
    ["a > 1 b", 6, /expected the end/],
    ["(a > 1", 6, /expected \)/],
    ["a > 1; b", 5, /means nothing/],
    ["a > 'x", 4, /has no end/],
    ["a > 1.2.3", 4, /is no number/],
    ["constructor > 1", 0, /no number of the name constructor/],
    ["a(1) > 2", 1, /expected the end/],
    ["a =~ '(x+)+'", 2, /means nothing/],
  ] as const) {
    test(`refuses ${text} with its place`, () => {
      const parsed = parseCondition(text, typeOf);
      assert.ok(!parsed.ok);
      assert.equal(parsed.at, at);
      assert.match(parsed.reason, reason);
    });
  }

  test("refuses what would cost too much: length, steps and depth have a bound", () => {
    const long = parseCondition("a > 1 ".repeat(100), typeOf);
    assert.ok(!long.ok);
    assert.match(long.reason, /longer than 500/);
    const steps = parseCondition(`a > ${Array.from({ length: 120 }, () => "1").join("+")}`, typeOf);
    assert.ok(!steps.ok);
    assert.match(steps.reason, /more than 100 steps/);
    for (const deep of [
      `${"(".repeat(200)}a > 1${")".repeat(200)}`,
      `a > ${"-".repeat(200)}1`,
      `${"not ".repeat(90)}a > 1`,
    ]) {
      const parsed = parseCondition(deep, typeOf);
      assert.ok(!parsed.ok);
      assert.match(parsed.reason, /nested too deep/);
    }
  });

  test("the longest condition that is taken is evaluated in its number of steps", () => {
    const parsed = parseCondition(Array.from({ length: 25 }, () => "a > 1").join(" or "), typeOf);
    assert.ok(parsed.ok);
    assert.equal(parsed.condition.steps, 99);
  });
});
