import { scaleBand, scaleLinear } from "d3-scale";

export interface BarsSize {
  readonly width: number;
  readonly height: number;
  /** Room at the left for the amounts. */
  readonly gutter: number;
  /** Room under the baseline for the labels. */
  readonly footer: number;
}

export interface BarPart {
  readonly series: number;
  readonly y: number;
  readonly height: number;
}

export interface BarsLayout {
  readonly columns: readonly { readonly x: number; readonly parts: readonly BarPart[] }[];
  readonly ticks: readonly { readonly at: number; readonly value: number }[];
  readonly barWidth: number;
  readonly left: number;
  readonly step: number;
  readonly baseline: number;
}

/** Room above the tallest column, for the topmost amount. */
const header = 8;
/** Few columns are not drawn as slabs. */
const widestBar = 36;

/** Columns of parts, one on the other from the baseline up, in pixels. */
export function layOutBars(
  data: readonly (readonly number[])[],
  { width, height, gutter, footer }: BarsSize,
): BarsLayout {
  const left = Math.min(gutter, width);
  const baseline = Math.max(header, height - footer);
  const totals = data.map((parts) => parts.reduce((sum, part) => sum + part, 0));
  const most = Math.max(0, ...totals);
  const up = scaleLinear()
    .domain([0, most > 0 ? most : 1])
    .range([baseline, header]);
  const across = scaleBand<number>()
    .domain(data.map((_, index) => index))
    .range([left, Math.max(left, width)])
    .paddingInner(0.28)
    .paddingOuter(0.14);
  const barWidth = Math.min(widestBar, across.bandwidth());
  return {
    columns: data.map((parts, index) => {
      let below = 0;
      return {
        x: across(index)! + (across.bandwidth() - barWidth) / 2,
        parts: parts.flatMap((part, series) => {
          if (!(part > 0)) return [];
          const from = up(below);
          below += part;
          return [{ series, y: up(below), height: from - up(below) }];
        }),
      };
    }),
    ticks: most > 0 ? up.ticks(2).map((value) => ({ at: up(value), value })) : [],
    barWidth,
    left,
    step: across.step(),
    baseline,
  };
}
