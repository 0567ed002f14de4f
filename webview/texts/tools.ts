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
  types: "What is kept, by kind of task",
  typesMeaning:
    "Of the edits of a tool's tasks that were recorded: the share of which something was never removed, by model, by how AI was used and by what kind of work the tasks' commits or files say it was. Drawn by task, because what one task does belongs together. Younger tasks had less time to be reworked.",
  typesHead: "Tool, mode, model",
  typesMore: { one: "and {n} more, with fewer edits", other: "and {n} more, with fewer edits" },
  typesMoreTasks: { one: "and {n} more, with fewer tasks", other: "and {n} more, with fewer tasks" },
  typesNotYet: "Not enough data: needs about {n} more tasks.",
  typesNone:
    "No task is known whose edits were recorded. A tool that is connected says which task its edits belong to.",
  severalModels: "several models, or not known",
  severalModes: "several modes",
  noMode: "mode not known",

  watch: "Models against their own past",
  watchMeaning:
    "What is left of a model's edits 15 minutes after each, in the period and in the weeks before it, back to half a year. Changed is said only where chance does not explain it, among all models together: of the two times, or of the weeks (at least twelve, in shuffled blocks). Beside it: edits taken back within five minutes, and edits that failed, by the tools' records, with each kind of task as often in both times; what cannot be told of these is not said. Of what is left and undone the kind of task is not counted, so that there easier or harder work looks the same.",
  watchHead: "Tool, model",
  watchAxis: "Left after 15 minutes; its past lies behind",
  watchNone: "Of no model was an edit looked at 15 minutes later.",
  now: "Now",
  before: "Before",
  weeks: { one: "{n} week", other: "{n} weeks" },
  says: {
    rising: "Changed: more is left",
    falling: "Changed: less is left",
    noChangeSeen: "No change seen",
    cannotTell: "Cannot tell yet",
  },
  since: "since the week of {week}",
  undone: {
    rising: "more is undone",
    falling: "less is undone",
    noChangeSeen: "as much is undone",
  },
  retries: {
    rising: "edits fail more often",
    falling: "edits fail less often",
    noChangeSeen: "edits fail as often",
  },
  held: "with the same mix of tasks, of {share} of them",

  overwrites: "Whose text was taken out by whom",
  overwritesMeaning:
    "Characters of one maker that edits of another took out, on the day on which they did, where AI is one of the two. Deleting, replacing and reformatting all take out; what is undone, moved by cut and paste or switched by git does not tell whose work was better. What had been taken out and brought back before is passed over.",
  overwriteHead: "By, and of whom",
  overwriteChars: "Characters",
  overwriteEdits: "Pairs of edits",
  overwriteOf: "took out text of {of}",
  overwriteOwn: "took out text of its own",
  overwriteName: "{by} took out text of {of}",
  overwriteNone: "No text was taken out by or of AI.",
  pairs: { one: "{n} pair of edits", other: "{n} pairs of edits" },

  churn: "Tools beside and after each other",
  churnMeaning:
    "Tools with edits in this period and none in as long a time before, and the other way round; and days on which several tools wrote.",
  begun: "New: {tools}.",
  left: "Not used any more: {tools}.",
  churnNone: "The same tools as in as long a time before.",
  churnUnknown: "Nothing is on record of the time before.",
  several: {
    one: "On {several} of {n} day with AI edits, more than one tool wrote.",
    other: "On {several} of {n} days with AI edits, more than one tool wrote.",
  },
  days: { one: "{n} day with AI edits", other: "{n} days with AI edits" },
  empty: "No AI tool wrote in this period",
  emptyWhy:
    "Either none was used, or none said so. A tool that is connected tells Kept of its edits as it works.",
  connect: "Connect a tool …",
  connectDoes: "Shows what would be written into a tool's configuration, and asks first.",
};
