type Random = () => number;

/** Texts and numbers at which readers of JSON go wrong. */
const fragments = [
  ...'{}[]",:\\ \n\0',
  ...[
    "null",
    "true",
    "-0",
    "1e999",
    "1.5",
    "-1",
    "9007199254740993",
    "18446744073709551616",
    '""',
    "[[",
    "{}",
  ],
  ...[
    '"__proto__"',
    '"constructor"',
    '"\\ud800"',
    '"\\u0000"',
    '"intValue"',
    '"stringValue"',
    '"week"',
    '"key"',
  ],
  ...["\ufeff", "\u00ff", "\u{1f648}"],
].map((text) => Buffer.from(text));
const invalid = [Buffer.from([0xc0, 0xaf]), Buffer.from([0xff]), Buffer.from([0xed, 0xa0, 0x80])];
const values: readonly unknown[] = [
  ...[null, true, 0, -0, -1, 1.5, 2 ** 53, "", "0", "-1", "00", "1e3", "9007199254740992", "x".repeat(257)],
  ...["2026-W54", "none", "other", "ai", "human", "\u0000", [], {}, [[]], { stringValue: "", intValue: "1" }],
];

/** Another input that is like one or two that are known. */
export function mutated(inputs: readonly Buffer[], random: Random): Buffer {
  let input = pick(inputs, random);
  for (let change = 0; change === 0 || random() < 0.5; change++)
    input = random() < 0.6 ? inTree(input, random) : inBytes(input, pick(inputs, random), random);
  return input;
}

function inBytes(input: Buffer, other: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * (input.length + 1));
  const end = Math.min(input.length, at + Math.ceil(random() ** 3 * 64));
  const with_ = (middle: Buffer, from = at) =>
    Buffer.concat([input.subarray(0, at), middle, input.subarray(from)]);
  switch (Math.floor(random() * 6)) {
    case 0:
      return with_(Buffer.alloc(0), end);
    case 1:
      return with_(pick([...fragments, ...invalid], random));
    case 2:
      return with_(pick(fragments, random), end);
    case 3:
      return with_(input.subarray(at, end));
    case 4:
      return with_(Buffer.from([Math.floor(random() * 256)]), Math.min(input.length, at + 1));
    default:
      return Buffer.concat([input.subarray(0, at), other.subarray(Math.floor(random() * other.length))]);
  }
}

type Parent = Record<string, unknown>;

/** The same JSON with one place of it changed; text that is no JSON is left to the bytes. */
function inTree(input: Buffer, random: Random): Buffer {
  let root: { top: unknown };
  try {
    root = { top: JSON.parse(input.toString()) };
  } catch {
    return inBytes(input, input, random);
  }
  const places = placesIn(root);
  const [parent, key] = pick(places, random);
  const [otherParent, otherKey] = pick(places, random);
  switch (Math.floor(random() * 6)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      break;
    case 1:
      parent[key] = pick(values, random);
      break;
    case 2:
      parent[key] = structuredClone(otherParent[otherKey]);
      break;
    case 3: {
      const copies = 1 + Math.floor(random() ** 4 * 40);
      if (Array.isArray(parent))
        for (let copy = 0; copy < copies; copy++) parent.push(structuredClone(parent[Number(key)]));
      else parent[`${key}${copies}`] = structuredClone(parent[key]);
      break;
    }
    case 4:
      parent[key] = near(parent[key], random);
      break;
    default:
      parent[key] = Array.from({ length: 1 + Math.floor(random() * 20) }).reduce(
        (inner: unknown) => (random() < 0.5 ? [inner] : { key: inner }),
        parent[key],
      );
  }
  return Buffer.from(JSON.stringify(root.top) ?? "");
}

function near(value: unknown, random: Random): unknown {
  if (typeof value === "number") return value + (random() < 0.5 ? 1 : -1);
  if (typeof value !== "string") return value;
  const at = Math.floor(random() * (value.length + 1));
  const digit = String.fromCharCode(32 + Math.floor(random() * 96));
  return value.slice(0, at) + digit + value.slice(at + (random() < 0.7 ? 1 : 0));
}

function placesIn(value: Parent, found: [Parent, string][] = []): [Parent, string][] {
  for (const [key, child] of Object.entries(value)) {
    found.push([value, key]);
    if (typeof child === "object" && child !== null) placesIn(child as Parent, found);
    if (found.length > 2_000) break;
  }
  return found;
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!;
}
