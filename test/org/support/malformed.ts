import { gzipSync } from "node:zlib";
import type { LogsRequest } from "../../../protocol/collector.ts";
import { idOf, recordOf, requestOf, requestWith, today } from "./batches.ts";

export interface MalformedPayload {
  readonly name: string;
  readonly body: Buffer;
  readonly encoding?: string;
}

type Loose = Record<string | number, unknown>;

/** Payloads that no collector may take, the same ones in every run. One good record at most is in each. */
export function malformedPayloads(perGenerator: number): MalformedPayload[] {
  return Object.entries(generators).flatMap(([name, generate]) =>
    Array.from({ length: perGenerator }, (_, seed) => {
      const made = generate(randomFrom(`${name} ${seed}`), seed);
      const payload = Buffer.isBuffer(made) ? { body: made } : made;
      return { name: `${name} ${seed}`, ...payload };
    }),
  );
}

type Random = (below: number) => number;
type Generator = (random: Random, seed: number) => Buffer | { body: Buffer; encoding: string };

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const good = (): LogsRequest => requestWith("malformed", 1);
const goodBytes = (): Buffer => json(good());
const oneOf = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random(values.length)] as Value;

const wrongValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, "", "x", " ", "\u0000", "\ud800", "𝒳".repeat(300)],
  ...[[], {}, [[]], { a: 1 }, [null], "1e3", "0x10", "-5", "NaN", "2026-W99", "../../etc/passwd"],
  ...["<script>alert(1)</script>", "' OR 1=1 --", "%s%n", "${jndi:ldap://x}", "a".repeat(257)],
];

