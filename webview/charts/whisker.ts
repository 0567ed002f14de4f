import { scaleLinear } from "d3-scale";
import type { MeasuredShare } from "../../protocol/share.ts";

export interface Whisker {
  /** Middle of the dot; undefined while there is not enough data for one. */
  readonly dot: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Where shares lie on an axis from 0 to 1 that leaves room for a dot at both ends. */
export function shareAxis(width: number, dotRadius: number) {
  const scale = scaleLinear()
    .domain([0, 1])
    .range([dotRadius + 1, Math.max(dotRadius + 1, width - dotRadius - 1)])
    .clamp(true);
  return {
    at: (share: number): number => scale(share),
    ticks: [0, 0.5, 1].map((value) => ({ at: scale(value), value })),
  };
}

/** A share is drawn only when its sample is large enough to say something. */
export function layOutWhisker(share: MeasuredShare, at: (share: number) => number): Whisker {
  if (!isSure(share)) return { dot: undefined, from: undefined, to: undefined };
  return {
    dot: at(share.value),
    from: share.low === null ? undefined : at(share.low),
    to: share.high === null ? undefined : at(share.high),
  };
}

export function isSure(share: MeasuredShare): share is MeasuredShare & { readonly value: number } {
  return share.value !== null && share.needsMore === 0;
}

/** How two shares compare, said only when their intervals allow it; `points` apart at the values. */
export type Comparison =
  | { readonly says: "nothing" }
  | { readonly says: "overlap" }
  | { readonly says: "below" | "above"; readonly points: number };

export function compareShares(share: MeasuredShare, other: MeasuredShare): Comparison {
  if (!isSure(share) || !isSure(other)) return { says: "nothing" };
  if (share.low === null || share.high === null || other.low === null || other.high === null) {
    return { says: "nothing" };
  }
  const points = Math.round(Math.abs(share.value - other.value) * 100);
  if (share.high < other.low) return { says: "below", points };
  if (share.low > other.high) return { says: "above", points };
  return { says: "overlap" };
}
