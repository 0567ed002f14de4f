/** What the Quality view says. */
export const qualityTexts = {
  retention: "What is left, minute by minute",
  survival: "How long committed lines live",
  survivalWaits:
    "Lines live in commits, and how long is read from the repository's history. It was not read for this view yet.",
  survivalHow: "kept fate says it on the command line, for any repository.",
  rework: "Who reworks it",
  reworkWaits: "Rework is seen when committed lines change. No committed line was watched long enough yet.",
};