/** Every place in a request that holds a value, as a path. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) {
    return [path];
  }
  const inside = Object.entries(value).flatMap(([key, child]) =>
    placesIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inside : [path, ...inside];
}

function changed(
  request: LogsRequest,
  path: readonly (string | number)[],
  change: (parent: Loose, key: string | number) => void,
): Buffer {
  const copy: unknown = structuredClone(request);
  let parent = copy as Loose;
  for (const key of path.slice(0, -1)) {
    parent = parent[key] as Loose;
  }
  change(parent, path.at(-1) ?? "");
  return json(copy);
}

function attribute(key: string, value: unknown): Buffer {
  const request = good();
  const record = request.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  const found = record?.attributes.find((candidate) => candidate.key === key);
  Object.assign(found ?? {}, { value });
  return json(request);
}

const eventKeys = recordOf({ name: "keys", day: today }).attributes.map(({ key }) => key);

const generators: Record<string, Generator> = {
  "cut off": (random) => goodBytes().subarray(0, random(goodBytes().length - 1)),
  "byte that is no UTF-8": (random) => {
    const bytes = goodBytes();
    bytes[random(bytes.length)] = 0x80 + random(0x40);
    return bytes;
  },
  "random bytes": (random) => Buffer.from(Array.from({ length: random(2000) }, () => random(256))),
  "other JSON": (random) =>
    json(oneOf(random, [null, 1, "", [], {}, [good()], { logs: [] }, { resourceLogs: null }])),
  "text after the end": (random) =>
    Buffer.concat([goodBytes(), Buffer.from(oneOf(random, ["{}", ",", "]", "x", "\u0000"]))]),
  "byte-order mark": () => Buffer.concat([Buffer.from("\ufeff"), goodBytes()]),
  "other unicode": () => Buffer.from(goodBytes().toString(), "utf16le"),
  "wrong value anywhere": (random) => {
    const places = placesIn(good());
    return changed(good(), oneOf(random, places), (parent, key) => {
      const before = parent[key];
      parent[key] = oneOf(
        random,
        wrongValues.filter((value) => JSON.stringify(value) !== JSON.stringify(before)),
      );
      if (key === "key" && parent[key] === "") {
        parent[key] = null;
      }
    });
  },
  "something missing": (random) => {
    const places = placesIn(good());
    return changed(good(), oneOf(random, places), (parent, key) => {
      if (Array.isArray(parent)) {
        parent.splice(Number(key), 1);
      } else {
        delete parent[key];
      }
    });
  },
  "something twice": (random) => {
    const arrays = placesIn(good()).filter((path) => typeof path.at(-1) === "number");
    // A record twice is a duplicate and allowed; so is nothing else.
    const places = arrays.filter((path) => path.at(-2) !== "logRecords");
    return changed(good(), oneOf(random, places), (parent, key) => {
      (parent as unknown as unknown[]).push(parent[key]);
    });
  },
  "unknown field": (random) => {
    const objects = [[], ...placesIn(good())].filter((path) => typeof path.at(-1) !== "number");
    const key = oneOf(random, [
      "extra",
      "observedTimeUnixNano",
      "body",
      "traceId",
      "constructor",
      "toString",
      "schemaUrl",
    ]);
    return changed(
      good(),
      [
        ...oneOf(
          random,
          objects.filter((path) => isObjectAt(path)),
        ),
        key,
      ],
      (parent, name) => {
        parent[name] = oneOf(random, wrongValues);
      },
    );
  },
  prototype: (random) =>
    Buffer.from(
      goodBytes()
        .toString()
        .replace(
          oneOf(random, ['{"resourceLogs"', '{"resource"', '{"scope"', '{"timeUnixNano"', '{"key"']),
          (found) =>
            found.replace(
              "{",
              `{${oneOf(random, ['"__proto__":{"x":1},', '"__proto__":null,', '"constructor":{"prototype":{}},'])}`,
            ),
        ),
    ),
  "unknown attribute": (random) => {
    const request = good();
    request.resourceLogs[0]?.scopeLogs[0]?.logRecords[0]?.attributes.push({
      key: oneOf(random, [
        "user.name",
        "file.path",
        "__proto__",
        "Edits",
        "edits ",
        "tool\u0000",
        "k".repeat(64),
      ]),
      value: { stringValue: "x" },
    });
    return json(request);
  },
  "attribute of a wrong kind": (random) =>
    attribute(
      oneOf(random, eventKeys),
      oneOf(random, [
        { boolValue: true },
        { doubleValue: 1 },
        { arrayValue: { values: [] } },
        { bytesValue: "AA==" },
        {},
      ]),
    ),
  "attribute with two values": (random) =>
    attribute(oneOf(random, eventKeys), { stringValue: "x", intValue: "1" }),
  "count that is too exact or too large": (random) =>
    attribute(oneOf(random, ["edits", "inserted.chars", "kept.chars"]), {
      intValue: String(
        oneOf(random, [101, 1001, 12_345, 999_998, 1_000_000_001, 10 ** 14, 10 ** 15]) + random(2),
      ),
    }),
  "count that is no whole number": (random) =>
    attribute("edits", {
      intValue: oneOf<unknown>(random, ["-1", "1.5", "1e2", "", " 1", "0x1", -1, 1.5, 1e300]),
    }),
  "id that is no random UUID": (random) =>
    attribute("event.id", {
      stringValue: oneOf(random, [
        idOf("x").toUpperCase(),
        idOf("x").replace(/^(.{14})4/, "$11"),
        idOf("x").replaceAll("-", ""),
        "00000000-0000-0000-0000-000000000000",
        `${idOf("x")}\n`,
        "9".repeat(256),
      ]),
    }),
  "pseudonym that is none": (random) =>
    attribute("pseudonym", {
      stringValue: oneOf(random, [
        "ada@example.com",
        "f".repeat(31),
        "f".repeat(33),
        "F".repeat(32),
        "g".repeat(32),
      ]),
    }),
  "week that is not the day's": (random) =>
    attribute("week", {
      stringValue: oneOf(random, [
        "2026-W00",
        "2026-W54",
        "1999-W01",
        "2026-47",
        "W47",
        "2026-W7",
        "9999-W52",
      ]),
    }),
  "day that cannot be": (random) => {
    const days = [today + 2 + random(1000), today - 38 - random(10_000), 0];
    return json(requestOf("days", [recordOf({ name: "day", day: oneOf(random, days) })]));
  },
  "time with an hour in it": (random) => {
    const record = recordOf({ name: "hour", day: today });
    record.timeUnixNano = String(BigInt(record.timeUnixNano) + BigInt(1 + random(86_399)) * 1_000_000_000n);
    return json(requestOf("hours", [record]));
  },
  "batch with an id like no other": (random) => {
    const request = good();
    const id = request.resourceLogs[0]?.resource.attributes[0];
    Object.assign(id ?? {}, {
      value: { stringValue: oneOf(random, ["", "1", "x".repeat(256), "x".repeat(900_000)]) },
    });
    return json(request);
  },
  "too many records": (random) => {
    const record = { attributes: [], n: random(9) };
    return json(requestOf("many", Array.from({ length: 501 + random(3000) }, () => record) as never));
  },
  "deep nesting": (random) => {
    const depth = 1000 + random(200_000);
    return Buffer.from(`{"resourceLogs":${"[".repeat(depth)}${random(2) === 0 ? "" : "]".repeat(depth)}}`);
  },
  "too large": (random) => Buffer.alloc(1024 * 1024 + 1 + random(100_000), " "),
  "not gzip": () => ({ body: goodBytes(), encoding: "gzip" }),
  "damaged gzip": (random) => {
    const zipped = gzipSync(goodBytes());
    return { body: zipped.subarray(0, 1 + random(zipped.length - 2)), encoding: "gzip" };
  },
  "gzip bomb": (random) => ({
    body: gzipSync(Buffer.alloc((2 + random(60)) * 1024 * 1024)),
    encoding: "gzip",
  }),
  "nested gzip": () => ({ body: gzipSync(gzipSync(goodBytes())), encoding: "gzip" }),
  "other encoding": (random) => ({
    body: goodBytes(),
    encoding: oneOf(random, ["br", "deflate", "zstd", "gzip, gzip", "x", "identity, gzip"]),
  }),
  "two pseudonyms in one batch": (random) =>
    json(
      requestOf("two", [
        recordOf({ name: "a", day: today }),
        recordOf({ name: "b", day: random(2) === 0 ? today - 7 : today, person: "b" }),
      ]),
    ),
};

function isObjectAt(path: readonly (string | number)[]): boolean {
  const value = path.reduce<unknown>((parent, key) => (parent as Loose)[key], good());
  return typeof value === "object" && !Array.isArray(value);
}

/** Small, and the same for the same name on every machine (mulberry32). */
function randomFrom(name: string): Random {
  let state = [...Buffer.from(name)].reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 7);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
