import { behindTexts } from "./texts/behind.ts";
import { beforeTexts } from "./texts/before.ts";
import { coachTexts } from "./texts/coach.ts";
import { costTexts } from "./texts/cost.ts";
import { qualityTexts } from "./texts/quality.ts";
import { scorecardTexts } from "./texts/scorecard.ts";
import { sharingTexts } from "./texts/sharing.ts";
import { teamTexts } from "./texts/team.ts";
import { toolHealthTexts, toolsSayTexts } from "./texts/toolHealth.ts";
import { practiceTexts } from "./texts/practice.ts";
import { toolsTexts } from "./texts/tools.ts";

/** Forms of a sentence by count: every language has `other`. */
export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/**
 * Everything the panel says, in one object of plain texts, so that the host can hand over another language as JSON.
 * `{name}` is replaced by the value of that name.
 */
export const english = {
  name: "Kept",
  percent: "{n}\u202f%",
  belowOnePercent: "<1\u202f%",
  aboveNinetyNinePercent: ">99\u202f%",
  interval: "{low}–{high}\u202f%",
  period: "{from} – {to}",
  hour: "{from}–{to}",
  nothing: "–",

  kinds: {
    ai: "AI",
    human: "Human",
    tooling: "Tooling",
    external: "External",
    unknown: "Unknown",
  },
  kindMeanings: {
    ai: "Written by an AI tool that said so, or whose records agree.",
    human: "Typed at this keyboard.",
    tooling: "Formatter, rename, quick fix, snippet.",
    external: "Changed on disk by something that left no record.",
    unknown: "Nobody said who made it. Never counted as AI and never as human.",
  },
  modes: {
    completion: "completion",
    nextEdit: "next edit",
    inlineChat: "inline chat",
    chat: "chat",
    agent: "agent",
  },
  unknownTool: "Tool not known",
  otherTools: { one: "{n} other AI origin", other: "{n} other AI origins" },

  counts: {
    edits: { one: "{n} edit", other: "{n} edits" },
    aiEdits: { one: "{n} AI edit", other: "{n} AI edits" },
    chars: { one: "{n} character", other: "{n} characters" },
    things: { one: "{n} thing was dropped", other: "{n} things were dropped" },
  },

  tabs: {
    label: "Views",
    today: "Today",
    quality: "Quality",
    tools: "Tools",
    cost: "Cost",
    coach: "Coach",
    team: "Team",
    data: "Data",
  },
  pickers: {
    scope: "Which files",
    workspace: "This workspace",
    all: "All workspaces",
    period: "Period",
    days: { one: "Today", other: "Last {n} days" },
  },

  explained: {
    about: "About",
    label: "{shown}: {name}",
    window: "Window",
    sample: "Sample",
    certainty: "How sure",
    exactly: "Exactly",
    coverage: "Coverage",
    formula: "Worked out",
    target: "Aimed at",
    pitfalls: "Beware",
    partner: "Read with",
    behind: "Show these edits",
    behindRows: {
      requests: "Show these requests",
      tasks: "Show these tasks",
      commits: "Show these commits",
    },
  },
  scorecard: scorecardTexts,
  before: beforeTexts,
  quality: qualityTexts,
  tools: toolsTexts,
  toolHealth: toolHealthTexts,
  toolsSay: toolsSayTexts,
  cost: costTexts,
  coach: coachTexts,
  practice: practiceTexts,
  team: teamTexts,
  sharing: sharingTexts,
  behind: behindTexts,
  chart: {
    table: "Table",
    showTable: "Table: {name}",
    of: "{name} · {chars}",
    opens: "Enter opens what is behind it.",
  },

  windows: {
    workspace: "This workspace, {from} to {to}",
    all: "All workspaces, {from} to {to}",
    todayWorkspace: "This workspace, today",
    todayAll: "All workspaces, today",
  },

  coverage: {
    label: "Share of text with a known origin",
    known: "Origin known: {share}",
    few: "{known} of {all} characters",
    none: "No text was inserted in this period.",
    others: { one: "including {n} other machine", other: "including {n} other machines" },
    missing: "What is missing",
    name: "Coverage",
    meaning:
      "Of the characters inserted in the period: the share whose origin is known. The rest is unknown.",
    sample: "{known} of {all} characters",
    why:
      "{share} of the inserted text ({chars}) came with no word on who made it: text set by another extension, a paste, " +
      "or an AI tool whose records Kept does not read yet.",
    howToGet:
      "Kept only believes the editor and the tools themselves. It never guesses AI from the shape of a change, so " +
      "unknown text stays out of every rate.",
    toData: "Open Data",
  },

  kept: {
    title: "What stayed",
    after: "of what AI wrote in the last {n} days is still there",
    name: "Kept AI text",
    meaning: "Of the characters AI inserted in the period: the share that was never removed since.",
    humanName: "Kept typed text",
    humanMeaning:
      "Of the characters typed by hand in the period: the share that was never removed since. It stands beside AI text " +
      "because people rework their own lines too.",
    todayName: "Kept AI text of today",
    todayMeaning: "Of the characters AI inserted today: the share that was never removed since.",
    certainty: "95 % interval {interval}: it would hold the true share 19 times out of 20.",
    notYet: "No interval yet: about {n} more are needed before this share says something.",
    ai: "AI text",
    human: "Typed text",
    today: "AI, today",
    notEnough: "Not enough data",
    needs: { one: "needs about {n} more", other: "needs about {n} more" },
    soFar: "{edits} so far",
    mark: "◌",
    chartName: "Kept share of AI text and of typed text, with intervals",
    row: "{label}: {value}, interval {interval}, {sample}",
    rowNotYet: "{label}: not enough data, {sample} so far, needs about {n} more",
    overlap: "No clear difference from typed text: the intervals overlap.",
    below: { one: "Kept {n} point less than typed text.", other: "Kept {n} points less than typed text." },
    above: { one: "Kept {n} point more than typed text.", other: "Kept {n} points more than typed text." },
  },

  unread: {
    title: "Unread AI text",
    meaning:
      "AI text that is in no commit and was never on screen in a focused window of this editor for two seconds, or a fifth of a second a line.",
    window: "Of the last 30 days, on this machine",
    lines: { one: "{n} line was never on screen", other: "{n} lines were never on screen" },
    line: "{name}, line {first}",
    range: "{name}, lines {first} to {last}",
    more: {
      one: "and {n} more passage, in the Source Control view",
      other: "and {n} more passages, in the Source Control view",
    },
  },

  funnel: {
    title: "From proposal to 30 days",
    meaning:
      "What became of AI edits, one by one: each step is of the edits that got through the one before, and an edit got as far as something of it did. Those of which nobody can know here are counted apart.",
    proposed: "Proposed",
    accepted: "Accepted or applied",
    keptAt15: "Something left after 15 minutes",
    saved: "Saved",
    committed: "Committed",
    aliveAt30: "Alive 30 days after the commit",
    pending: "{n} not yet",
    head: "Step",
    heads: { reached: "Got there", left: "Did not", pending: "Not yet", unseen: "Not known" },
    left: {
      accepted: "{n} rejected afterwards",
      keptAt15: "{n} with nothing left",
      saved: "{n} not saved",
      committed: "{n} not committed",
      aliveAt30: "{n} with no line left",
    },
  },

  detector: {
    title: "How often Kept is right",
    meaning: "Where you said who wrote a text: how often the evidence said the same.",
    none: "Not enough data: you have not said of any text who wrote it.",
    how: "Select text and run “Kept: I Wrote This” or “Kept: AI Wrote This”. What you say beats all other evidence.",
    head: "Question",
    share: "Share",
    sample: "Judgements",
    aiPrecision: "What Kept calls AI is AI",
    aiRecall: "What is AI, Kept calls AI",
    humanPrecision: "What Kept calls typed is typed",
    humanRecall: "What is typed, Kept calls typed",
    behind: "From {judgements} of yours on {edits}.",
    judgements: { one: "{n} judgement", other: "{n} judgements" },
    withoutEvidence: {
      one: "Of {n} edit nothing else was known.",
      other: "Of {n} edits nothing else was known.",
    },
  },

  hours: {
    title: "Who wrote today's lines",
    meaning: "Characters inserted today, by the hour and by origin. Hours are those of your own clock.",
    sample: "{chars} today",
    empty: "Nothing was written today yet.",
    head: "Hour",
  },
  days: {
    title: "Who wrote each day",
    titleWeeks: "Who wrote each week",
    meaning: "Characters inserted on each day, by origin.",
    meaningWeeks: "Characters inserted in each stretch of seven days, by origin. The last one ends today.",
    sample: "{chars} in the period",
    head: "Day",
    headWeeks: "Week",
  },
  origins: {
    title: "Where it came from",
    meaning: "Every origin that inserted or deleted something in the period: AI first, most inserted first.",
    sample: "{edits} in the period",
    head: "Origin",
    edits: "Edits",
    inserted: "Inserted",
    kept: "Kept",
    amounts: "Inserted, and how much of it is left",
    editsMeaning: "Changes to a document, after what they left unchanged was taken off.",
    insertedMeaning: "Characters these edits put in.",
    keptMeaning: "Of the characters these edits put in: the share that was never removed since.",
    keptExactly: "{kept} of {inserted} characters are left",
    fewEdits: "With fewer than {n} edits no share is shown.",
    noInterval: "No interval is worked out for several origins together.",
    nothingInserted: "These edits inserted nothing.",
  },

  states: {
    starting: "Starting …",
    waiting: "Adding up …",
    stopped: "Kept is not running",
    failed: "The numbers could not be fetched",
    stale: "These numbers are from before: fetching them again failed.",
    again: "Try again",
    empty: "Nothing recorded yet",
    emptyWorkspace: "No edit was seen in this workspace in the last {n} days.",
    emptyAll: "No edit was seen in the last {n} days.",
    emptyWhat: "Go on working. As soon as text changes in the editor, this view shows:",
    emptyList: [
      "how much of what AI wrote for you is still there, beside your own typing",
      "who wrote today's lines, hour by hour",
      "which tool, mode and model each edit came from, as far as it is known",
    ],
    emptyLocal: "All of it stays on this machine. No text is stored, no account is needed.",
    showAll: "Show all workspaces",
    synthetic: "Demonstration data.",
    syntheticMeans: "This history is made up. None of it is yours.",
    memory: "In memory only.",
    memoryMeans: "The database could not be opened, so these numbers end with this window.",
    readOnly: "Read only.",
    readOnlyMeans: "A newer Kept wrote the database. New edits wait beside it until Kept is updated.",
    toData: "What to do",
  },

  data: {
    recording: "Recording",
    onDisk: "Recording to the database on this machine.",
    inMemory:
      "Recording in memory. The numbers end with this window, because the database could not be opened.",
    readOnly:
      "A newer Kept wrote the database, so this one only reads it. New edits wait in a file beside it, up to 8 MB.",
    starting: "Starting. Edits made meanwhile are not lost.",
    stopped: "Not recording.",
    noAnswer: "Asking …",
    leaves: "Nothing is sent to anybody.",
    leavesShared: "Only what is listed under Sharing leaves this machine.",
    ownFolder: "The numbers of all folders are added up from kept.ownFolder, {others}.",
    skipped: {
      foreign: { one: "{n} file there is not Kept's.", other: "{n} files there are not Kept's." },
      newer: {
        one: "{n} file there is of a newer Kept; update this one to count it.",
        other: "{n} files there are of a newer Kept; update this one to count them.",
      },
      damagedLine: {
        one: "{n} line there is damaged and was passed over.",
        other: "{n} lines there are damaged and were passed over.",
      },
      unreadable: {
        one: "{n} file there could not be read.",
        other: "{n} files there could not be read.",
      },
    },
    problems: "Problems",
    noProblems: "No problems.",
    what: "What is recorded",
    recorded: "Recorded",
    never: "Never recorded",
    recordedList: [
      "when an edit was made, in which document and language",
      "how many characters it put in and took out, and how many of them are left",
      "who made it: AI, human, tooling, external or unknown; for AI the tool, model and mode",
      "the reason to believe that, and how strong it is",
      "which stretch of a document came from which edit, as lengths",
      "a keyed fingerprint of each document's text, to recognise it again",
      "what AI tools note of their requests (model, tokens, cost, time), of tasks, and of what agents do, as counts",
      "which lines of commits came from which edits, and what became of the lines of repositories",
      "which AI text was on screen, what you said of who wrote it, and the tips you were given",
    ],
    neverList: [
      "source code or any other text",
      "prompts and answers",
      "which keys you pressed, and what is on the clipboard",
      "files that kept.exclude names",
    ],
    origins: "How much is known",
    originsMeaning: "Characters inserted in the period, by origin.",
    dropped: "What was dropped",
    droppedMeaning:
      "Things Kept could not take in, counted since the database was made. A dropped thing is missing from every number.",
    droppedSample: "Everything since the database was made, in all workspaces",
    droppedHead: "Reason",
    droppedCount: "Times",
    ahead: {
      one: "{n} edit is dated later than today: a clock was wrong. It is in no number until that day.",
      other:
        "{n} edits are dated later than today: a clock was wrong. They are in no number until those days.",
    },
    noDrops: "Nothing was dropped since the database was made.",
    noSummary: "These numbers appear once Kept is running.",
    originHead: "Origin",
    charsHead: "Characters",
    shareHead: "Share",
  },

  actions: {
    showCatalogue: "Read every field",
    showCatalogueDoes: "Opens the list of all that is recorded, with its meaning and how long it is kept.",
    copyReport: "Copy report",
    copyReportDoes: "Copies the last 30 days' numbers as Markdown.",
    openDigest: "As a page",
    openDigestDoes: "Opens the last seven days in a page of Markdown",
    exportData: "Export my data …",
    exportDataDoes: "Writes what was recorded into a file, as JSON or CSV.",
    deleteData: "Delete my data …",
    deleteDataDoes:
      "Deletes what was recorded, all of it or in part. It says how much that is and asks first.",
    showLog: "Show log",
    showLogDoes: "Opens what Kept wrote about its own work.",
    settings: "Settings",
    settingsDoes: "Opens Kept's settings.",
    stopHistory: "Stop reading",
    stopHistoryDoes: "Ends the reading for good. What was read until then stays.",
    restart: "Restart",
    restartDoes: "Starts Kept's language server again. Edits made meanwhile are not lost.",
    turnOff: "Turn off",
    turnOffDoes: "Stops recording: no listener, no process, no file, until you turn it on again.",
    joinOrganisation: "Join an organisation …",
    joinOrganisationDoes:
      "Takes a pasted invitation and shows exactly what would be shared. Nothing is sent before you agree.",
    chooseWork: "Choose work folders …",
    chooseWorkDoes: "Says which folders are work. Of others nothing is shared.",
    showSent: "Show what was sent",
    showSentDoes: "Lists every batch that left, waits or was refused, byte for byte.",
    pauseSharing: "Pause sharing",
    pauseSharingDoes: "Sends nothing until you resume. What you do meanwhile is never shared.",
    resumeSharing: "Resume sharing",
    resumeSharingDoes: "Shares sums again, from now on.",
    leaveOrganisation: "Stop sharing and delete …",
    leaveOrganisationDoes: "Ends sharing at once and has the organisation delete what was sent.",
    copied: "The report was copied.",
    restarted: "Kept was started again.",
  },
};

/** Texts only: a translation has the same shape. */
export type Strings = typeof english;
