import assert from "node:assert/strict";
import { coverageWords, extentOf } from "../../../../core/metrics/extent.ts";
import { measure } from "../../../../core/metrics/measure.ts";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { sampleWords } from "../../../../core/metrics/sampleWords.ts";
import type { Fates } from "../../../../protocol/fates.ts";
import { month, summaryOf } from "../../webview/summary.ts";

const metricOf = (id: string) => metrics.find((metric) => metric.id === id)!;

suite("What a metric is of", () => {
  const fates: Fates = {
    ...{ at: 0, repositories: 2, unknown: [], from: "2026-01-05", to: "2026-03-30", coverage: 0.6 },
    ...{ linesSetApart: 0, kinds: [], tools: [], weeks: [], lives: { halfLives: [], hazardRatio: null } },
  };
  const usual = { ...summaryOf(month), fates };

  test("is the period, but for what has a time of its own", () => {
    const { from, to } = usual;
    const windowOf = (id: string) => extentOf(metricOf(id), usual).window;
    assert.deepEqual(windowOf("A1"), { of: "period", from, to });
    assert.deepEqual(windowOf("P1"), { of: "period", from, to });
    assert.deepEqual(windowOf("C9"), { of: "month", from: `${to.slice(0, 7)}-01`, to });
    assert.deepEqual(windowOf("R8"), { of: "always" });
    assert.deepEqual(windowOf("C11"), { of: "now" });
    for (const id of ["Q4", "Q5", "Q6"])
      assert.deepEqual(windowOf(id), {
        of: "committed",
        from: fates.from,
        to: fates.to,
        repositories: 2,
      });
  });

  test("is covered as far as what it counts is known, and not as far as edits are", () => {
    const requests = {
      ...usual.requests,
      requests: 200,
      latency: { medianMs: 1, p95Ms: 1, p99Ms: 1, requests: 50 },
      spend: { nanoUsd: 1, unpricedRequests: 20, unpricedTokens: 0 },
    };
    const coverage = { value: 0.9, knownChars: 9, allChars: 10 };
    const summary = { ...usual, requests, coverage };
    const covered = (id: string) => extentOf(metricOf(id), summary).coverage;
    assert.deepEqual(covered("A3"), { of: "origin", value: 0.9 });
    assert.deepEqual(covered("Q4"), { of: "lines", value: 0.6 });
    assert.deepEqual(covered("S5"), { of: "time", value: 0.25 });
    assert.deepEqual(covered("C13"), { of: "price", value: 0.9 });
    assert.equal(covered("C1"), null);
    for (const { id, coverage } of measureSummary(summary))
      assert.equal(coverage, covered(id)?.value ?? null, id);
  });

  test("says of what in words, with the share in them", () => {
    for (const words of Object.values(coverageWords)) assert.match(words, /\{share\}/);
  });

  test("counts one of a thing as one", () => {
    assert.equal(sampleWords(1, "AI edits"), "1 AI edit");
    assert.equal(sampleWords(1, "pairs of commits"), "1 pair of commits");
    assert.equal(sampleWords(1, "people"), "1 person");
    assert.equal(sampleWords(2, "days"), "2 days");
  });
});

suite("How many more a metric needs", () => {
  test("goes by the interval that is shown: twice as wide takes more", () => {
    const sample = (width: number) =>
      ({
        kind: "estimate",
        value: 0.14,
        interval: { low: 0.14 - width, high: 0.14 + width },
        of: 155,
      }) as const;
    const options = { seed: 1, coverage: null };
    const narrow = measure(metricOf("Q4"), sample(0.055), options).needsMore!;
    const wide = measure(metricOf("Q4"), sample(0.11), options).needsMore!;
    assert.ok(wide > 2 * narrow, `${narrow} and ${wide}`);
    assert.ok((155 + wide) / (155 + narrow) > 3.5, `${narrow} and ${wide}`);
  });
});
