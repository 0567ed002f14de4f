/** What is said of the time before Kept watched. */
export const beforeTexts = {
  title: "Before Kept watched",
  mark: "Read from the tools' own records, {period}. Its edits are in no other number; its requests are in Cost, as far back as requests are read.",
  meaning:
    "What tools recorded of themselves before Kept was there, and what repositories say of the time before AI.",
  sample: { one: "{n} file of records", other: "{n} files of records" },
  pitfalls: "Nobody watched what became of these edits: how much of them was kept is not known.",
  reading: {
    one: "Reading: {read} of {n} file of records.",
    other: "Reading: {read} of {n} files of records.",
  },
  finding: "Looking for the tools' records.",
  stopped: "Read in part: it was stopped.",
  failed: "Read in part: it failed. The log says why.",
  none: "No tool's records were found.",
  tool: "Tool",
  tasks: "Tasks",
  requests: "Requests",
  edits: "Edits",
  lines: "Lines",
  days: "Days",
  cost: "List price",
  unpriced: { one: "{n} request has no known price.", other: "{n} requests have no known price." },
  baseline: "Baseline",
  baselineFrom:
    "From the repositories' histories, {period}, before any AI that is known: {commits} on {days}, {lines} each in the middle.",
  commits: { one: "{n} commit", other: "{n} commits" },
  onDays: { one: "{n} day", other: "{n} days" },
  ofLines: { one: "{n} line", other: "{n} lines" },
  rework: "{share} of the lines were reworked within 21 days ({interval}).",
  reworkUnknown: "How much was reworked is not known: too few commits, or watched too short.",
  connect:
    "Connected tools say which edits are theirs as they make them; records alone tell it later, and not of every edit.",
};
