/** What is said of how tools tell of themselves. */
export const toolHealthTexts = {
  title: "Tools that tell Kept of themselves",
  meaning:
    "A tool's hooks say which edits are its own as it makes them; its records say the same later, with requests and cost; its telemetry adds decisions and how long requests took.",
  window: "Everything since each tool was first heard of; of records, what was read lately",
  sample: { one: "{n} tool", other: "{n} tools" },
  waiting: "Asking …",
  none: "No AI tool was found for this user, and none was heard of.",
  noneHow: "Once one is installed it appears here, and can be connected with a button.",
  ways: { hook: "Hooks", log: "Its own records", telemetry: "Telemetry" },
  connected: "connected",
  notConnected: "not connected",
  outdated: "connected by an older Kept, which was told of less: connect it again",
  noHooks: "has none that Kept could use",
  never: "nothing was heard yet",
  last: "last heard {moment}",
  taken: "{n} taken in",
  waits: { one: "{n} waits to be read", other: "{n} wait to be read" },
  notUnderstood: {
    one: "{n} of {all} was not understood: the tool may have another form by now. Update Kept; “kept doctor” in a terminal names the lines of records.",
    other:
      "{n} of {all} were not understood: the tool may have another form by now. Update Kept; “kept doctor” in a terminal names the lines of records.",
  },
  connect: "Connect …",
  connectWhat: "Connect {tool}: {way}",
};

/** What is said of tools' own figures. */
export const toolsSayTexts = {
  title: "What tools say of their own edits",
  meaning:
    "By their telemetry, of all folders, beside Kept's samples of the same tool's edits. It is in no other number: tools do not say which edits they mean.",
  pitfalls: "The two do not have the same edits in them: each counts those that it saw itself.",
  sample: "at one time at most {theirs} by a tool, {ours} by Kept",
  decided: { one: "{n} decision", other: "{n} decisions" },
  head: "After the edit",
  theirs: "The tool says",
  ours: "Kept says",
  measures: { fourGram: "{tool}: how alike the text still is", noRevert: "{tool}: edits not taken back" },
  value: "{share} of {n}",
  noSamples: "no samples",
  decisions: {
    person: "{tool}: of {n} edits you decided on you accepted {share}.",
    rule: "{tool}: of {n} edits that a rule decided on it accepted {share}.",
    unknown: "{tool}: of {n} edits {share} were accepted; it does not say by whom.",
  },
};
