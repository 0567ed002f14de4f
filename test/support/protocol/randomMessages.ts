import type { PanelParams, RequestFromPanel } from "../../../protocol/panel.ts";

type Random = () => number;

/** Of most requests what the panel asks, so that some of what is random is nearly right. */
const usual: { readonly [Method in RequestFromPanel]?: PanelParams<Method> } = {
  summary: { days: 30, scope: "all" },
  openEdit: { uri: "file:///project/a.ts", firstLine: 1, lastLine: 2, madeAt: 1 },
  openCommit: { commit: "0123456789abcdef", folder: "file:///project" },
  openUnread: { uri: "file:///project/a.ts", firstLine: 1, lastLine: 2 },
  answerTip: { answer: "seen", tip: "tip-1" },
  takeTip: { tip: "tip-1" },
  markFolder: { folder: "file:///project", mark: "work" },
  connectTool: { tool: "claude-code" },
  runCommand: { command: "kept.openPanel" },
};

/** No message may have more than 65,536 characters. */
const tooLong = "x".repeat(65_536);

const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then"];

/** One message as it may come over a channel that clones: nearly a request, nearly a reply, or anything at all. */
export function randomMessage(random: Random, methods: readonly string[]): unknown {
  const kind = random();
  if (kind < 0.2) return anything(random, 0);
  const method = random() < 0.2 ? pick(random, inherited) : pick(random, methods);
  const params: unknown = Object.hasOwn(usual, method)
    ? structuredClone(usual[method as RequestFromPanel])
    : {};
  const id = 1 + Math.floor(random() * 3);
  if (kind < 0.6) return spoilt(random, { type: "ask", id, method, params });
  if (kind < 0.8) return spoilt(random, { type: "notice", method, params });
  const reply = random() < 0.5 ? { ok: true, value: anything(random, 1) } : { ok: false, problem: {} };
  return spoilt(random, { type: "answer", id, reply });
}

/** One place in three is something else, one message in four stays as it is. */
function spoilt(random: Random, message: Record<string, unknown>): unknown {
  if (random() < 0.25) return message;
  if (random() < 0.1) return withLongTexts(message);
  for (const holder of [message, message["params"]]) {
    if (typeof holder !== "object" || holder === null) continue;
    const fields = holder as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      if (random() < 0.3) fields[name] = random() < 0.2 ? tooLong : anything(random, 1);
      if (random() < 0.1) delete fields[name];
    }
    if (random() < 0.2) defineOwn(fields, pick(random, inherited), anything(random, 2));
  }
  return message;
}

/** Else as it was agreed. */
function withLongTexts(message: Record<string, unknown>): unknown {
  const { params } = message;
  if (typeof params !== "object" || params === null) return message;
  const long = Object.entries(params as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === "string" ? tooLong : value,
  ]);
  return { ...message, params: Object.fromEntries(long) };
}

function anything(random: Random, depth: number): unknown {
  const makers: (() => unknown)[] = [
    ...[() => null, () => undefined, () => true, () => "", () => "ask", () => "kept.openPanel"],
    ...[() => 0, () => -1, () => Number.NaN, () => Infinity, () => 2 ** 53, () => 1.5, () => 10n],
    () => "\ud800".repeat(1 + Math.floor(random() * 9)),
    () => tooLong,
    () => pick(random, inherited),
    () => new Date(Number.NaN),
    () => new Map([["type", "ask"]]),
    () => new Uint8Array(9),
    () => /ask/,
    () => new Error("ask"),
    circle,
  ];
  if (depth < 3) {
    makers.push(
      () => Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth + 1)),
      () => {
        const made: Record<string, unknown> = {};
        for (let field = random() * 5; field > 0; field--)
          defineOwn(
            made,
            pick(random, [...inherited, "type", "id", "method", "params"]),
            anything(random, depth + 1),
          );
        return made;
      },
    );
  }
  return pick(random, makers)();
}

function circle(): unknown {
  const round: Record<string, unknown> = { type: "ask", id: 1, method: "state" };
  round["params"] = round;
  return round;
}

/** As `JSON.parse` and cloning do it: `__proto__` becomes a field like any other. */
function defineOwn(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}
