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
  kept_org_slow_batches_total: {
    type: "counter",
    help: "Batches that were answered after more than 0.25 s.",
  },
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

/** So many devices are enough to tell what arrived by the hour and not by the day. */
const manyDevices = 100;
const hourMs = 3_600_000;
const slowSeconds = 0.25;

export interface MetricsParts {
  readonly now: () => number;
  /** How many devices what arrived has to be of. */
  readonly needed: number;
}

/**
 * That the service fails is told at once. What arrived, what was refused of it and how long it took is told as it was at the
 * last midnight (UTC) by which enough devices had sent something since it was told before, or at the last full hour by which
 * many had: whoever asks all the time sees nobody send, neither well nor badly.
 */
export interface Metrics {
  add(name: CounterName, labels: Labels, amount?: number): void;
  observeIngest(seconds: number): void;
  /** A device sent something, be it refused. Its name is forgotten when that is told, and written nowhere. */
  came(device: string): void;
  /** Prometheus text format, version 0.0.4. */
  print(gauges: readonly Gauge[]): string;
}

interface Ingest {
  readonly buckets: readonly number[];
  readonly count: number;
  readonly sum: number;
}

export function createMetrics({ now, needed }: MetricsParts): Metrics {
  const atOnce = new Set<string>();
  const counters = new Map<CounterName, Map<string, number>>();
  let ingest: Ingest = { buckets: durationBounds.map(() => 0), count: 0, sum: 0 };
  let told: {
    readonly counters: ReadonlyMap<CounterName, ReadonlyMap<string, number>>;
    readonly ingest: Ingest;
  } = { counters: new Map(), ingest };
  const devices = new Set<string>();
  let hour = Math.floor(now() / hourMs);

  const tellWhatIsOver = () => {
    const thisHour = Math.floor(now() / hourMs);
    if (thisHour === hour) return;
    const isNewDay = Math.floor(thisHour / 24) !== Math.floor(hour / 24);
    hour = thisHour;
    if (devices.size < (isNewDay ? needed : Math.max(needed, manyDevices))) return;
    devices.clear();
    told = { counters: new Map([...counters].map(([name, series]) => [name, new Map(series)])), ingest };
  };

  const add: Metrics["add"] = (name, labels, amount = 1) => {
    tellWhatIsOver();
    const series = counters.get(name) ?? new Map<string, number>();
    const key = printLabels(labels);
    series.set(key, (series.get(key) ?? 0) + amount);
    counters.set(name, series);
    if (isOfService(name, labels)) atOnce.add(`${name}${key}`);
  };

  const shownOf = (name: CounterName, labels: string, live: number) =>
    atOnce.has(`${name}${labels}`) ? live : told.counters.get(name)?.get(labels);

  return {
    add,

    observeIngest(seconds) {
      tellWhatIsOver();
      ingest = {
        buckets: ingest.buckets.map((count, at) =>
          seconds <= (durationBounds[at] ?? 0) ? count + 1 : count,
        ),
        count: ingest.count + 1,
        sum: ingest.sum + seconds,
      };
      if (seconds > slowSeconds) add("kept_org_slow_batches_total", {});
    },

    came(device) {
      tellWhatIsOver();
      devices.add(device);
    },

    print(gauges) {
      tellWhatIsOver();
      const lines: string[] = [];
      for (const [name, series] of counters) {
        const shown = [...series].flatMap(([labels, live]) => {
          const value = shownOf(name, labels, live);
          return value === undefined ? [] : [`${name}${labels} ${value}`];
        });
        if (shown.length > 0) lines.push(...heading(name, families[name]), ...shown);
      }
      const name = "kept_org_ingest_seconds";
      lines.push(...heading(name, families[name]));
      for (const [index, bound] of durationBounds.entries()) {
        lines.push(`${name}_bucket{le="${bound}"} ${told.ingest.buckets[index] ?? 0}`);
      }
      lines.push(`${name}_bucket{le="+Inf"} ${told.ingest.count}`);
      lines.push(`${name}_sum ${told.ingest.sum}`, `${name}_count ${told.ingest.count}`);
      for (const { name: gauge, help, value, labels } of gauges) {
        lines.push(
          ...heading(gauge, { type: "gauge", help }),
          `${gauge}${printLabels(labels ?? {})} ${value}`,
        );
      }
      return `${lines.join("\n")}\n`;
    },
  };
}

/** Whether a count tells of the service, or of people at the console, and not of what a device does. */
function isOfService(name: CounterName, { route = "", status = "" }: Labels): boolean {
  return name === "kept_org_requests_total" && (!route.startsWith("/v1/") || status >= "500");
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
