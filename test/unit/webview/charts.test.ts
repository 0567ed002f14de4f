import assert from "node:assert/strict";
import fc from "fast-check";
import type { CharsByKind, Summary } from "../../../protocol/summary.ts";
import { layOutAmount, layOutBar } from "../../../webview/charts/bar.ts";
import { addUp, kindOrder, kindsToName, totalOf } from "../../../webview/charts/kinds.ts";
import { stretchesOf } from "../../../webview/charts/periods.ts";
import { columnAt, layOutStack, type StackSize } from "../../../webview/charts/stack.ts";
import { compareShares, layOutWhisker, shareAxis } from "../../../webview/charts/whisker.ts";
import { shareOf } from "./summary.ts";

const none: CharsByKind = { ai: 0, human: 0, tooling: 0, external: 0, unknown: 0 };
const size: StackSize = {
  width: 276,
  height: 100,
  gutter: 36,
  footer: 20,
  labelEvery: 50,
  labelFrom: "last",
};
const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const chars = fc.record({ ai: amount, human: amount, tooling: amount, external: amount, unknown: amount });

suite("Stacked columns", () => {
  test("stand on the baseline in the order of origins, as high as their share of the largest", () => {
    const { columns, baseline } = layOutStack(
      [
        { ...none, ai: 50, human: 50 },
        { ...none, ai: 25 },
      ],
      size,
    );
    assert.equal(baseline, 80);
    assert.deepEqual(columns[0]!.segments, [
      { kind: "ai", y: 44, height: 36 },
      { kind: "human", y: 8, height: 36 },
    ]);
    assert.deepEqual(columns[1]!.segments, [{ kind: "ai", y: 62, height: 18 }]);
  });

  test("a column that holds anything is at least two pixels high, an empty one is not drawn", () => {
    const { columns } = layOutStack([{ ...none, ai: 1_000_000 }, { ...none, human: 1 }, none], size);
    assert.deepEqual(columns[1]!.segments, [{ kind: "human", y: 78, height: 2 }]);
    assert.deepEqual(columns[2]!.segments, []);
  });

  test("never leave their box, overlap or give anything but numbers, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.array(chars, { maxLength: 100 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 200 }),
        (data, width, height) => {
          const chart = layOutStack(data, { ...size, width, height });
          for (const { x, width: wide, segments } of chart.columns) {
            assert.ok(x >= 0 && wide >= 0 && x + wide <= Math.max(width, 0) + 1e-6);
            let top = chart.baseline;
            for (const segment of segments) {
              assert.ok(Math.abs(segment.y + segment.height - top) < 1e-6);
              top = segment.y;
              assert.ok(top >= 8 - 2 - 1e-6);
            }
          }
          for (const { at } of [...chart.amounts, ...chart.labels]) assert.ok(Number.isFinite(at));
        },
      ),
    );
  });

  test("label days in weeks back from the last, hours in quarters from midnight", () => {
    const days = layOutStack(Array<CharsByKind>(30).fill(none), size);
    assert.deepEqual(
      days.labels.map(({ value }) => value),
      [1, 8, 15, 22, 29],
    );
    const hours = layOutStack(Array<CharsByKind>(24).fill(none), { ...size, labelFrom: "first" });
    assert.deepEqual(
      hours.labels.map(({ value }) => value),
      [0, 6, 12, 18],
    );
  });

  test("give whole amounts on the axis, and none for an empty chart", () => {
    const values = (most: number) =>
      layOutStack([{ ...none, ai: most }], size).amounts.map(({ value }) => value);
    assert.deepEqual(values(1), [1]);
    assert.deepEqual(values(1200), [500, 1000]);
    assert.deepEqual(layOutStack([], size).columns, []);
  });

  test("say which column lies under a point, and none beside them", () => {
    const chart = layOutStack(Array<CharsByKind>(24).fill(none), size);
    assert.equal(columnAt(chart, 36), 0);
    assert.equal(columnAt(chart, 275), 23);
    assert.equal(columnAt(chart, 20), undefined);
    assert.equal(columnAt(chart, 400), undefined);
  });
});

