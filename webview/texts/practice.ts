/** What the Coach view says of how somebody works. */
export const practiceTexts = {
  title: "How you work",
  meaning:
    "Habits, from your own commits and the beginnings of tasks: the number is of the period, the picture of the last twelve weeks with your usual range behind it, which is the middle half of the weeks before this one. None of it is a result, and nobody else sees it.",
  why: "Habits beside results: what do you do differently when it goes well?",
  names: {
    lines: "Batch size",
    minutesBetween: "Time between commits",
    tests: "Tests beside code",
    reads: "Reads per edit",
    firstEdit: "Time to the first edit",
  },
  of: {
    lines: "lines in a commit",
    minutesBetween: "from one commit to the next",
    tests: "of your commits with AI and source change a test",
    reads: "looks for each edit of an agent",
    firstEdit: "from a task's first request to its first edit",
  },
  sampleOf: {
    lines: "commits",
    minutesBetween: "pairs of commits",
    tests: "commits",
    reads: "tasks",
    firstEdit: "tasks",
  },
  habits: { one: "{n} habit, week by week", other: "{n} habits, week by week" },
  week: "Week",
  value: "Value",
  sample: "Sample",
  usual: "Usual",
  usualOf: "usual {range}",
  noUsual: "what is usual is not known yet",
  few: "too few ({n})",
  noHistory: "No history of a repository was looked at yet, so nothing is known of commits.",
  large: {
    one: "{n} commit of more than 400 lines or 15 files",
    other: "{n} commits of more than 400 lines or 15 files",
  },
};
