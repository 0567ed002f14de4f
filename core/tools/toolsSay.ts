import type { ToolsSay } from "../../protocol/toolsSay.ts";
import type { FigureMeasure } from "./toolRecords.ts";
import { addRetention, noSamples, type RetentionSums } from "../retention/retentionCurve.ts";

export interface FigureSums {
  readonly tool: string;
  readonly measure: FigureMeasure;
  readonly detail: string;
  readonly count: number;
  readonly total: number;
}

export interface ToolRetention extends RetentionSums {
  readonly kind: string;
  readonly tool: string | null;
  readonly dueMs: number;
}

const makers = ["person", "rule", "unknown"] as const;

/** Lays what tools say of their edits beside what Kept's samples of the same tools' edits say. */
export function toolsSay(figures: readonly FigureSums[], retention: readonly ToolRetention[]): ToolsSay {
  const tools = [...new Set(figures.map(({ tool }) => tool))].sort();
  return {
    decisions: tools.flatMap((tool) =>
      makers.flatMap((by) => {
        const of = (measure: FigureMeasure) =>
          sumOf(
            figures.filter(
              (each) => each.tool === tool && each.measure === measure && makerOf(each.detail) === by,
            ),
          ).count;
        const [accepted, rejected] = [of("accepted"), of("rejected")];
        return accepted + rejected === 0 ? [] : [{ tool, by, accepted, rejected }];
      }),
    ),
    survival: tools.flatMap((tool) =>
      (["fourGram", "noRevert"] as const).flatMap((measure) => {
        const own = figures.filter((each) => each.tool === tool && each.measure === measure);
        const times = [...new Set(own.map(({ detail }) => Number(detail)))].sort((one, other) => one - other);
        return times.flatMap((dueMs) => {
          const { count, total } = sumOf(own.filter(({ detail }) => Number(detail) === dueMs));
          if (count === 0) return [];
          const theirs = { value: Math.min(1, Math.max(0, total / count)), n: count };
          return [{ tool, measure, dueMs, theirs, ours: oursOf(tool, measure, dueMs, retention) }];
        });
      }),
    ),
  };
}

function oursOf(
  tool: string,
  measure: "fourGram" | "noRevert",
  dueMs: number,
  retention: readonly ToolRetention[],
): ToolsSay["survival"][number]["ours"] {
  const sums = retention
    .filter((row) => row.kind === "ai" && row.tool === tool && row.dueMs === dueMs)
    .reduce<RetentionSums>((all, row) => addRetention(all, row), noSamples);
  const [n, millionths] =
    measure === "fourGram" ? [sums.fourGrams, sums.fourGram] : [sums.judged, sums.noRevert];
  return { value: n === 0 ? null : Math.min(1, millionths / 1_000_000 / n), n };
}

function makerOf(detail: string): (typeof makers)[number] {
  return makers.find((maker) => maker === detail) ?? "unknown";
}

function sumOf(figures: readonly FigureSums[]): { readonly count: number; readonly total: number } {
  return figures.reduce((sum, { count, total }) => ({ count: sum.count + count, total: sum.total + total }), {
    count: 0,
    total: 0,
  });
}
