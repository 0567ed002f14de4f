/** What tools send, in one form for both encodings and for logs, spans and metrics. */
export interface TelemetryRecord {
  readonly signal: Signal;
  /** Of a span or a metric; of a log the name of its event, where it has one. */
  readonly name: string;
  /** Milliseconds since 1970; undefined where it is not said. */
  readonly at: number | undefined;
  /** Of a span, or of what a metric counts. */
  readonly startedAt: number | undefined;
  /** Of a span, in hexadecimal. */
  readonly id: string | undefined;
  readonly attributes: ReadonlyMap<string, string | number | boolean>;
  /** Of a metric. */
  readonly measured?: Measured;
}

export interface Measured {
  readonly count: number;
  readonly total: number;
  /** Whether it is all since `startedAt`, or what came since it was sent the last time. */
  readonly isCumulative: boolean;
}

export type Signal = "logs" | "traces" | "metrics";

/** What is read at all. The value of any other attribute is not looked at, and no body of a log ever is. */
export interface Wanted {
  readonly attributes: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
}
