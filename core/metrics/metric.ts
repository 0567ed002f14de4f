export type Dimension =
  | "adoption"
  | "speed"
  | "quality"
  | "review"
  | "reliability"
  | "cost"
  | "practice"
  | "business"
  | "governance";

/** What a metric is computed from, whether it is at hand, and how its absence is said. */
export const inputs = {
  days: { atHand: true, words: "the daily sums of edits" },
  funnel: { atHand: true, words: "the way of edits from proposal to commit" },
  samples: { atHand: true, words: "samples of what is left of edits" },
  models: { atHand: true, words: "what is left of each model's edits, week by week" },
  plans: { atHand: true, words: "a tool that says how much of its plan is used up" },
  requests: { atHand: true, words: "sums of requests from the tools' records" },
  budget: { atHand: true, words: "a budget for the month (`kept.budget.monthUsd`)" },
  fates: { atHand: true, words: "a look at the history of a repository" },
  commits: { atHand: true, words: "your own commits, with the origin of their lines" },
  blocks: { atHand: true, words: "what of AI edits in open documents stands in other files" },
  reads: { atHand: true, words: "how often an agent reads, as its tool's records tell" },
  problems: { atHand: true, words: "the errors the editor shows before and after an edit" },
  workspace: { atHand: true, words: "a file of instructions at the top of a folder of the workspace" },
  policy: {
    atHand: true,
    words: "a list of approved tools in a folder's policy, and to be asked of this workspace",
  },
  tiers: { atHand: true, words: "a risk tier that somebody gave to a folder of the workspace" },
  labels: { atHand: true, words: "what the person said of edits" },
  org: { atHand: false, words: "pull requests, CI, incidents, tickets or people, which only an org sees" },
} as const satisfies Record<string, { readonly atHand: boolean; readonly words: string }>;

export type Input = keyof typeof inputs;
export type Unit = "share" | "count" | "hours" | "ms" | "minutes" | "money" | "tokens" | "level" | "lines";
/** Where better lies. A metric without a direction describes and is never judged. */
export type Direction = "higher" | "lower" | "none";

/** A metric, declared once. Screens, reports and docs/kpis.md say what stands here. */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly dimension: Dimension;
  /** One sentence. */
  readonly definition: string;
  readonly formula: string;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly input: Input;
  readonly window: string;
  /** Units without which it says nothing, and what they are. */
  readonly leastSample: number;
  readonly sampleOf: string;
  /** What is aimed at by default, where a source names it. */
  readonly target?: number;
  readonly pitfalls: string;
  /**
   * Whether it can be compared with an earlier period. What goes on changing with age cannot: of what is older, more was
   * removed by now.
   */
  readonly isCompared?: true;
  /** The metric that is always shown beside it, so that neither is improved at the other's cost. */
  readonly partner?: string;
}

/** A catalogue is a table: one row for each metric of a dimension. */
export type MetricOf = Omit<Metric, "dimension">;

export function ofDimension(dimension: Dimension, metrics: readonly MetricOf[]): readonly Metric[] {
  return metrics.map((metric) => ({ ...metric, dimension }));
}
