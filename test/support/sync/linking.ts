import Database from "better-sqlite3";

/** All that is held of one pseudonym in one week. */
export interface Trace {
  readonly pseudonym: string;
  /** Every value beside it, by where it stands: `batch.sha256`, `kept.day edits`. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** In each table and in the log, how many stand before it. */
  readonly order: ReadonlyMap<string, number>;
}

/** Who of the second week each of the first week is taken for: its place there. */
export type Guess = (first: readonly Trace[], second: readonly Trace[]) => number[];

interface Held {
  /** A file of the service's database. */
  readonly file: string;
  /** Lines of its log. */
  readonly logged: readonly string[];
  /** What arrived under each pseudonym, in no order. */
  readonly bodies: ReadonlyMap<string, unknown>;
}

/** What an organisation that keeps all it gets has of each pseudonym: rows as they lie in the file, lines, and bodies. */
export function tracesOf({ file, logged, bodies }: Held): Map<string, Trace> {
  const traces = new Map(
    [...bodies.keys()].map((pseudonym) => [
      pseudonym,
      { pseudonym, values: new Map<string, string[]>(), order: new Map<string, number>() },
    ]),
  );
  const note = (source: string, at: number, values: readonly (readonly [string, string])[]) => {
    for (const [, name] of values) {
      const trace = traces.get(name);
      if (trace === undefined) continue;
      if (!trace.order.has(source)) trace.order.set(source, at);
      for (const [where, value] of values) {
        if (value === name) continue;
        trace.values.set(where, [...(trace.values.get(where) ?? []), value].sort());
      }
    }
  };
  const database = new Database(file, { readonly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  for (const table of tables as string[]) {
    const rows = database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
    for (const [at, row] of rows.entries()) {
      const values = Object.entries(row).map(([name, value]) => [`${table}.${name}`, textOf(value)] as const);
      note(table, at, values);
    }
  }
  database.close();
  for (const [at, line] of logged.entries()) {
    note(
      "log",
      at,
      [...line.matchAll(/[\w-]{8,}/g)].map(([word]) => ["log", word] as const),
    );
  }
  for (const [pseudonym, body] of bodies) {
    note("body", 0, [["pseudonym", pseudonym], ...attributesOf(body)]);
  }
  return traces;
}

export const guesses: Readonly<Record<string, Guess>> = {
  "a value that both have": best(sharedRarity),
  "the numbers that are nearest": best((a, b) => -numberDistance(a, b)),
  "the ids that are nearest": best((a, b) => -idDistance(a, b, differingBits)),
  "the same beginning": best((a, b) => -idDistance(a, b, bytesAfterBeginning)),
  "the place in the log": byOrder("log"),
  "the place in the table of batches": byOrder("batch"),
  "the place in the table of records": byOrder("event"),
  "the place in the table of tallies": byOrder("tally"),
  "the place in the table of people": byOrder("person_week"),
  "the place in the table of what each put in": byOrder("contribution"),
  "the place in the table of devices' weeks": byOrder("claim"),
};

type Frequency = (value: string) => number;

function best(likeness: (a: Trace, b: Trace, frequency: Frequency) => number): Guess {
  return (first, second) => {
    const counts = new Map<string, number>();
    for (const trace of [...first, ...second]) {
      for (const value of readingOf(trace).names) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return first.map((a) => {
      const scores = second.map((b) => likeness(a, b, (value) => counts.get(value)!));
      return scores.indexOf(Math.max(...scores));
    });
  };
}

/** Who came as the first of them, the second and so on, is taken for who came as that the week after. */
function byOrder(source: string): Guess {
  const ranked = (traces: readonly Trace[]) =>
    traces.map((_, index) => index).sort((a, b) => placeOf(traces[a]!, source) - placeOf(traces[b]!, source));
  return (first, second) => {
    const [before, after] = [ranked(first), ranked(second)];
    return first.map((_, index) => after[before.indexOf(index)]!);
  };
}

function placeOf({ order }: Trace, source: string): number {
  return order.get(source) ?? Number.MAX_SAFE_INTEGER;
}

interface Reading {
  /** Everything, a short value with where it stands: a long one is the same wherever that is. */
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Ids, digests and tags. */
  readonly ids: ReadonlyMap<string, readonly Buffer[]>;
}

const readings = new WeakMap<Trace, Reading>();

function readingOf(trace: Trace): Reading {
  const before = readings.get(trace);
  if (before !== undefined) return before;
  const all = [...trace.values, ["pseudonym", [trace.pseudonym]] as const];
  const bare = (value: string) => value.replaceAll("-", "");
  const reading = {
    names: new Set(
      all.flatMap(([where, some]) =>
        some.map((each) => (each.length >= 16 ? bare(each) : `${where} ${each}`)),
      ),
    ),
    numbers: new Map(
      all.map(([where, some]) => [where, some.filter((value) => /^\d{1,15}$/.test(value)).map(Number)]),
    ),
    ids: new Map(
      all.map(([where, some]) => [
        where,
        some
          .map(bare)
          .filter((value) => /^([0-9a-f]{32}|[0-9a-f]{64})$/.test(value))
          .map((value) => Buffer.from(value, "hex")),
      ]),
    ),
  };
  readings.set(trace, reading);
  return reading;
}

/** The more of them, and the fewer others have each, the likelier. */
function sharedRarity(a: Trace, b: Trace, frequency: Frequency): number {
  const others = readingOf(b).names;
  let sum = 0;
  for (const value of readingOf(a).names) if (others.has(value)) sum += 1 / frequency(value);
  return sum;
}

function numberDistance(a: Trace, b: Trace): number {
  const others = readingOf(b).numbers;
  let sum = 0;
  for (const [where, numbers] of readingOf(a).numbers) {
    for (const [index, number] of numbers.entries()) {
      const other = others.get(where)?.[index] ?? 0;
      sum += Math.abs(number - other) / Math.max(1, number, other);
    }
  }
  return sum;
}

/** The least distance of two that stand in the same place. */
function idDistance(a: Trace, b: Trace, distance: (x: Buffer, y: Buffer) => number): number {
  const others = readingOf(b).ids;
  let least = Number.MAX_SAFE_INTEGER;
  for (const [where, ids] of readingOf(a).ids) {
    for (const x of ids) for (const y of others.get(where) ?? []) least = Math.min(least, distance(x, y));
  }
  return least;
}

const bitsOf = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

function differingBits(a: Buffer, b: Buffer): number {
  let bits = 0;
  for (const [index, byte] of a.entries()) bits += bitsOf[byte ^ b[index]!]!;
  return bits / a.length;
}

function bytesAfterBeginning(a: Buffer, b: Buffer): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at === -1 ? 0 : 64 - at;
}

function textOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString("hex") : String(value);
}

/** Each name and value that stands in it, however deep. */
function attributesOf(part: unknown, within = ""): (readonly [string, string])[] {
  if (Array.isArray(part)) return part.flatMap((each) => attributesOf(each, within));
  if (part === null || typeof part !== "object") return [[within, String(part)]];
  const { key, eventName } = part as { key?: string; eventName?: string };
  const name = [within, eventName ?? key].filter((each) => each !== undefined && each !== "").join(" ");
  return Object.values(part).flatMap((each) => attributesOf(each, name));
}
