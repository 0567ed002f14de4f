import assert from "node:assert/strict";
import { createMetrics } from "../../../org/metrics.ts";

suite("Metrics", () => {
  test("are printed as Prometheus reads them", () => {
    const metrics = createMetrics();
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "200" });
    metrics.add("kept_org_requests_total", { route: "/v1/logs", status: "200" }, 2);
    metrics.observeIngest(0.01);
    metrics.observeIngest(0.3);
    metrics.observeIngest(60);
    const text = metrics.print([
      { name: "kept_org_build", help: "Always 1.", value: 1, labels: { version: 'a"\\b\n' } },
    ]);
    assert.equal(
      text,
      `# HELP kept_org_requests_total Requests answered, by route and status.
# TYPE kept_org_requests_total counter
kept_org_requests_total{route="/v1/logs",status="200"} 3
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
