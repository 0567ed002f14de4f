/** What the Team view says. */
export const teamTexts = {
  empty: "You are in no team",
  emptyWhy: "Everything here works without one. A team adds what no single machine can see.",
  how: "How to join",
  howList: [
    "Somebody who looks after Kept in your organisation gives you an invitation.",
    "It opens a page that shows exactly what would leave this machine, and changes nothing by itself.",
    "Only what is made after you agreed is ever sent, and you can stop and have it deleted at any time.",
  ],
  protectedTitle: "What a team sees of you",
  protectedList: [
    "numbers of groups of five or more, never of one person",
    "no text, path, repository or name, and days instead of hours",
    "your own figure is a mark that only you see",
  ],
  metrics: "What only a team can measure",
  metricsMeaning:
    "Metrics that need pull requests, CI, incidents, tickets or several people. They are declared, and stay empty without them.",
  title: "Team {team}",
  noTeam: "Your team",
  of: "At {sender}.",
  taking: "{joined} of {of} people take part.",
  takingHidden: "How many take part is hidden: those who do, or those who do not, are fewer than five.",
  newest:
    "Newest published week: {week}. A week is published from the third day after its end on, once, and never changes.",
  asked: "Last answer: {moment}.",
  sink: "You share with a collector",
  sinkWhy:
    "{sender} takes sums of weeks and gives nothing back: a team's numbers, targets and prompts come from a service of Kept's alone.",
  waitingAnswer: "You joined. The organisation has not answered yet.",
  waitingWeek: "No week is published yet",
  waitingWeekWhy:
    "The first is shown from the third day after its end on, if enough people took part in all of it. Nothing is missing on this machine.",
  unreachable: "The organisation cannot be reached: {reason}",
  unreachableHeld: "What is shown is the last answer, of {moment}.",
  stopped: {
    forbidden: "An administrator of this machine forbids sharing, so nothing newer is asked for.",
    telemetryOff: "The editor's telemetry switch is off, so nothing newer is asked for.",
    paused: "Sharing is paused, so nothing newer is asked for.",
    invitationRefused: "The organisation refused the invitation. Ask for another one.",
    unauthorized:
      "This machine is not let in any more. Kept asks again by itself; if that stays so, stop sharing and join with another invitation.",
    headersMissing: "The header fields of the collector are not in this editor's secret storage.",
    newFields:
      "This Kept knows more fields than you agreed to. Nothing is sent or asked for until you decide.",
  },
  week: "Week {week}",
  weekMeaning:
    "The line is where the team's number was in the published weeks, the dot where it was in this one, the tick is yours. Yours is of work folders, worked out here, and never leaves for this.",
  names: {
    aiShare: "AI share of writing",
    kept: "Kept, all text",
    keptOf: "Kept, {column}",
  },
  values: { team: "team {share}", own: "you {share}", everybody: "organisation {share}" },
  hidden: "hidden",
  none: "nothing written",
  hiddenShare: "{hidden} of {of} cells of these weeks are hidden.",
  trend: "By week",
  trendHead: { week: "Week", team: "Team keeps", own: "You keep", ai: "AI share" },
  trendLegend: "Solid: the team. Dashed: you. A gap is a hidden week.",
  targets: "What your organisation aims at",
  targetsMeaning: "Beside it your own number of the chosen period, which only you see.",
  targetsHead: { metric: "Metric", target: "Target", own: "You" },
  noTargets: "No targets are set.",
  coaching: "Coaching in force",
  coachingNone: "Nothing is in force.",
  notPinned: "The invitation named no key, so no prompt of the organisation is ever shown.",
  refused: "The newest prompts are not used: {reason} The last good ones stay until they expire.",
  expires: "In force until {moment}.",
  unasked: "Not asked yet.",
};
