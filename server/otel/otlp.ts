import { fieldsOf, listOf, parsed, textOf, type Fields } from "../agents/fields.ts";
import { Malformed } from "./malformed.ts";
import type { Measured, Signal, TelemetryRecord, Wanted } from "./telemetryRecord.ts";
import { readMessage, type MessageShape } from "./wireFormat.ts";

/** More than any tool gathers before it sends. */
const mostRecords = 20_000;
/** Of the value of an attribute. What is wanted is short; what is longer may be talk. */
const longestText = 200;
const nanosInMs = 1e6;

/** Reads what was sent by the OpenTelemetry protocol, as JSON or as protocol buffers. Throws `Malformed`. */
export function readOtlp(
  body: Uint8Array,
  { signal, isJson, wanted }: { readonly signal: Signal; readonly isJson: boolean; readonly wanted: Wanted },
): TelemetryRecord[] {
  const root = isJson ? jsonIn(body) : readMessage(body, rootShape(signal, wanted));
  const records: TelemetryRecord[] = [];
  for (const resource of partsOf(root, resourceKeys[signal])) {
    const common = attributesOf(fieldsOf(resource["resource"])["attributes"], wanted);
    for (const scope of partsOf(resource, scopeKeys[signal]))
      for (const record of partsOf(scope, recordKeys[signal])) {
        for (const read of readers[signal](record, common, wanted)) {
          if (records.length >= mostRecords) throw new Malformed("too many records");
          records.push(read);
        }
      }
  }
  return records;
}

const resourceKeys = { logs: "resourceLogs", traces: "resourceSpans", metrics: "resourceMetrics" } as const;
const scopeKeys = { logs: "scopeLogs", traces: "scopeSpans", metrics: "scopeMetrics" } as const;
const recordKeys = { logs: "logRecords", traces: "spans", metrics: "metrics" } as const;

function jsonIn(body: Uint8Array): Fields {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new Malformed("it is no UTF-8");
  }
  const root = parsed(text);
  if (typeof root !== "object" || root === null || Array.isArray(root))
    throw new Malformed("it is no JSON object");
  return root as Fields;
}

/** A part that is there and no list is of no agreed form. */
function partsOf(fields: Fields, key: string): Fields[] {
  const value = fields[key];
  if (value !== undefined && !Array.isArray(value)) throw new Malformed(`${key} is no list`);
  return listOf(value).map(fieldsOf);
}

type Attributes = Map<string, string | number | boolean>;
type ReadRecord = (record: Fields, common: Attributes, wanted: Wanted) => TelemetryRecord[];

const readLog: ReadRecord = (log, common, wanted) => {
  const attributes = attributesOf(log["attributes"], wanted, common);
  const named = attributes.get("event.name") ?? textOf(log["eventName"]);
  // Some say when it happened in an attribute alone, and some only when it was seen.
  const at =
    msOf(log["timeUnixNano"]) ??
    dateOf(attributes.get("event.timestamp")) ??
    msOf(log["observedTimeUnixNano"]);
  return [
    { signal: "logs", name: shortOf(named) ?? "", at, startedAt: undefined, id: undefined, attributes },
  ];
};

const readSpan: ReadRecord = (span, common, wanted) => [
  {
    signal: "traces",
    name: shortOf(span["name"]) ?? "",
    at: msOf(span["endTimeUnixNano"]),
    startedAt: msOf(span["startTimeUnixNano"]),
    id: shortOf(span["spanId"])?.toLowerCase(),
    attributes: attributesOf(span["attributes"], wanted, common),
  },
];

const readMetric: ReadRecord = (metric, common, wanted) => {
  const name = shortOf(metric["name"]) ?? "";
  if (!wanted.metrics.has(name)) return [];
  return (["sum", "histogram"] as const).flatMap((kind) => {
    const data = fieldsOf(metric[kind]);
    return partsOf(data, "dataPoints").map((point): TelemetryRecord => {
      const isCumulative = isCumulativeIn(data["aggregationTemporality"]);
      return {
        signal: "metrics",
        name,
        at: msOf(point["timeUnixNano"]),
        startedAt: msOf(point["startTimeUnixNano"]),
        id: undefined,
        attributes: attributesOf(point["attributes"], wanted, common),
        measured: { ...measuredIn(kind, point), isCumulative },
      };
    });
  });
};

