/** What the view of cost and requests says. */
export const costTexts = {
  empty: "No request is known yet",
  emptyWhy:
    "What a request cost is in the records that tools keep of themselves on this machine. As soon as there are some, this view shows:",
  emptyList: [
    "tokens by kind, and how many of them came from a cache",
    "what they cost by list prices of the day; what has no price is shown as unpriced, never as free",
    "the cost of a change that was kept, and the tasks that kept nothing",
    "how long answers take, by tool and model",
  ],
  requests: { one: "{n} request", other: "{n} requests" },
  tasks: { one: "{n} task", other: "{n} tasks" },
  tokens: { one: "{n} token", other: "{n} tokens" },
  window: "{period}, from the records of tools on this machine",

  spend: "What it cost",
  spendMeaning:
    "The list price of the tokens of all requests, at the price of each day. Who pays by subscription pays something else.",
  spendOf: "by list price, for {requests}",
  unpriced: "unpriced",
  unpricedWhat: {
    one: "{n} request has no known price and is in no amount.",
    other: "{n} requests have no known price and are in no amount.",
  },
  billed: "Billed, as the tools say: {amounts}.",
  day: "Day",
  from: "From",

  perChange: "A change that was kept",
  perChangeMeaning:
    "The list price of the tasks whose requests all have a price, divided by their edits of which something is left. Drawn by task, because what one task does belongs together.",
  perChangeOf: "a change of which something is left",
  perChangeFew: "Not enough data: needs about {n} more tasks that wrote something.",

  perChangeWeeks: "A kept change, week by week",
  perChangeWeeksMeaning:
    "The same of the tasks that began in each seven days. Of later weeks less was removed by now, so that a rising cost is sure and a falling one is not.",
  perChangeWeeksFew: "No seven days of the period have {n} tasks that wrote something.",
  perChangeWeek: "{period}: {amount}",
  interval: "{amount} ({low} to {high})",
  perChangeUsual: "the whole period: {low} to {high}",

  tokensTitle: "Tokens by kind",
  tokensMeaning:
    "What went into models and came out of them. Input never includes what a cache held; reasoning is part of the output.",
  kinds: {
    input: "Input",
    cacheRead: "Read from a cache",
    cacheWrite: "Written to a cache",
    output: "Output",
    reasoning: "of it reasoning",
  },
  tokensHead: "Kind",
  amount: "Tokens",
  share: "Share",
  cacheShare: "Read from a cache",
  cacheShareMeaning:
    "Of all tokens that went into models: the share that was read from a cache, which costs a tenth or less. Drawn by task.",
  cached: "of what went in was read from a cache",

  tiers: "Requests by tier",
  tiersMeaning:
    "How much a model thinks before it answers, and what it costs: by a table of models. What is not in it is unknown.",
  tierNames: { fast: "Fast", standard: "Standard", heavy: "Heavy", unknown: "Unknown" },
  whole: "The whole period",

  outcomes: "What tasks came to",
  outcomesMeaning:
    "A task is a tool's conversation. It kept something if an edit of its is still there in part; exploring is no waste, and what was not seen here is unknown.",
  outcome: {
    kept: "Kept something",
    nothing: "Kept nothing",
    noEdits: "Wrote nothing",
    unknown: "Not known",
  },
  outcomeHead: "What became of it",
  outcomeTasks: "Tasks",
  byType: "By kind of task",
  taskHead: "Kind of task",
  types: {
    feature: "Feature",
    fix: "Fix",
    refactor: "Refactoring",
    tests: "Tests",
    docs: "Documentation",
    config: "Configuration",
    unknown: "Not known",
  },

  dearest: "Dearest tasks that kept nothing",
  dearestMeaning:
    "Tasks that wrote something of which nothing is left, by the list price of their requests. Exploring is no waste; what was never recorded here is not among them.",
  dearestNone: "No task of this period wrote something of which nothing is left, as far as is known.",
  dearestHead: "Task",
  dearestEdits: "Edits",
  dearestName: "{tool}, {day}",

  latencies: "How long answers take",
  latenciesMeaning:
    "From a request to the end of its answer, of those of which it is known: half are quicker than the first dot, 95 of 100 than the second, 99 of 100 than the third. The axis grows by tens.",
  latenciesNone: "No tool says how long its answers take.",
  median: "Median",
  p95: "95 %",
  p99: "99 %",
  tierRow: "{tier}, all models",
  latencyAxis: "Median, 95 % and 99 % on an axis that grows by tens",

  pace: "Budget and plans",
  paceMeaning:
    "The month against kept.budget.monthUsd, by list price and of everywhere; what it comes to at its end by the same weekdays of the eight weeks before. And what tools say of their plans: how much of a window is used, against how much of it was over.",
  noBudget: "No budget is set.",
  setBudget: "Set a budget …",
  budgetOf: "of {budget}, with {month} of the month over",
  budgetStates: { within: "● within the budget", near: "▲ four fifths are spent", over: "▲ spent" },
  forecast: "At its end about {amount} ({low} to {high}).",
  forecastFew: "Not enough data for what it comes to: {n} of 14 days with requests.",
  planHead: "Plan",
  planWindow: "{tool}, {length}",
  used: "Used",
  elapsed: "Time gone",
  plans: { one: "{n} plan", other: "{n} plans" },
  spentDays: { one: "{n} day with requests in eight weeks", other: "{n} days with requests in eight weeks" },
  noPlan: "No tool says what its plan allows.",
  planLater: "said {at}",
  plan: {
    lasts: "● lasts until {reset} at this pace",
    runsOut: "▲ used up about {at} at this pace, renewed {reset}",
    usedUp: "▲ used up, renewed {reset}",
    over: "◌ ended {reset}; nothing was said since",
    early: "◌ too early to speak of a pace",
    unknown: "◌ the tool does not say when it is renewed",
  },

  models: "By tool and model",
  modelsMeaning: "Dearest first. The time is the median, of those of which it is known.",
  model: "Model",
  tier: "Tier",
  count: "Requests",
  cost: "Cost",
  latency: "Time",
  noModel: "Model not known",
};
