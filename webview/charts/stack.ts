import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import type { OriginKind } from "../../protocol/origin.ts";
import type { CharsByKind } from "../../protocol/summary.ts";
import { kindOrder, totalOf } from "./kinds.ts";

export interface Segment {
  readonly kind: OriginKind;
  readonly y: number;
  readonly height: number;
}

export interface Column {
  readonly x: number;
  readonly width: number;
  readonly segments: readonly Segment[];
}

export interface Tick {
  readonly at: number;
  readonly value: number;
}

export interface Stack {
  readonly columns: readonly Column[];
  /** Lines across, without the baseline. */
  readonly amounts: readonly Tick[];
  /** Indices of the columns that carry a label under the baseline, and where its middle is. */
  readonly labels: readonly Tick[];
  readonly baseline: number;
  /** Left edge of the first column's place, and width of each place: what a pointer hits. */
  readonly left: number;
  readonly step: number;
}

export interface StackSize {
  readonly width: number;
  readonly height: number;
  /** Room at the left for the amounts. */
  readonly gutter: number;
  /** Room under the baseline for the labels. */
  readonly footer: number;
  /** Least distance between the middles of two labels. */
  readonly labelEvery: number;
  /** Which column surely gets a label: days are counted back from today, hours from midnight. */
  readonly labelFrom: "first" | "last";
}

/** A column that holds anything at all can be seen. */
const leastHeight = 2;
/** Room above the tallest column, for the topmost amount. */
const header = 8;

/** Where the columns of a stacked column chart go, in pixels. */
export function layOutStack(data: readonly CharsByKind[], size: StackSize): Stack {
  const left = Math.min(size.gutter, size.width);
  const baseline = Math.max(header, size.height - size.footer);
  const most = Math.max(1, ...data.map(totalOf));
  const across = scaleBand<number>()
    .domain(data.map((_, index) => index))
    .range([left, Math.max(left, size.width)])
    .paddingInner(data.length > 40 ? 0.2 : 0.28)
    .paddingOuter(0.14);
  const up = scaleLinear().domain([0, most]).range([baseline, header]);
  const series = stack<CharsByKind, OriginKind>()
    .keys(kindOrder)
    .value((chars, kind) => chars[kind])([...data]);

  const columns = data.map((chars, index) => {
    const drawn = baseline - up(totalOf(chars));
    const stretch = drawn > 0 ? Math.max(1, leastHeight / drawn) : 1;
    const segments = series.flatMap((layer) => {
      const [from, to] = layer[index]!;
      const height = (up(from) - up(to)) * stretch;
      if (height <= 0) return [];
      return [{ kind: layer.key, y: baseline - (baseline - up(to)) * stretch, height }];
    });
    return { x: across(index)!, width: across.bandwidth(), segments };
  });

  return {
    columns,
    amounts: up
      .ticks(2)
      .filter((value) => value > 0 && Number.isInteger(value))
      .map((value) => ({ at: up(value), value })),
    labels: labelled(data.length, across.step(), size).map((index) => ({
      at: across(index)! + across.bandwidth() / 2,
      value: index,
    })),
    baseline,
    left,
    step: across.step(),
  };
}

/** Which columns get a label: every so many of them. */
function labelled(count: number, step: number, { labelEvery, labelFrom }: StackSize): readonly number[] {
  const every = niceInterval(Math.ceil(labelEvery / Math.max(step, 1)), labelFrom);
  const start = labelFrom === "first" ? 0 : (count - 1) % every;
  const indices = Array.from({ length: count }, (_, index) => index);
  return indices.filter((index) => index >= start && (index - start) % every === 0);
}

/** Hours are told in parts of a day, many days in weeks. */
const intervals = { first: [1, 2, 3, 6, 12], last: [1, 2, 3, 4, 7, 14, 28] };

function niceInterval(least: number, labelFrom: StackSize["labelFrom"]): number {
  return intervals[labelFrom].find((interval) => interval >= least) ?? least;
}

/** The column under a point, or undefined beside them. */
export function columnAt(chart: Stack, x: number): number | undefined {
  const index = Math.floor((x - chart.left) / Math.max(chart.step, 1));
  return index >= 0 && index < chart.columns.length ? index : undefined;
}
