/** Which field of a message has which number, and how it is written; a list of one shape is written one by one. */
type Shape = Readonly<Record<string, readonly [field: number, as: As]>>;
type As = "text" | "hex" | "number" | "boolean" | "double" | "fixed" | (() => Shape);

const value = (): Shape => ({
  stringValue: [1, "text"],
  boolValue: [2, "boolean"],
  intValue: [3, "number"],
  doubleValue: [4, "double"],
});
const attribute = (): Shape => ({ key: [1, "text"], value: [2, value] });
const resource = (): Shape => ({ attributes: [1, attribute] });
const times = { startTimeUnixNano: [2, "fixed"], timeUnixNano: [3, "fixed"] } as const;
const numberPoint = (): Shape => ({ ...times, asDouble: [4, "double"], attributes: [7, attribute] });
const histogramPoint = (): Shape => ({
  ...times,
  count: [4, "fixed"],
  sum: [5, "double"],
  attributes: [9, attribute],
});
const data = (point: () => Shape) => (): Shape => ({
  dataPoints: [1, point],
  aggregationTemporality: [2, "number"],
});
const record = (): Shape => ({
  timeUnixNano: [1, "fixed"],
  body: [5, value],
  attributes: [6, attribute],
  eventName: [12, "text"],
});
const span = (): Shape => ({
  spanId: [2, "hex"],
  name: [5, "text"],
  startTimeUnixNano: [7, "fixed"],
  endTimeUnixNano: [8, "fixed"],
  attributes: [9, attribute],
});
const metric = (): Shape => ({
  name: [1, "text"],
  sum: [7, data(numberPoint)],
  histogram: [9, data(histogramPoint)],
});
const scope = (name: string, each: () => Shape) => (): Shape => ({ [name]: [2, each] });
const root = (): Shape => ({
  resourceLogs: [1, () => ({ resource: [1, resource], scopeLogs: [2, scope("logRecords", record)] })],
  resourceSpans: [1, () => ({ resource: [1, resource], scopeSpans: [2, scope("spans", span)] })],
  resourceMetrics: [1, () => ({ resource: [1, resource], scopeMetrics: [2, scope("metrics", metric)] })],
});

/** A message of OpenTelemetry's, given as JSON has it, as protocol buffers: by opentelemetry-proto 1.x. */
export function asProtocolBuffers(message: object): Buffer {
  return encoded(message, root());
}

function encoded(message: object, shape: Shape): Buffer {
  const fields = Object.entries(message).flatMap(([name, given]: [string, unknown]) => {
    const known = shape[name];
    if (!known) throw new Error(`no field ${name}`);
    return (Array.isArray(given) ? (given as unknown[]) : [given]).map((each) => fieldOf(known, each));
  });
  return Buffer.concat(fields);
}

function fieldOf([field, as]: readonly [number, As], given: unknown): Buffer {
  const eightBytes = Buffer.alloc(8);
  switch (as) {
    case "number":
    case "boolean":
      return Buffer.concat([varint(field * 8), varint(Number(given))]);
    case "double":
      eightBytes.writeDoubleLE(Number(given));
      return Buffer.concat([varint(field * 8 + 1), eightBytes]);
    case "fixed":
      eightBytes.writeBigUInt64LE(BigInt(given as string));
      return Buffer.concat([varint(field * 8 + 1), eightBytes]);
    default: {
      const bytes =
        typeof as === "function"
          ? encoded(given as object, as())
          : Buffer.from(given as string, as === "hex" ? "hex" : "utf8");
      return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
    }
  }
}

function varint(number: number): Buffer {
  const bytes: number[] = [];
  let left = number;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) + 0x80);
  return Buffer.from([...bytes, left]);
}