suite("Days as columns", () => {
  const daysOf = (count: number): Summary["days"] =>
    Array.from({ length: count }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      inserted: { ...none, ai: index },
    }));

  test("stay single days where there is room", () => {
    assert.equal(stretchesOf(daysOf(30), 232).length, 30);
  });

  test("become stretches of seven that end with the last day and lose nothing", () => {
    const days = daysOf(90);
    const stretches = stretchesOf(days, 232);
    assert.equal(stretches.length, 13);
    assert.deepEqual(
      [stretches[0]!.from, stretches[0]!.to, stretches[12]!.from, stretches[12]!.to],
      ["2026-01-01", "2026-01-06", "2026-03-25", "2026-03-31"],
    );
    assert.deepEqual(
      addUp(stretches.map(({ inserted }) => inserted)),
      addUp(days.map(({ inserted }) => inserted)),
    );
  });

  test("none are none", () => {
    assert.deepEqual(stretchesOf([], 100), []);
  });
});

suite("A dot on its whisker", () => {
  const { at, ticks } = shareAxis(110, 4);

  test("lies on an axis that leaves room for a dot at both ends", () => {
    assert.deepEqual(
      ticks.map((tick) => tick.at),
      [5, 55, 105],
    );
    assert.deepEqual(layOutWhisker(shareOf(0.5, 0.4, 0.6), at), { dot: 55, from: 45, to: 65 });
  });

  test("is not drawn without enough data, not even at 100 %", () => {
    const nothing = { dot: undefined, from: undefined, to: undefined };
    assert.deepEqual(layOutWhisker({ value: 1, low: null, high: null, n: 1, needsMore: 19 }, at), nothing);
    assert.deepEqual(layOutWhisker({ value: null, low: null, high: null, n: 30, needsMore: 0 }, at), nothing);
  });

  test("has no whisker without an interval, and stays on an axis without room", () => {
    assert.deepEqual(layOutWhisker(shareOf(0.5, null, null), at), {
      dot: 55,
      from: undefined,
      to: undefined,
    });
    assert.equal(shareAxis(0, 4).at(1), 5);
  });
});

suite("Two shares beside each other", () => {
  test("differ only where their intervals do not touch", () => {
    const human = shareOf(0.83, 0.81, 0.85);
    assert.deepEqual(compareShares(shareOf(0.7, 0.65, 0.75), human), { says: "below", points: 13 });
    assert.deepEqual(compareShares(shareOf(0.95, 0.9, 0.97), human), { says: "above", points: 12 });
    assert.deepEqual(compareShares(shareOf(0.78, 0.74, 0.82), human), { says: "overlap" });
    assert.deepEqual(compareShares(shareOf(0.78, 0.74, 0.81), human), { says: "overlap" });
  });

  test("say nothing where one of them says nothing", () => {
    const sure = shareOf(0.5, 0.4, 0.6);
    for (const unsure of [
      { ...sure, needsMore: 3 },
      { ...sure, value: null },
      { ...sure, low: null },
    ]) {
      assert.deepEqual(compareShares(sure, unsure), { says: "nothing" });
      assert.deepEqual(compareShares(unsure, sure), { says: "nothing" });
    }
  });
});

suite("Bars", () => {
  test("of a whole fill the width and show every part that is there", () => {
    fc.assert(
      fc.property(chars, fc.integer({ min: 20, max: 2000 }), (parts, width) => {
        const bar = layOutBar(parts, width);
        assert.deepEqual(
          bar.map(({ kind }) => kind),
          kindOrder.filter((kind) => parts[kind] > 0),
        );
        for (const part of bar) assert.ok(part.width >= 2);
        const last = bar.at(-1);
        if (last) assert.ok(Math.abs(last.x + last.width - width) < 1e-6);
        else assert.equal(totalOf(parts), 0);
      }),
    );
  });

  test("of an amount show what is left of it, on a common scale", () => {
    assert.deepEqual(layOutAmount(50, 25, 100, 200), { whole: 100, left: 50 });
    assert.deepEqual(layOutAmount(0, 0, 100, 200), { whole: 0, left: 0 });
    assert.deepEqual(layOutAmount(0, 0, 0, 200), { whole: 0, left: 0 });
    assert.deepEqual(layOutAmount(1, 1, 1_000_000, 200), { whole: 2, left: 2 });
  });

  test("name AI and human always, the rest where there is some", () => {
    assert.deepEqual(kindsToName(none), ["ai", "human"]);
    assert.deepEqual(kindsToName({ ...none, unknown: 1 }), ["ai", "human", "unknown"]);
  });
});
