/** What the panel says of metrics. */
export const scorecardTexts = {
  title: "Measured",
  meaning:
    "The metrics of this view, from the same code as the report. A verdict is given only where the whole interval carries it.",
  sample: "{n} {of}",
  interval: "{low} to {high}",
  target: "target {target}",
  baseline: "{baseline} before AI",
  ceiling: "{ceiling} at best",
  targetOwn: "{target}, as you set it (kept.targets)",
  certainty: "95 % interval {interval}: it would hold the true value 19 times out of 20.",
  counted: "Counted, not estimated.",
  /** Of metrics that are not of the period alone. */
  windows: {
    committed: "Lines committed {from} to {to}, {repositories}, looked at after {ages}",
    repositories: { one: "{n} repository", other: "{n} repositories" },
    month: "All workspaces, the month so far: {from} to {to}",
    weeks: "Week by week, {from} to {to}",
    always: "All that was ever labelled here",
    now: "As it stands now",
  },
  partner: "{name}",
  partnerMissing: "{name}, which only an organisation sees",
  verdicts: { meets: "meets", misses: "misses", notEnoughData: "not enough data" },
  marks: { meets: "●", misses: "▲", notEnoughData: "◌" },
  more: "needs about {n} more {of}",
  lacking: "not enough data: {n} of about {all} {of}",
  trends: {
    rising: "up from {before}",
    falling: "down from {before}",
    noChangeSeen: "no change seen, was {before}",
  },
  changed: "What changed",
  changedMeaning:
    "Metrics against as long a time right before. A change is named only where the two intervals have nothing in common, and where it would still be one among as many comparisons; a week only where weeks in shuffled blocks would hardly ever differ as much. What age alone changes, such as what is left of all text, is not compared.",
  changedNone: {
    one: "Of {n} metric that can be compared, none changed clearly.",
    other: "Of {n} metrics that can be compared, none changed clearly.",
  },
  changedOf: {
    one: "Of {n} comparison with {from} to {to}.",
    other: "Of {n} comparisons with {from} to {to}.",
  },
  level: {
    rising: "What is left after 15 minutes rose by {points} points in the week of {week} ({between}).",
    falling: "What is left after 15 minutes fell by {points} points in the week of {week} ({between}).",
    dearer: "A week costs {percent} more since the week of {week} ({between}).",
    cheaper: "A week costs {percent} less since the week of {week} ({between}).",
    between: "between {earliest} and {latest}",
    of: "of {n} weeks",
  },
  before: "before: {from} – {to}",
  metrics: "metrics",
  changedNothing: "From {from} to {to} there is too little to compare with.",

  waiting: { one: "{n} more waits for its data", other: "{n} more wait for their data" },
  waitingFor: "{name}: {reason}",
  axis: "{name}: {value}",
  nothing: "Nothing can be measured in this period yet.",
  units: {
    hours: "{n} h",
    minutes: "{n} min",
    seconds: "{n} s",
    milliseconds: "{n} ms",
  },
};
