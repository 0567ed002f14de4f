/** What the Data view says of sharing with an organisation. */
export const sharingTexts = {
  title: "Sharing",
  none: "Nothing is shared: you joined no organisation.",
  forbidden: "An administrator of this machine forbids sharing.",
  deletions: {
    one: "One request to delete what was sent is still under way. It goes out within an hour while an editor is open.",
    other:
      "{n} requests to delete what was sent are still under way. They go out one by one within an hour while an editor is open.",
  },
  withTeam: "Sums of work folders are shared with {sender}, in the team {team}, since {moment}.",
  withoutTeam: "You joined {sender} on {moment}. It has not answered yet.",
  toSink:
    "Sums of weeks of work folders are shared with the collector at {sender} since {moment}. Nobody there protects small groups, and what was sent cannot be deleted from here.",
  agrees: "Everything agrees: what is due is sent.",
  stopped: {
    forbidden: "Nothing is sent: an administrator of this machine forbids it.",
    telemetryOff: "Nothing is sent: the editor's telemetry switch is off.",
    paused: "Nothing is sent: you paused it. What you do meanwhile is never shared.",
    invitationRefused: "Nothing is sent: the organisation refused the invitation. Ask for another one.",
    unauthorized:
      "Nothing is sent: this machine is not let in any more. Kept asks again by itself, ever less often. If that stays so, stop sharing and join with another invitation.",
    headersMissing:
      "Nothing is sent: the header fields that the collector asks for are not in this editor's secret storage. Stop sharing and join again to type them.",
    newFields:
      "Nothing is sent: this Kept knows more fields than you agreed to. Join again shows the difference.",
  },
  counts: {
    waitingEdits: "Edits that wait for their day to end",
    waitingEditsSink: "Edits that wait for their week to end",
    waiting: "Batches that wait",
    sent: "Batches sent in the last 30 days",
    refused: "Batches refused",
  },
  countsMeaning: "Counted on this machine. Which they are is listed below.",
  countsSince: "Since you agreed, {moment}; what was sent or refused, for 30 days.",
  countsSample: { one: "{n} batch is listed", other: "{n} batches are listed" },
  folders: "Which folders are work",
  foldersWhy: "Of others nothing is shared, or even counted.",
  noFolder: "No folder is open.",
  work: "work",
  private: "private",
  because: {
    policy: "its own policy forbids it",
    person: "as you said",
    list: "on the organisation's list",
    none: "not on the organisation's list",
  },
  becauseSink: { list: "on an administrator's list", none: "on nobody's list" },
  markWork: "Mark {folder} as work",
  markPrivate: "Mark {folder} as private",
  markAsListed: "{folder}: as listed by the organisation",
  mark: { work: "Work", private: "Private", asListed: "As listed" },
  nextWhySink:
    "Of weeks that are not over, rounded as it would be. It is made here when you look, and not sent.",
  next: "What would leave now",
  nextWhy: "Of days that are not over, rounded as it would be. It is made here when you look, and not sent.",
  nextNone: "Nothing waits.",
  batches: "What left, waits or was refused",
  batchesNone: "Nothing was sent in the last 30 days, and nothing waits.",
  batch: "{week}: {state}",
  states: { sent: "sent", waiting: "waits", refused: "refused" },
  on: "on {moment}",
  records: { one: "{n} record", other: "{n} records" },
  newFields: "Fields you have not agreed to",
};
