import assert from "node:assert/strict";
import { createMetrics, type Metrics } from "../../../org/metrics.ts";

const dayMs = 86_400_000;
const midnight = Date.parse("2026-11-21T00:00:00Z");

suite("Metrics", () => {
  let now: number;
  setup(() => {
    now = midnight - dayMs / 2;
  });
  const make = (needed = 5) => createMetrics({ now: () => now, needed });
  const stored = { result: "stored" };
  const told = (metrics: Metrics) =>
    metrics
      .print([])
      .split("\n")
      .filter((line) => / [1-9]\d*$/.test(line));

  test("show nobody sending, however often somebody asks who sends with four devices", () => {
    const metrics = make();
    const send = (device: string) => {
      metrics.came(device);
      metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "200" });
      metrics.add("kept_org_batches_total", stored);
      metrics.add("kept_org_events_total", stored, 7);
      metrics.observeIngest(0.02);
      metrics.observeIngest(0.3);
      metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "400" });
      metrics.add("kept_org_batches_total", { result: "refused" });
      metrics.add("kept_org_refusals_total", { field: "edits" });
      metrics.add("kept_org_enrolments_total", { result: "refused" });
    };
    for (const own of ["own 1", "own 2", "own 3", "own 4"]) send(own);
    const before = metrics.print([]);
    assert.doesNotMatch(before, /stored|v1\/logs|_count [1-9]|refus|slow_batches_total/);
    // A day on which only the attacker's devices sent, and the hours of one on which somebody else does.
    for (let hour = 0; hour < 36; hour++) {
      now += 3_600_000;
      assert.equal(metrics.print([]), before, `hour ${hour}`);
    }
    send("somebody");
    assert.equal(metrics.print([]), before);
    now += 59 * 60_000;
    assert.equal(metrics.print([]), before);
    now = midnight + 2 * dayMs - 1;
    assert.equal(metrics.print([]), before);
    now += 1;
    const after = metrics.print([]);
    assert.match(after, /^kept_org_batches_total\{result="stored"\} 5$/m);
    assert.match(after, /^kept_org_events_total\{result="stored"\} 35$/m);
    assert.match(after, /^kept_org_requests_total\{route="\/v1\/logs",status="200"\} 5$/m);
    assert.match(after, /^kept_org_ingest_seconds_count 10$/m);
    assert.match(after, /^kept_org_requests_total\{route="\/v1\/logs",status="400"\} 5$/m);
    assert.match(after, /^kept_org_batches_total\{result="refused"\} 5$/m);
    assert.match(after, /^kept_org_refusals_total\{field="edits"\} 5$/m);
    assert.match(after, /^kept_org_slow_batches_total 5$/m);
    send("somebody");
    assert.equal(metrics.print([]), after);
    now += 5 * dayMs;
    assert.equal(metrics.print([]), after);
  });

  test("tell what arrived by the hour where very many send", () => {
    const metrics = make();
    for (let device = 0; device < 100; device++) {
      metrics.came(`device ${device}`);
      metrics.add("kept_org_batches_total", stored);
    }
    assert.doesNotMatch(metrics.print([]), /stored/);
    now += 3_600_000;
    metrics.add("kept_org_batches_total", stored);
    assert.match(metrics.print([]), /\{result="stored"\} 100$/m);
  });

  test("tell at once that the service fails, and what people do at the console", () => {
    const metrics = make();
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "503" });
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "429" });
    metrics.add("kept_org_requests_total", { route: "/coaching", status: "200" });
    metrics.add("kept_org_requests_total", { route: "none", status: "404" });
    assert.deepEqual(told(metrics), [
      'kept_org_requests_total{route="/v1/logs",status="503"} 1',
      'kept_org_requests_total{route="/coaching",status="200"} 1',
      'kept_org_requests_total{route="none",status="404"} 1',
    ]);
  });

  test("are printed as Prometheus reads them", () => {
    const metrics = make(0);
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "200" });
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "200" }, 2);
    metrics.observeIngest(0.01);
    metrics.observeIngest(0.3);
    metrics.observeIngest(60);
    now += dayMs;
    const text = metrics.print([
      { name: "kept_org_build", help: "Always 1.", value: 1, labels: { version: 'a"\\b\n' } },
    ]);
    assert.equal(
      text,
      `# HELP kept_org_requests_total Requests answered, by route and status.
# TYPE kept_org_requests_total counter
kept_org_requests_total{route="/v1/logs",status="200"} 3
# HELP kept_org_slow_batches_total Batches that were answered after more than 0.25 s.
# TYPE kept_org_slow_batches_total counter
kept_org_slow_batches_total 2
# HELP kept_org_ingest_seconds Time from a batch's body to its answer.
# TYPE kept_org_ingest_seconds histogram
kept_org_ingest_seconds_bucket{le="0.005"} 0
kept_org_ingest_seconds_bucket{le="0.01"} 1
kept_org_ingest_seconds_bucket{le="0.025"} 1
kept_org_ingest_seconds_bucket{le="0.05"} 1
kept_org_ingest_seconds_bucket{le="0.1"} 1
kept_org_ingest_seconds_bucket{le="0.25"} 1
kept_org_ingest_seconds_bucket{le="0.5"} 2
kept_org_ingest_seconds_bucket{le="1"} 2
kept_org_ingest_seconds_bucket{le="2.5"} 2
kept_org_ingest_seconds_bucket{le="5"} 2
kept_org_ingest_seconds_bucket{le="10"} 2
kept_org_ingest_seconds_bucket{le="+Inf"} 3
kept_org_ingest_seconds_sum 60.31
kept_org_ingest_seconds_count 3
# HELP kept_org_build Always 1.
# TYPE kept_org_build gauge
kept_org_build{version="a\\"\\\\b\\n"} 1
`,
    );
  });
});
