import { detectorQuality } from "../../core/provenance/provenanceDetector.ts";
import type { ToolHealth } from "../../protocol/connections.ts";
import type { ToolsSay } from "../../protocol/toolsSay.ts";

const at = Date.UTC(2026, 10, 20, 12);

function toolOf(change: Partial<ToolHealth>): ToolHealth {
  return {
    tool: "claude-code",
    title: "Claude Code",
    isInstalled: true,
    hooks: { name: "claude-code", isConnected: true, isOutdated: false },
    telemetry: { name: "claude-code-telemetry", isConnected: true, isOutdated: false },
    waiting: 0,
    heard: [],
    ...change,
  };
}

/** One that is well, one with a form that changed, one that was only found, and one that has no hooks. */
export const someTools: readonly ToolHealth[] = [
  toolOf({
    heard: [
      { way: "hook", at, taken: 214, notUnderstood: 0 },
      { way: "log", at: at - 60_000, taken: 12_480, notUnderstood: 0 },
      { way: "telemetry", at: at - 5000, taken: 931, notUnderstood: 0 },
    ],
  }),
  toolOf({
    tool: "codex",
    title: "Codex",
    hooks: { name: "codex", isConnected: true, isOutdated: false },
    telemetry: { name: "codex-telemetry", isConnected: false, isOutdated: false },
    waiting: 3,
    heard: [{ way: "log", at: at - 86_400_000, taken: 880, notUnderstood: 96 }],
  }),
  toolOf({
    tool: "gemini-cli",
    title: "Gemini CLI",
    hooks: { name: "gemini-cli", isConnected: false, isOutdated: false },
    telemetry: { name: "gemini-cli-telemetry", isConnected: false, isOutdated: false },
  }),
  toolOf({
    tool: "continue",
    title: "Continue",
    hooks: null,
    telemetry: null,
    heard: [{ way: "log", at: at - 7 * 86_400_000, taken: 40, notUnderstood: 1 }],
  }),
];

export const hostileTools = (names: readonly string[]): readonly ToolHealth[] =>
  names.map((title, index) =>
    toolOf({
      tool: `tool-${index}`,
      title,
      waiting: 9_999_999,
      heard: [{ way: "log", at, taken: 9_999_999_999, notUnderstood: 9_999_999_999 }],
    }),
  );

const survival = [5000, 30_000, 120_000, 300_000, 600_000, 900_000].map((dueMs, index) => ({
  tool: "github-copilot",
  dueMs,
  theirs: { value: 0.96 - index * 0.03, n: 214 - index * 9 },
  ours: { value: index === 5 ? null : 0.95 - index * 0.035, n: index === 5 ? 0 : 188 - index * 12 },
}));

/** What Copilot and Claude Code count of their own edits. */
export const someToolsSay: ToolsSay = {
  decisions: [
    { tool: "claude-code", by: "person", accepted: 61, rejected: 9 },
    { tool: "claude-code", by: "rule", accepted: 240, rejected: 0 },
    { tool: "github-copilot", by: "person", accepted: 132, rejected: 28 },
  ],
  survival: (["fourGram", "noRevert"] as const).flatMap((measure) =>
    survival.map((each) => ({ ...each, measure })),
  ),
};

/** Twenty-five judgements, most of which the evidence shares. */
export const someDetector = detectorQuality(
  Array.from({ length: 50 }, (_, index) => {
    const said = index % 2 === 0 ? "ai" : "human";
    const at = index * 3_600_000;
    const wrong = index % 11 === 0;
    return {
      at,
      evidence: [
        { source: "label", strength: "labelled", origin: { kind: said }, at },
        {
          source: "detailedReason",
          strength: "exact",
          origin: { kind: wrong === (said === "ai") ? "human" : "ai" },
          at,
        },
      ],
    } as const;
  }),
);
