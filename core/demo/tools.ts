import type { Origin } from "../../protocol/origin.ts";

export interface DemoTool {
  readonly origin: Origin;
  /** Edits on a day of full use. */
  readonly perDay: number;
  readonly meanChars: number;
  /** Share kept by a practised hand. */
  readonly keptShare: number;
  /** Day of the history on which it is first used. */
  readonly since: number;
  /** Edits of one session; none where its edits belong to no task. */
  readonly perSession?: number;
}

/** Who writes in the made-up history: tools that come one after the other, and everybody else. */
export const demoTools: readonly DemoTool[] = [
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5-mini", mode: "completion" },
    ...{ perDay: 14, meanChars: 70, keptShare: 0.78, since: 0 },
  },
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5", mode: "chat" },
    ...{ perDay: 8, meanChars: 260, keptShare: 0.72, since: 0, perSession: 1 },
  },
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5", mode: "inlineChat" },
    ...{ perDay: 2, meanChars: 120, keptShare: 0.76, since: 0, perSession: 1 },
  },
  {
    origin: { kind: "ai", tool: "github-copilot", model: "gpt-5", mode: "agent" },
    ...{ perDay: 10, meanChars: 380, keptShare: 0.8, since: 30, perSession: 2 },
  },
  {
    origin: { kind: "ai", tool: "claude-code", model: "claude-sonnet-4-5", mode: "agent" },
    ...{ perDay: 18, meanChars: 520, keptShare: 0.88, since: 20, perSession: 2 },
  },
  {
    origin: { kind: "ai", tool: "claude-code", model: "claude-opus-4-5", mode: "agent" },
    ...{ perDay: 2, meanChars: 640, keptShare: 0.94, since: 70, perSession: 3 },
  },
  {
    origin: { kind: "ai", tool: "codex", model: "gpt-5-codex", mode: "agent" },
    ...{ perDay: 0.4, meanChars: 410, keptShare: 0.78, since: 100, perSession: 3 },
  },
  {
    origin: { kind: "ai", tool: "cursor", mode: "chat" },
    ...{ perDay: 3, meanChars: 310, keptShare: 0.68, since: 45, perSession: 3 },
  },
  { origin: { kind: "human" }, perDay: 34, meanChars: 46, keptShare: 0.86, since: 0 },
  { origin: { kind: "tooling" }, perDay: 5, meanChars: 24, keptShare: 0.93, since: 0 },
  { origin: { kind: "external" }, perDay: 1, meanChars: 180, keptShare: 0.8, since: 0 },
  { origin: { kind: "unknown" }, perDay: 4, meanChars: 60, keptShare: 0.75, since: 0 },
];
