/** Seconds; the bounds a dashboard can tell "as usual" from "slow" by. */
const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly type: "counter" | "histogram";
  readonly help: string;
}

const families = {
  kept_org_requests_total: { type: "counter", help: "Requests answered, by route and status." },
  kept_org_batches_total: { type: "counter", help: "Batches read, by what became of them." },
  kept_org_events_total: { type: "counter", help: "Events read, by what became of them." },
  kept_org_refusals_total: { type: "counter", help: "Reasons for refusal given, by field of the contract." },
  kept_org_enrolments_total: { type: "counter", help: "Devices that asked to join, by what became of it." },
  kept_org_deletions_total: { type: "counter", help: "Weeks that were deleted by proof." },
  kept_org_ingest_seconds: { type: "histogram", help: "Time from a batch's body to its answer." },
} as const satisfies Record<string, Family>;
type CounterName = {
  [Name in keyof typeof families]: (typeof families)[Name]["type"] extends "counter" ? Name : never;
}[keyof typeof families];

export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly labels?: Labels;
}

export interface Metrics {
  add(name: CounterName, labels: Labels, amount?: number): void;
  observeIngest(seconds: number): void;
  /** Prometheus text format, version 0.0.4. */
  print(gauges: readonly Gauge[]): string;
}

export function createMetrics(): Metrics {
  const counters = new Map<CounterName, Map<string, number>>();
  const durations = durationBounds.map(() => 0);
  let durationCount = 0;
  let durationSum = 0;
  return {
    add(name, labels, amount = 1) {
      const series = counters.get(name) ?? new Map<string, number>();
      const key = printLabels(labels);
      series.set(key, (series.get(key) ?? 0) + amount);
      counters.set(name, series);
    },

    observeIngest(seconds) {
      durationCount += 1;
      durationSum += seconds;
      for (const [index, bound] of durationBounds.entries()) {
        if (seconds <= bound) {
          durations[index] = (durations[index] ?? 0) + 1;
        }
      }
    },

    print(gauges) {
      const lines: string[] = [];
      for (const [name, series] of counters) {
        lines.push(...heading(name, families[name]));
        lines.push(...[...series].map(([labels, value]) => `${name}${labels} ${value}`));
      }
      const ingest = "kept_org_ingest_seconds";
      lines.push(...heading(ingest, families[ingest]));
      for (const [index, bound] of durationBounds.entries()) {
        lines.push(`${ingest}_bucket{le="${bound}"} ${durations[index] ?? 0}`);
      }
      lines.push(`${ingest}_bucket{le="+Inf"} ${durationCount}`);
      lines.push(`${ingest}_sum ${durationSum}`, `${ingest}_count ${durationCount}`);
      for (const { name, help, value, labels } of gauges) {
        lines.push(...heading(name, { type: "gauge", help }), `${name}${printLabels(labels ?? {})} ${value}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}

function heading(name: string, { type, help }: { type: string; help: string }): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function printLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) =>
      `${key}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
