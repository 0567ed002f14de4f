/** What the panel says of metrics. */
export const scorecardTexts = {
  title: "Measured",
  meaning:
    "The metrics of this view, from the same code as the report. A verdict is given only where the whole interval carries it.",
  sample: "{n} {of}",
  interval: "{low} to {high}",
  target: "target {target}",
  certainty: "95 % interval {interval}: it would hold the true value 19 times out of 20.",
  counted: "Counted, not estimated.",
  verdicts: { meets: "meets", misses: "misses", notEnoughData: "not enough data" },
  marks: { meets: "●", misses: "▲", notEnoughData: "◌" },
  more: "needs about {n} more {of}",
  trends: {
    rising: "up against the period before",
    falling: "down against the period before",
    noChangeSeen: "no change seen",
  },
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
