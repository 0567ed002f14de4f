import type { Cluster } from "../statistics/clusterBootstrap.ts";
import type { Interval } from "../statistics/interval.ts";

/** What a metric is measured by. */
export type Sample =
  /** A share whose units come in clusters: days, tasks, commits. The clusters are the sample. */
  | { readonly kind: "clusters"; readonly clusters: readonly Cluster[] }
  /** So many of so many. */
  | {
      readonly kind: "cases";
      readonly cases: number;
      readonly of: number;
      /** The same by what belongs together, such as a day. */
      readonly groups?: readonly Cluster[];
      /** The share of what could be counted of which it is known, where that is not the share of text. */
      readonly coverage?: number | null;
    }
  /** Estimated where its units are known: so many of them. Without an interval it is shown and judges nothing. */
  | {
      readonly kind: "estimate";
      readonly value: number;
      readonly interval: Interval | undefined;
      readonly of: number;
    }
  /** So many units that come to no number: nothing of theirs can be divided by, or they are too few for a middle. */
  | { readonly kind: "without"; readonly of: number }
  /** Simply so many: counted, not estimated. */
  | { readonly kind: "count"; readonly count: number; readonly of: number };

/** The sample of each metric that can be measured now. */
export type Samples = ReadonlyMap<string, Sample>;
