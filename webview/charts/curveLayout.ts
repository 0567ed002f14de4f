import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { MeasuredShare } from "../../protocol/share.ts";
import { isSure } from "./whisker.ts";

export interface CurveSize {
  readonly width: number;
  readonly height: number;
  /** Room at the left for the shares. */
  readonly gutter: number;
  /** Room under the baseline for the labels. */
  readonly footer: number;
}

export interface CurveLine {
  /** The values, broken where there is not enough data. */
  readonly line: string;
  /** Between the bounds of the intervals. */
  readonly band: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

export interface CurveLayout {
  readonly lines: readonly CurveLine[];
  readonly ticks: readonly { readonly at: number; readonly value: number }[];
  /** Where each moment lies. */
  readonly moments: readonly number[];
  readonly left: number;
  readonly baseline: number;
}

/** Room above 100 % and beside the last moment, for a dot. */
const edge = 6;

/** Shares over moments, in pixels. `positions` say where each moment lies, from 0 to 1. */
export function layOutCurve(
  series: readonly (readonly (MeasuredShare | undefined)[])[],
  positions: readonly number[],
  { width, height, gutter, footer }: CurveSize,
): CurveLayout {
  const left = Math.min(gutter, width);
  const baseline = Math.max(edge, height - footer);
  const across = scaleLinear()
    .domain([0, 1])
    .range([left + edge, Math.max(left + edge, width - edge)]);
  const up = scaleLinear().domain([0, 1]).range([baseline, edge]).clamp(true);
  const moments = positions.map((position) => across(position));
  return {
    lines: series.map((shares) => lineOf(shares, moments, up)),
    ticks: [0, 0.5, 1].map((value) => ({ at: up(value), value })),
    moments,
    left,
    baseline,
  };
}

interface Point {
  readonly x: number;
  readonly share: MeasuredShare | undefined;
}

function lineOf(
  shares: readonly (MeasuredShare | undefined)[],
  moments: readonly number[],
  up: (share: number) => number,
): CurveLine {
  const points = shares.map((share, index): Point => ({ x: moments[index]!, share }));
  const isThere = ({ share }: Point) => share !== undefined && isSure(share);
  const hasBounds = (point: Point) =>
    isThere(point) && point.share!.low !== null && point.share!.high !== null;
  return {
    line:
      line<Point>()
        .defined(isThere)
        .x(({ x }) => x)
        .y(({ share }) => up(share!.value!))(points) ?? "",
    band:
      area<Point>()
        .defined(hasBounds)
        .x(({ x }) => x)
        .y0(({ share }) => up(share!.low!))
        .y1(({ share }) => up(share!.high!))(points) ?? "",
    dots: points.filter(isThere).map(({ x, share }) => ({ x, y: up(share!.value!) })),
  };
}

/** The moment nearest to a point. */
export function momentAt({ moments }: CurveLayout, x: number): number {
  let nearest = 0;
  moments.forEach((moment, index) => {
    if (Math.abs(moment - x) < Math.abs(moments[nearest]! - x)) nearest = index;
  });
  return nearest;
}

/** Which of the labels have room: the last one always, the others from the right on. */
export function labelsWithRoom(moments: readonly number[], least: number): readonly number[] {
  const shown: number[] = [];
  for (let index = moments.length - 1; index >= 0; index -= 1) {
    const next = shown[0];
    if (next === undefined || moments[next]! - moments[index]! >= least) shown.unshift(index);
  }
  return shown;
}
