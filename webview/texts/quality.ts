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
  survivalMeaning:
    "Of the lines that came with commits: the share that is still there after so many days. Lines that are alive are counted as watched until now. Human lines of the same repositories and time stand beside them.",
  halfLifeOf: "{kind}: half is gone after",
  halfLifeMeaning:
    "The age at which half of the lines that came with commits is gone, where lines were watched for so long. Lines of one commit count as one when it is said how sure that is.",
  notReached: "not reached",
  hazard: "AI lines go, against human lines",
  hazardMeaning:
    "How many times as fast AI lines are taken away as human lines of the same repositories and time. Above 1 they go sooner. A tie, or a difference between kinds of work, is no difference between writers.",
  hazardFormula:
    "hazard ratio in Mantel and Haenszel's form of the log-rank test, over all ages; lines of one commit together",
  times: "{n} times",
  survivalWaits:
    "Lines live in commits, and how long is read from the repository's history. It was not read for this view yet.",
  survivalHow: "“kept fate” in a terminal says it for any repository.",
  survivalFew: "Not enough data: AI lines of {commits} so far, needs about {more} more.",
  survivalHead: "After",
  survivalSample: "{lines} of {commits}",
  lines: { one: "{n} line", other: "{n} lines" },
  linesWatched: { one: "{n} line watched", other: "{n} lines watched" },
  commits: { one: "{n} commit", other: "{n} commits" },
  repositories: { one: "{n} repository", other: "{n} repositories" },
  fateWindow: "{repositories}, lines committed {from} to {to}",
  days: { one: "{n} day", other: "{n} days" },
  dayTick: "{n} d",
  setApart: {
    one: "{n} line of generated or vendored files was left out.",
    other: "{n} lines of generated or vendored files were left out.",
  },
  fateCoverage: "Who wrote it is known for {share} of the lines.",
  unknown: {
    shallow: {
      one: "{n} repository is a shallow clone, whose history says too little.",
      other: "{n} repositories are shallow clones, whose history says too little.",
    },
    partial: {
      one: "{n} repository is a partial clone, and nothing is fetched for this.",
      other: "{n} repositories are partial clones, and nothing is fetched for this.",
    },
    noCommit: { one: "{n} repository has no commit.", other: "{n} repositories have no commit." },
    noGit: {
      one: "{n} repository cannot be read without git.",
      other: "{n} repositories cannot be read without git.",
    },
    notTrusted: {
      one: "{n} repository is in a folder that is not trusted, where git is not asked.",
      other: "{n} repositories are in folders that are not trusted, where git is not asked.",
    },
    tooLong: {
      one: "{n} repository has a longer history than is followed.",
      other: "{n} repositories have longer histories than are followed.",
    },
    failed: { one: "{n} repository could not be read.", other: "{n} repositories could not be read." },
  },
  rework: "Who reworks it",
  reworkMeaning:
    "AI lines that were changed or deleted within 90 days of their commit, by the week in which they were: by the person who committed them, by others, or by a fix or a revert, whoever made it.",
  reworkWaits: "Rework is seen when committed lines change. No committed line was watched long enough yet.",
  reworkNone: "No AI line was reworked in this period.",
  reworkAt: "Reworked within 21 days",
  reworkAtMeaning:
    "Of the lines that were watched for 21 days: the share that was changed or deleted by then. Drawn by commit, because the lines of one commit stand or fall together.",
  reworkHead: "Week of",
  reworkSelf: "By yourself",
  reworkOthers: "By others",
  reworkFix: "By a fix",
  reworkWhole: "All weeks",
};
