/** What the list of the edits behind a number says. */
export const behindTexts = {
  back: "Back to {view}",
  title: "Edits: {name}",
  task: "a task of {tool}",
  order: "Order",
  leastLeft: "Least left first",
  newest: "Newest first",
  waiting: "Looking them up …",
  none: "No single edit is on record. Edits are kept for 90 days, their sums for longer; numbers of other machines have no edits here.",
  first: "The first {n}, no more are listed.",
  open: "Open {name}",
  line: "line {first}",
  lines: "lines {first}–{last}",
  noLines: "not in the text now",
  left: "{share} left",
  strengths: {
    exact: "said by the editor or the tool",
    matched: "matched with the tool's record",
    inferred: "inferred",
    labelled: "you said so",
  },
  noStrength: "nobody said who made it",
};
