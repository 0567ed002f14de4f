import type { Unit } from "./variables.ts";

/** What a number of each kind is, for whoever writes a rule. */
type Words = readonly [unit: Unit, words: string];

/**
 * What is looked at for coaching alone, by what it is about: recent edits and tasks, what is not committed, what agents did
 * besides writing, and the files that brief them.
 */
export const facts = {
  uncommitted: {
    lines: ["count", "AI lines in no commit, generated files left out"],
    files: ["count", "files with AI lines in no commit"],
    unread: ["count", "AI lines in no commit that were never on screen"],
  },
  checkpoint: {
    turns: [
      "count",
      "times an agent or a chat edited since the last commit or test run, edits within a minute being one",
    ],
    edits: ["count", "edits in these turns"],
    minutes: ["minutes", "since the first of these edits"],
  },
  unseen: {
    blocks: ["count", "AI blocks of 30 lines or more of today that were never on screen"],
    lines: ["count", "lines in these blocks"],
  },
  rewritten: {
    tool: ["text", "tool whose text in one language is rewritten most"],
    language: ["text", "that language"],
    survival: ["share", "how much of that text is left after 15 minutes"],
    average: ["share", "the same for all AI text"],
    n: ["count", "edits in that"],
  },
  undone: {
    edits: ["count", "of the last AI edits, those undone within 15 minutes"],
    of: ["count", "the last AI edits that are looked at, at most 10"],
  },
  drift: {
    turns: ["count", "turns in the latest session of a tool"],
    edits: ["count", "edits in that session whose text was followed"],
    input: ["count", "tokens that went into its requests, without those that were read from a cache"],
    ratio: ["ratio", "these tokens for each that came out"],
    early: ["share", "how much of its first 10 edits was left after 15 minutes"],
    late: ["share", "how much of its last 10 edits was left after 15 minutes"],
  },
  untested: {
    lines: ["count", "AI lines of source code in no commit"],
    tests: ["count", "test files edited today"],
    days: ["count", "days of the last 14 with 80 AI lines of source code or more and no test edited"],
    known: ["count", "test files edited in the last 30 days"],
  },
  contextFile: {
    name: [
      "text",
      "the longest file that briefs agents here, of those that name paths that are not there where any does",
    ],
    lines: ["count", "its lines"],
    missing: ["count", "paths it names that are not there"],
  },
  machineContext: {
    name: [
      "text",
      "a file that briefs agents, was written by AI in one go, and was not touched by you for a day",
    ],
    lines: ["count", "its lines"],
  },
  spiky: {
    share: ["share", "of the last 7 days' committed AI lines, those in the two largest commits"],
    before: ["share", "the same for the 7 days before"],
    lines: ["count", "AI lines committed in the last 7 days"],
  },
  sensitive: {
    area: ["text", "the area that needs care with most AI lines in no commit"],
    lines: ["count", "AI lines in no commit in that area"],
    new: ["count", "dependencies that its files name and the last commit does not"],
  },
  sticks: {
    tool: ["text", "tool whose text in one language is kept best"],
    language: ["text", "that language"],
    kept: ["share", "how much of that text is still there"],
    low: ["share", "lower bound of its 95 % interval"],
    high: ["share", "upper bound of its 95 % interval"],
    others: ["share", "how much of all other AI text is still there"],
    n: ["count", "edits in that"],
  },
  cache: {
    share: ["share", "of all that went into requests in 30 days, what was read from a cache"],
    requests: ["count", "requests to models in 30 days"],
    prompt: ["count", "tokens that go into a request on average"],
  },
  heavy: {
    tasks: [
      "count",
      "tasks of 7 days that changed 20 lines of one file at most, and used a model of the heavy tier",
    ],
    tool: ["text", "the tool of most of them"],
    cost: ["dollars", "their list price, where all of it is known"],
  },
  costly: {
    cost: ["dollars", "list price of the dearest task of the last two days of which nothing was kept"],
    tool: ["text", "its tool"],
    median: ["dollars", "the median list price of your tasks of 30 days"],
    n: ["count", "tasks of 30 days whose price is known"],
  },
  thrash: {
    times: [
      "count",
      "times in 7 days that another tool wrote into a file within 15 minutes, and the first one's text was half gone by then",
    ],
  },
  branch: {
    lines: ["count", "lines that the branch changes, beside the one it goes to"],
    files: ["count", "files that it changes"],
    commits: ["count", "commits that it is ahead"],
    ai: ["share", "of the lines that these commits brought, those known to be AI's"],
    minutes: ["minutes", "to review it, at 5 lines a minute"],
    unexplained: [
      "count",
      "of these commits, those of 20 lines or more that are mostly AI's and have only a subject",
    ],
  },
  outside: {
    tool: ["text", "the tool used most in 7 days that is not on the list for its folder"],
    edits: ["count", "its edits there"],
  },
  retry: {
    attempts: [
      "count",
      "attempts at the same test run in 20 minutes that failed, each after an edit of the same file",
    ],
    minutes: ["minutes", "since the first of these attempts"],
  },
  unplanned: {
    files: [
      "count",
      "files that the latest task of a day edited, where it neither planned nor looked at anything before",
    ],
    tool: ["text", "tool of that task"],
  },
  bent: {
    edits: [
      "count",
      "edits of a day that changed what a test asserts, between the same test run failing and passing, with no edit of other code",
    ],
  },
  problems: {
    edits: [
      "count",
      "AI edits of the last hour in whose lines there are problems after 5 minutes, and more than before",
    ],
    count: ["count", "errors in these lines that are more than before"],
  },
  glance: {
    tool: ["text", "tool that looks least at files for each edit, in 14 days"],
    reads: ["ratio", "looks at files and searches for each of its edits"],
    edits: ["count", "its edits in that"],
  },
  briefing: {
    tasks: ["count", "tasks of 30 days that began with the same text of 1,500 characters or more"],
  },
  idleServer: {
    name: ["text", "the tool server of the folder's configuration that is used least"],
    tasks: ["count", "tasks of 14 days that could have used it"],
    used: ["count", "of these, those that did"],
    share: ["share", "of these tasks, those that did"],
  },
  duplicate: {
    lines: ["count", "lines of the longest AI text of a day that stand in another file, too"],
    file: ["text", "name of that other file"],
  },
  firstRun: {
    failed: ["count", "of the last branches with AI edits, those whose first test run failed"],
    of: ["count", "the last branches with AI edits and a test run that are looked at, at most 5"],
  },
  secrets: {
    tool: ["text", "tool that looked most often at files that hold secrets, in 7 days"],
    reads: ["count", "its looks at such files"],
    kind: ["text", "what such a file was most often: an environment file, a private key, a credentials file"],
  },
  review: {
    minutes: [
      "minutes",
      "that differences were open before you without a pause of 5 minutes, where you asked for that",
    ],
    lines: ["count", "lines of them that were on screen"],
  },
} as const satisfies Record<string, Record<string, Words>>;

type Facts = typeof facts;
export type FactName = { [Part in keyof Facts]: `${Part}.${keyof Facts[Part] & string}` }[keyof Facts];
