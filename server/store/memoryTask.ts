import type { Mode } from "../../protocol/origin.ts";

export const tokenNames = [
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "cacheWriteLong",
  "reasoning",
] as const;

/** What a task that begins has come to. */
export const emptyTask = {
  models: [] as readonly string[],
  modes: [] as readonly Mode[],
  type: "unknown" as const,
  requests: 0,
  unpriced: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWriteLong: 0,
  reasoning: 0,
  costNano: 0,
  edits: 0,
  applied: 0,
  tried: null,
  changes: 0,
  keptChanges: 0,
};
