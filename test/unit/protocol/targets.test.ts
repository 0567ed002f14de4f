import assert from "node:assert/strict";
import { inputs } from "../../../core/metrics/metric.ts";
import { metrics } from "../../../core/metrics/metrics.ts";
import { whyInvalid } from "../../../protocol/errors.ts";
import { settings } from "../../../protocol/settings.ts";
import { judgedMetrics, usableTargets } from "../../../protocol/targets.ts";

suite("What a person aims at", () => {
  const { schema } = settings["kept.targets"];
  const why = (value: unknown) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? "taken" : whyInvalid(parsed.error);
  };

  test("can be set for every metric that is measured here and has a better side, and for no other", () => {
    const judged = metrics.filter(({ direction, input }) => direction !== "none" && inputs[input].atHand);
    assert.deepEqual(
      Object.entries(judgedMetrics)
        .map(([id, { better, name }]) => [id, better, name])
        .sort(),
      judged.map(({ id, direction, name }) => [id, direction, name]).sort(),
    );
    for (const { id, unit, target } of judged) {
      const { most } = judgedMetrics[id as keyof typeof judgedMetrics];
      assert.equal(most === 1, unit === "share" && id !== "C9", id);
      if (target !== undefined) assert.ok(target <= most, id);
    }
  });

  test("is refused with its reason where it cannot be meant", () => {
    assert.equal(
      why({
        Q4: { requirement: 0.08, ceiling: 0.03, baseline: 0.12 },
        A1: { requirement: 0.6, ceiling: 0.9 },
      }),
      "taken",
    );
    assert.equal(why({}), "taken");
    assert.match(why({ Q4: { requirement: 8 } }), /^Q4.requirement: /);
    assert.match(why({ Q4: { requirement: -0.1 } }), /^Q4.requirement: /);
    assert.match(why({ Q4: { target: 0.1 } }), /^Q4: .*target/);
    assert.match(why({ Q1: { requirement: 0.3 } }), /Q1/);
    assert.match(
      why({ Q4: { requirement: 0.03, ceiling: 0.08 } }),
      /^Q4: the requirement lies beyond the ceiling/,
    );
    assert.match(
      why({ A1: { requirement: 0.9, ceiling: 0.6 } }),
      /^A1: the requirement lies beyond the ceiling/,
    );
  });

  test("is refused entry by entry, each with its name and why, while the others hold", () => {
    const Q4 = { requirement: 0.08 };
    const { targets, refused } = usableTargets({
      Q4,
      Q5: { requirement: 8 },
      Q1: { requirement: 0.3 },
      A1: { requirement: 0.9, ceiling: 0.6 },
      R1: "soon",
      toString: Q4,
    });
    assert.deepEqual(targets, { Q4 });
    assert.equal(refused.length, 5);
    for (const [place, id] of ["Q5.requirement", "Q1", "A1", "R1", "toString"].entries())
      assert.ok(refused[place]!.startsWith(`${id}: `), refused[place]);
    assert.deepEqual(usableTargets({}), { targets: {}, refused: [] });
  });

  test("is of the time before a day that there is", () => {
    const day = settings["kept.baseline.before"].schema;
    for (const value of ["", "2026-01-31"]) assert.ok(day.safeParse(value).success, value);
    for (const value of ["2026-02-31", "yesterday", 5])
      assert.ok(!day.safeParse(value).success, String(value));
  });
});
