/** What the Quality view says. */
export const qualityTexts = {
  retention: "What is left, minute by minute",
  retentionMeaning:
    "Of the characters AI edits inserted: the share that had not been removed so long after each. The times are those of VS Code's own measure, so that the two can be compared. What was looked at too late or on another branch is left out.",
  retentionHead: "After",
  retentionLeft: "Left",
  retentionSample: "Edits",
  retentionInterval: "Interval",
  retentionNone: "No AI edit was followed in this period.",
  retentionWhy:
    "An edit is followed while its document is open in this editor, and in files once they are at rest. Text that came before Kept watched has no minutes.",
  apart: {
    one: "{n} sample was left out: taken too late, or on another branch.",
    other: "{n} samples were left out: taken too late, or on another branch.",
  },
  typed: "Typed text is not followed by the minute; beside it, of the whole period: {share}.",
  after: "After {time}",
  atOnce: "At once",
  survival: "How long committed lines live",
  survivalWaits:
    "Lines live in commits, and how long is read from the repository's history. It was not read for this view yet.",
  survivalHow: "kept fate says it on the command line, for any repository.",
  rework: "Who reworks it",
  reworkWaits: "Rework is seen when committed lines change. No committed line was watched long enough yet.",
};
