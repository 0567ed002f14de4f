import type { Fates } from "../../protocol/fates.ts";
import type { OriginKind } from "../../protocol/origin.ts";
import type { ClusteredLifetime } from "../statistics/clusteredLifetimes.ts";
import { halfLifeOf } from "../statistics/halfLife.ts";
import { hazardRatio } from "../statistics/hazardRatio.ts";

interface Group {
  readonly origin: { readonly kind: OriginKind };
  readonly commit: number;
  readonly lines: number;
  readonly days: number;
  readonly end: "alive" | "died" | "lost";
}

const kinds = ["ai", "human"] as const;

/** When half of the lines is gone, and how much sooner AI's go than people's. Lines of one commit go together. */
export function livesOf(groups: readonly Group[]): Fates["lives"] {
  const lifetimes = (kind: OriginKind) =>
    groups.flatMap(({ origin, commit, lines, days, end }): ClusteredLifetime[] =>
      origin.kind === kind ? [{ days, died: end === "died", count: lines, cluster: commit }] : [],
    );
  const [ai, human] = [lifetimes("ai"), lifetimes("human")];
  return {
    halfLives: kinds.map((kind) => {
      const own = kind === "ai" ? ai : human;
      return { kind, commits: new Set(own.map(({ cluster }) => cluster)).size, ...halfLifeOf(own) };
    }),
    hazardRatio: hazardRatio(ai, human) ?? null,
  };
}
