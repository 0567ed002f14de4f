/** What the Tools view says. */
export const toolsTexts = {
  title: "What is kept, by tool and mode",
  meaning:
    "Of the characters each tool inserted in a mode with a model: the share that was never removed since, with its interval. The two lines behind are typed text.",
  head: "Tool, mode, model",
  axis: "Kept, with its interval",
  kept: "Kept",
  edits: "Edits",
  human: "Typed text",
  more: { one: "and {n} more, with fewer characters", other: "and {n} more, with fewer characters" },
  above: "{name} is kept more than {other}: {points} points.",
  none: "No two of them differ clearly.",
  cannot: "With fewer than two that have enough data, nothing can be compared.",
  compared:
    "Of {n} comparisons; of those called different, fewer than one in twenty are so by chance. Easier work may go to one of them.",
  row: "{name}: {value}, interval {interval}, {sample}",
  rowNotYet: "{name}: not enough data, {sample}, needs about {n} more",
  empty: "No AI tool wrote in this period",
  emptyWhy:
    "Either none was used, or none said so. A tool that is connected tells Kept of its edits as it works.",
  connect: "Connect a tool …",
  connectDoes: "Shows what would be written into a tool's configuration, and asks first.",
};
