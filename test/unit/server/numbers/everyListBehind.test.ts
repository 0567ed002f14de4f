import assert from "node:assert/strict";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import type { EditBehind, EditsBehind } from "../../../../protocol/editsBehind.ts";
import type { RowBehind } from "../../../../protocol/rowsBehind.ts";
import type { Summary } from "../../../../protocol/summary.ts";
import type { FatesReader } from "../../../../server/fate/fatesReader.ts";
import type { Host } from "../../../../server/host.ts";
import { readEditsBehind } from "../../../../server/numbers/editsBehind.ts";
import { readSummary } from "../../../../server/numbers/readSummary.ts";
import type { Store } from "../../../../server/store/store.ts";
import { medianOf } from "../../../../core/statistics/quantile.ts";
import { behindMetric } from "../../../../webview/parts/metricBehind.ts";
import { behindTexts } from "../../../../webview/texts/behind.ts";
import { openDemonstration } from "../../../support/demonstration.ts";

const now = Date.UTC(2026, 10, 20, 16);
const question = { days: 90, scope: "all" } as const;

interface Listed {
  readonly rows: readonly RowBehind[];
  readonly edits: readonly EditBehind[];
}

/**
 * What the rows of each list come to. `sample`: as many rows as the sample has. `cases` and `others`: as many as the share
 * is, or as are left of it. `ratio`: what they add makes up the number, and the sample. `days` and `text`: the days or
 * characters of the edits. `spent`: what the month has cost so far. `said`: of something else, which the list says.
 */
const comesTo = {
  ...{ A1: "days", A2: "cases", A3: "text", A4: "sample" },
  ...{ S5: "sample", S7: "sample" },
  ...{ Q1: "others", Q2: "others", Q3: "cases", Q4: "sample", Q5: "sample", Q6: "sample", Q10: "cases" },
  ...{ Q11: "cases", Q12: "cases", R1: "ratio", R2: "cases", R3: "cases", R4: "cases", R7: "said" },
  ...{ C1: "sample", C2: "sample", C3: "sample", C5: "sample", C6: "sample", C7: "cases", C8: "cases" },
  ...{ C9: "spent", C10: "sample", C13: "sample" },
  ...{ P1: "sample", P2: "sample", P3: "sample", P4: "ratio", P5: "sample" },
  ...{ G1: "text", G2: "said" },
} as const;

type Row = Pick<RowBehind, "adds"> &
  Partial<Record<"tokens" | "nanoUsd" | "changes" | "keptChanges", number | null>>;
type Sums = (row: Row) => readonly [part: number, whole: number];

/** The numbers that are one sum by another, from what the rows show. Money is in dollars. */
const ratios: Readonly<Record<string, Sums>> = {
  C1: ({ tokens }) => [tokens!, 0],
  C2: ({ nanoUsd }) => [nanoUsd! / 1e9, 1],
  C3: ({ nanoUsd, keptChanges }) => [nanoUsd! / 1e9, keptChanges!],
  C5: ({ nanoUsd, changes }) => [nanoUsd! / 1e9, changes!],
  C6: ({ adds }) => [adds!.part, adds!.whole],
  C10: ({ nanoUsd, keptChanges }) => [keptChanges! > 0 ? nanoUsd! : 0, nanoUsd!],
  P4: ({ adds }) => [adds!.part, adds!.whole],
  R1: ({ adds }) => [adds!.part, adds!.whole],
};
/** And the middle of what each row adds. */
const middles = ["S7", "P2", "P5"];

suite("Behind every metric", () => {
  let store: Store;
  let summary: Summary;
  let fates: FatesReader;
  let host: Host;
  let close: () => void;

  suiteSetup(async function () {
    this.timeout(60_000);
    ({ store, host, fates, close } = openDemonstration(now));
    summary = await readSummary(store, host, question, undefined, {
      ...{ fates, isCompared: true, budgetUsd: 500 },
    });
  });
  suiteTeardown(() => close());

  function listed(id: string): Listed {
    const found: EditsBehind[] = [];
    for (let next: EditsBehind["next"]; found.length === 0 || next; next = found.at(-1)!.next) {
      const asked = { question, ...behindMetric(id)!, ...(next ? { after: next } : {}) };
      found.push(readEditsBehind(store, host, asked, undefined, fates));
    }
    return {
      rows: found.flatMap(({ rows }) => rows ?? []),
      edits: found.flatMap(({ edits }) => edits),
    };
  }

  test("is said what its list comes to", () => {
    const withList = metrics.map(({ id }) => id).filter((id) => behindMetric(id) !== undefined);
    assert.deepEqual(Object.keys(comesTo).sort(), withList.sort());
  });

  for (const [id, comes] of Object.entries(comesTo))
    test(`${id} lists what it counts: ${comes}`, () => {
      const { value, n } = measureSummary(summary).find((measured) => measured.id === id)!;
      const { rows, edits } = listed(id);
      const count = rows.length + edits.length;
      const ids = [...edits.map((edit) => edit.id), ...rows.map((row) => JSON.stringify(row))];
      assert.ok(count > 0 && new Set(ids).size === count, `${count}`);
      const sums = summed(rows, ratios[id] ?? (() => [0, 0]));
      switch (comes) {
        case "sample":
          assert.equal(count, n);
          break;
        case "cases":
          assert.equal(count, Math.round(value! * n));
          break;
        case "others":
          assert.equal(count, n - Math.round(value! * n));
          break;
        case "ratio":
          assert.equal(sums.whole, n);
          break;
        case "days":
          assert.equal(
            new Set(edits.map(({ at }) => new Date(at).toISOString().slice(0, 10))).size,
            Math.round(value! * n),
          );
          break;
        case "text": {
          const kinds = summary.days.map(({ inserted }) => inserted);
          const kind = id === "G1" ? "unknown" : "ai";
          const written = kinds.reduce((sum, inserted) => sum + inserted[kind], 0);
          assert.equal(
            edits.reduce((sum, { insertedChars }) => sum + insertedChars, 0),
            written,
          );
          break;
        }
        case "spent":
          assert.equal(summed(rows, ({ nanoUsd }) => [nanoUsd ?? 0, 0]).part, summary.budget!.spentNanoUsd);
          break;
        case "said":
          assert.ok(behindTexts.cases[behindMetric(id)!.cases!].length > 0);
      }
      if (ratios[id]) {
        const found = id === "C1" ? sums.part : sums.part / sums.whole;
        assert.ok(Math.abs(found - value!) <= Math.abs(value!) * 1e-9, `${found} is not ${value}`);
      }
      if (middles.includes(id)) assert.equal(medianOf(rows.map(({ adds }) => adds!.part)), value);
    });
});

function summed(rows: readonly RowBehind[], sumsOf: Sums): { part: number; whole: number } {
  const sums = { part: 0, whole: 0 };
  for (const row of rows) {
    const [part, whole] = sumsOf(row);
    sums.part += part;
    sums.whole += whole;
  }
  return sums;
}
