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
};
