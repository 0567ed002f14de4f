import type { OriginKind } from "../../protocol/origin.ts";
import type { CharsByKind } from "../../protocol/summary.ts";

/** The order of origins in every chart, from the baseline up, and in every legend and table. */
export const kindOrder = [
  "ai",
  "human",
  "tooling",
  "external",
  "unknown",
] as const satisfies readonly OriginKind[];

export function totalOf(chars: CharsByKind): number {
  return kindOrder.reduce((total, kind) => total + chars[kind], 0);
}

export function addUp(all: readonly CharsByKind[]): CharsByKind {
  const sum: CharsByKind = { ai: 0, human: 0, tooling: 0, external: 0, unknown: 0 };
  for (const chars of all) for (const kind of kindOrder) sum[kind] += chars[kind];
  return sum;
}

/** AI and human are always named, so that their absence can be seen; the rest only where there is some. */
export function kindsToName(chars: CharsByKind): readonly OriginKind[] {
  return kindOrder.filter((kind) => kind === "ai" || kind === "human" || chars[kind] > 0);
}
