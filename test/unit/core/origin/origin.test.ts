import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveOrigin, type Resolution } from "../../../../core/origin/origin.ts";
import { originKey } from "../../../../core/origin/originKey.ts";
import type { Evidence, Origin, Strength } from "../../../../protocol/origin.ts";

const ai = (tool?: string, rest: Omit<Extract<Origin, { kind: "ai" }>, "kind" | "tool"> = {}): Origin => ({
  kind: "ai",
  ...(tool && { tool }),
  ...rest,
});
const says = (source: string, strength: Strength, origin: Origin, at = 0): Evidence => ({
  source,
  strength,
  origin,
  at,
});
const human: Origin = { kind: "human" };
const tooling: Origin = { kind: "tooling" };
const external: Origin = { kind: "external" };
const unknown: Origin = { kind: "unknown" };

const cases: readonly [string, readonly Evidence[], Resolution][] = [
  ["nothing is known", [], { origin: unknown, strength: undefined, sources: [] }],
  ["nobody knows", [says("x", "exact", unknown)], { origin: unknown, strength: undefined, sources: [] }],
  [
    "a keyboard shape is all there is",
    [says("keyboard", "inferred", human)],
    { origin: human, strength: "inferred", sources: ["keyboard"] },
  ],
  [
    "a heuristic takes it for AI",
    [says("shape", "inferred", ai("codex"))],
    { origin: unknown, strength: undefined, sources: [], hint: ai("codex") },
  ],
  [
    "heuristics contradict each other over AI",
    [says("keyboard", "inferred", human), says("shape", "inferred", ai())],
    { origin: unknown, strength: undefined, sources: [], hint: ai() },
  ],
  [
    "the tool says so and a heuristic disagrees",
    [says("keyboard", "inferred", human), says("hook", "exact", ai("codex"))],
    { origin: ai("codex"), strength: "exact", sources: ["hook"] },
  ],
  [
    "a log agrees with a hook",
    [says("log", "matched", ai("codex", { model: "m", mode: "agent" })), says("hook", "exact", ai("codex"))],
    { origin: ai("codex", { model: "m", mode: "agent" }), strength: "exact", sources: ["hook", "log"] },
  ],
  [
    "a log of another tool has the same text as a hook",
    [says("log", "matched", ai("cursor", { model: "m" })), says("hook", "exact", ai("codex"))],
    { origin: ai("codex"), strength: "exact", sources: ["hook"] },
  ],
  [
    "a log says whose completion was accepted",
    [
      says("acceptCommand", "exact", ai(undefined, { mode: "completion" })),
      says("log", "matched", ai("cursor", { model: "m" })),
    ],
    {
      origin: ai("cursor", { model: "m", mode: "completion" }),
      strength: "exact",
      sources: ["acceptCommand", "log"],
    },
  ],
  [
    "two logs claim an accepted completion",
    [
      says("acceptCommand", "exact", ai(undefined, { mode: "completion" })),
      says("log", "matched", ai("cursor")),
      says("otel", "matched", ai("codex", { model: "m" })),
    ],
    {
      origin: ai(undefined, { mode: "completion" }),
      strength: "exact",
      sources: ["acceptCommand", "otel", "log"],
      conflict: [ai("codex", { model: "m" }), ai("cursor")],
    },
  ],
  [
    "two tools claim the same text with equal strength",
    [
      says("hook", "exact", ai("codex", { mode: "agent" })),
      says("hook", "exact", ai("cursor", { mode: "agent" })),
    ],
    {
      origin: ai(undefined, { mode: "agent" }),
      strength: "exact",
      sources: ["hook"],
      conflict: [ai("codex", { mode: "agent" }), ai("cursor", { mode: "agent" })],
    },
  ],
  [
    "two tools claim it and only one is sure",
    [says("log", "matched", ai("codex")), says("hook", "exact", ai("cursor"))],
    { origin: ai("cursor"), strength: "exact", sources: ["hook"] },
  ],
  [
    "one record says more",
    [says("a", "matched", ai("codex")), says("b", "matched", ai("codex", { model: "m" }), 900)],
    { origin: ai("codex", { model: "m" }), strength: "matched", sources: ["b", "a"] },
  ],
  [
    "records say as much and one is nearer in time",
    [
      says("a", "matched", ai("codex", { model: "far" }), 900),
      says("b", "matched", ai("codex", { model: "near" }), -50),
    ],
    { origin: ai("codex", { model: "near" }), strength: "matched", sources: ["b", "a"] },
  ],
  [
    "a reload has no record",
    [says("reload", "exact", external)],
    { origin: external, strength: "exact", sources: ["reload"] },
  ],
  [
    "a record explains a reload",
    [says("reload", "exact", external), says("log", "matched", ai("codex"))],
    { origin: ai("codex"), strength: "matched", sources: ["log"] },
  ],
  [
    "only a heuristic explains a reload",
    [says("reload", "exact", external), says("shape", "inferred", ai("codex"))],
    { origin: external, strength: "exact", sources: ["reload"] },
  ],
  [
    "the user labels what a tool claims",
    [says("hook", "exact", ai("codex")), says("label", "labelled", human)],
    { origin: human, strength: "labelled", sources: ["label"] },
  ],
  [
    "the user changes a label",
    [says("label", "labelled", human, 100), says("label", "labelled", ai("codex"), 900)],
    { origin: ai("codex"), strength: "labelled", sources: ["label"] },
  ],
  [
    "equally sure sources say different kinds",
    [says("detailedReason", "exact", human), says("hook", "exact", ai("codex"))],
    { origin: ai("codex"), strength: "exact", sources: ["hook"], conflict: [ai("codex"), human] },
  ],
  [
    "something edits during a save",
    [says("save", "inferred", tooling)],
    { origin: tooling, strength: "inferred", sources: ["save"] },
  ],
];

suite("The origin of an edit when", () => {
  for (const [name, evidence, expected] of cases) {
    test(name, () => {
      assert.deepEqual(resolveOrigin({ at: 0 }, evidence), expected);
      assert.deepEqual(resolveOrigin({ at: 0 }, [...evidence].reverse()).origin, expected.origin);
    });
  }

  test("anything at all is said: there is an answer, and no guess is AI", () => {
    const anyOrigin = fc.oneof(
      fc.constantFrom(human, tooling, external, unknown),
      fc.record(
        {
          kind: fc.constant("ai" as const),
          tool: fc.constantFrom("a", "b"),
          model: fc.constantFrom("m", "n"),
          mode: fc.constantFrom("chat" as const, "agent" as const),
        },
        { requiredKeys: ["kind"] },
      ),
    );
    const anyEvidence = fc.record({
      source: fc.constantFrom("hook", "log"),
      strength: fc.constantFrom<Strength>("labelled", "exact", "matched", "inferred"),
      origin: anyOrigin,
      at: fc.integer({ min: -1000, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 6 }), (evidence) => {
        const { origin, strength, sources, conflict } = resolveOrigin({ at: 0 }, evidence);
        const known = strength !== undefined;
        if (origin.kind === "ai") assert.ok(known && strength !== "inferred");
        if (!known) assert.equal(origin.kind, "unknown");
        assert.equal(sources.length > 0, known);
        assert.ok(conflict === undefined || conflict.length > 1);
      }),
    );
  });
});

suite("The key of an origin", () => {
  test("names what is missing and cannot be broken by names", () => {
    assert.equal(originKey(human), "human");
    assert.equal(originKey(ai()), "ai/unknown/unknown/unknown");
    assert.equal(originKey(ai("a/b", { model: "100%/x", mode: "chat" })), "ai/a%2Fb/chat/100%25%2Fx");
  });
});
