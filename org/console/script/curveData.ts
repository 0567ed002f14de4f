import type { MeasuredShare } from "../../../protocol/share.ts";

/** What a page says of a curve: the panel's component draws it, and a table behind it says the same. */
export interface CurveData {
  readonly heading: string;
  readonly series: readonly {
    readonly kind: "ai" | "human";
    readonly name: string;
    readonly shares: readonly (MeasuredShare | null)[];
  }[];
  readonly moments: readonly { readonly name: string; readonly tick: string; readonly position: number }[];
  /** What is counted, for one and for several, with `{n}` for how many. */
  readonly sample: { readonly one: string; readonly other: string };
}