const readers: Readonly<Record<Signal, ReadRecord>> = {
  logs: readLog,
  traces: readSpan,
  metrics: readMetric,
};

function measuredIn(kind: "sum" | "histogram", point: Fields): Omit<Measured, "isCumulative"> {
  if (kind === "histogram") return { count: numberOf(point["count"]), total: numberOf(point["sum"]) };
  const value = numberOf(point["asInt"] ?? point["asDouble"]);
  return { count: value, total: value };
}

function isCumulativeIn(temporality: unknown): boolean {
  return temporality !== 1 && temporality !== "AGGREGATION_TEMPORALITY_DELTA";
}

function attributesOf(given: unknown, { attributes }: Wanted, common?: Attributes): Attributes {
  const found: Attributes = new Map(common);
  for (const each of listOf(given)) {
    const { key, value } = fieldsOf(each);
    if (typeof key !== "string" || !attributes.has(key)) continue;
    const read = valueOf(fieldsOf(value));
    if (read !== undefined) found.set(key, read);
  }
  return found;
}

function valueOf(value: Fields): string | number | boolean | undefined {
  const text = value["stringValue"];
  if (typeof text === "string") return text.length <= longestText ? text : undefined;
  if (typeof value["boolValue"] === "boolean") return value["boolValue"];
  const number = value["intValue"] ?? value["doubleValue"];
  return number === undefined ? undefined : numberOf(number);
}

/** JSON writes numbers of 64 bits as text. */
function numberOf(value: unknown): number {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : 0;
}

function msOf(nanos: unknown): number | undefined {
  const ms = Math.trunc(numberOf(nanos) / nanosInMs);
  return ms > 0 && ms < 8.64e15 ? ms : undefined;
}

function dateOf(text: unknown): number | undefined {
  const at = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function shortOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= longestText ? value : undefined;
}

const repeated = (message: MessageShape) => ({ message, repeated: true });
const single = (message: MessageShape) => ({ message, repeated: false });

/** The messages of opentelemetry-proto 1.x, as far as they are read, with the names that they have in JSON. */
function rootShape(signal: Signal, wanted: Wanted): MessageShape {
  const value: MessageShape = {
    1: { name: "stringValue", as: "text" },
    2: { name: "boolValue", as: "boolean" },
    3: { name: "intValue", as: "number" },
    4: { name: "doubleValue", as: "double" },
  };
  const attributes = {
    name: "attributes",
    as: repeated({ 1: { name: "key", as: "text" }, 2: { name: "value", as: single(value) } }),
    onlyIf: (key: string) => wanted.attributes.has(key),
  };
  const records: Readonly<Record<Signal, MessageShape>> = {
    logs: {
      1: { name: "timeUnixNano", as: "fixed" },
      6: attributes,
      11: { name: "observedTimeUnixNano", as: "fixed" },
      12: { name: "eventName", as: "text" },
    },
    traces: {
      2: { name: "spanId", as: "hex" },
      5: { name: "name", as: "text" },
      7: { name: "startTimeUnixNano", as: "fixed" },
      8: { name: "endTimeUnixNano", as: "fixed" },
      9: attributes,
    },
    metrics: metricShape(attributes),
  };
  const scope: MessageShape = { 2: { name: recordKeys[signal], as: repeated(records[signal]) } };
  const resource: MessageShape = {
    1: { name: "resource", as: single({ 1: attributes }) },
    2: { name: scopeKeys[signal], as: repeated(scope) },
  };
  return { 1: { name: resourceKeys[signal], as: repeated(resource) } };
}

function metricShape(attributes: MessageShape[number]): MessageShape {
  const times: MessageShape = {
    2: { name: "startTimeUnixNano", as: "fixed" },
    3: { name: "timeUnixNano", as: "fixed" },
  };
  const number: MessageShape = {
    ...times,
    4: { name: "asDouble", as: "double" },
    6: { name: "asInt", as: "signedFixed" },
    7: attributes,
  };
  const histogram: MessageShape = {
    ...times,
    4: { name: "count", as: "fixed" },
    5: { name: "sum", as: "double" },
    9: attributes,
  };
  const points = (point: MessageShape): MessageShape => ({
    1: { name: "dataPoints", as: repeated(point) },
    2: { name: "aggregationTemporality", as: "number" },
  });
  return {
    1: { name: "name", as: "text" },
    7: { name: "sum", as: single(points(number)) },
    9: { name: "histogram", as: single(points(histogram)) },
  };
}
