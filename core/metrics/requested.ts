/** A figure that people ask for when they judge AI in development, and what Kept answers. */
export type Requested =
  | {
      readonly name: string;
      readonly answer: "metric";
      readonly metrics: readonly string[];
      /** What these metrics do not answer of it. */
      readonly lacks?: string;
    }
  /** Known elsewhere: an org will enter it, with its source and date. */
  | { readonly name: string; readonly answer: "byHand"; readonly reason: string }
  | { readonly name: string; readonly answer: "leftOut"; readonly reason: string };

/** All of them, so that what is not measured is seen to be left out on purpose. */
export const requested: readonly Requested[] = [
  {
    name: "Scorecard of speed, quality, reliability and cost",
    answer: "metric",
    metrics: ["A1", "S1", "Q4", "R1", "C3"],
  },
  { name: "AI credits and usage-based billing", answer: "metric", metrics: ["C11"] },
  { name: "Model mix", answer: "metric", metrics: ["A4", "C7"] },
  { name: "Time to deployment", answer: "metric", metrics: ["S1", "S6"] },
  { name: "Utilisation of resources", answer: "byHand", reason: "known to the platform's own monitoring" },
  { name: "Reuse of components and models", answer: "byHand", reason: "known to a register of components" },
  { name: "Developer productivity", answer: "metric", metrics: ["S3", "S4"] },
  {
    name: "Accuracy of a model's performance",
    answer: "byHand",
    reason: "known where the model is run",
  },
  { name: "Compliance with governance", answer: "metric", metrics: ["G2", "G3"] },
  { name: "Uptime of production systems", answer: "metric", metrics: ["R6"] },
  { name: "Frequency of risk incidents", answer: "byHand", reason: "kept in a register of risks" },
  { name: "Return of a project", answer: "metric", metrics: ["B1"] },
  {
    name: "Business value delivered",
    answer: "byHand",
    reason: "an amount with evidence, entered by its owner",
  },
  { name: "Cost of a delivered project", answer: "metric", metrics: ["C12"] },
  { name: "Effect on revenue", answer: "byHand", reason: "an amount with evidence, entered by its owner" },
  {
    name: "Initiatives that fit the strategy",
    answer: "byHand",
    reason: "a judgement of people, not a measurement",
  },
  {
    name: "Adoption across business units",
    answer: "metric",
    metrics: ["A1"],
    lacks: "here of one person's days; an org's console tells it of teams that are large enough",
  },
  { name: "Satisfaction of executives", answer: "metric", metrics: ["G5"] },
  { name: "Change of culture", answer: "metric", metrics: ["G5"] },
  { name: "Projects in the pipeline", answer: "metric", metrics: ["B6"] },
  {
    name: "Pass rate of production readiness",
    answer: "byHand",
    reason: "decided in a review, entered with its date",
  },
  { name: "Success rate of projects", answer: "metric", metrics: ["B6"] },
  {
    name: "Training: awareness, participation, skills, support",
    answer: "byHand",
    reason: "known to the training system",
  },
  { name: "Quality of data and time to get at them", answer: "byHand", reason: "known to the data platform" },
  { name: "Cost by model", answer: "metric", metrics: ["C2", "C7"] },
  { name: "Daily active use", answer: "metric", metrics: ["A1"] },
  { name: "Productivity lift", answer: "metric", metrics: ["S3"] },
  { name: "Rework rate", answer: "metric", metrics: ["Q4"] },
  { name: "Incidents with and without AI", answer: "metric", metrics: ["Q8"] },
  { name: "Code churn", answer: "metric", metrics: ["Q4", "Q5"] },
  { name: "Time in review", answer: "metric", metrics: ["S2", "V1"] },
  { name: "Bugs by developer", answer: "metric", metrics: ["Q7"] },
  { name: "AI share of commits", answer: "metric", metrics: ["A2"] },
  { name: "AI lines in a pull request", answer: "metric", metrics: ["A3", "V6"] },
  { name: "Delivery of a pull request against comparable ones", answer: "metric", metrics: ["S3"] },
  { name: "Incidents of a pull request after 30 days", answer: "metric", metrics: ["Q8"] },
  { name: "Number of tools in use", answer: "metric", metrics: ["A4"] },
  { name: "Use that one vendor does not see", answer: "metric", metrics: ["G1"] },
  {
    name: "Effect of each tool by kind of task",
    answer: "metric",
    metrics: ["Q2", "Q4"],
    lacks: "of what tools write, not by kind of task",
  },
  {
    name: "Spiky AI commits",
    answer: "leftOut",
    reason: "a hint for one person, given as a tip; as a number it would rate people",
  },
  { name: "Stability of contributions", answer: "metric", metrics: ["Q5"] },
  { name: "Technical debt of AI code", answer: "metric", metrics: ["Q5", "Q7", "Q11"] },
  { name: "Review latency, commits and cycle time", answer: "metric", metrics: ["S1", "S2"] },
  { name: "Precision, recall and F1", answer: "metric", metrics: ["R8"] },
  {
    name: "Errors of regression and of texts (RMSE, MAE, BLEU, ROUGE)",
    answer: "leftOut",
    reason: "says how well a model does its own job; Kept is about the code it writes",
  },
  { name: "Latency percentiles", answer: "metric", metrics: ["S5"] },
  { name: "Throughput of a service", answer: "byHand", reason: "known to the service's own monitoring" },
  { name: "Completeness and freshness of data", answer: "metric", metrics: ["G1", "R6"] },
  {
    name: "Time saved by task, tasks automated, capacity freed",
    answer: "byHand",
    reason: "an estimate with evidence, entered by its owner",
  },
  {
    name: "Fewer errors, more consistency in a process",
    answer: "byHand",
    reason: "measured where the process runs",
  },
  {
    name: "Conversion and other revenue figures",
    answer: "leftOut",
    reason: "cannot be attributed to how code was written",
  },
  { name: "Cost of a task, fully loaded", answer: "metric", metrics: ["C12", "C5"] },
  { name: "Availability", answer: "metric", metrics: ["R6"] },
  { name: "Drift", answer: "metric", metrics: ["R7"] },
  {
    name: "Error rates of requests",
    answer: "leftOut",
    reason: "tools' records do not tell alike which requests failed; of edits that failed R1 does",
  },
  {
    name: "Use of GPU, memory and storage",
    answer: "byHand",
    reason: "known to the platform's own monitoring",
  },
  {
    name: "The one business metric that matters most",
    answer: "byHand",
    reason: "chosen and entered by its owner, with its baseline",
  },
  { name: "Cycle time of a shipped pull request", answer: "metric", metrics: ["S1"] },
  { name: "Defect escape", answer: "metric", metrics: ["Q7"] },
  { name: "Reviewer load", answer: "metric", metrics: ["V1"] },
  { name: "Throughput of new features", answer: "metric", metrics: ["S4"] },
  { name: "Acceptance, lines and satisfaction, called vanity", answer: "metric", metrics: ["Q1", "G5"] },
  { name: "Time from pilot to an audited return", answer: "metric", metrics: ["B6"] },
  { name: "Pilots that fail", answer: "metric", metrics: ["B6"] },
  { name: "Licences used against throughput", answer: "metric", metrics: ["A8"] },
  { name: "Tier mix of requests", answer: "metric", metrics: ["C7"] },
  { name: "Blended cost of a request", answer: "metric", metrics: ["C2"] },
  { name: "Share of cached tokens", answer: "metric", metrics: ["C6"] },
  { name: "Token accounting", answer: "metric", metrics: ["C1"] },
  {
    name: "Route decisions and their confidence",
    answer: "leftOut",
    reason: "belongs to a gateway's router, which Kept is not",
  },
  { name: "Latency of a tier", answer: "metric", metrics: ["S5"] },
  {
    name: "Prices of a tier",
    answer: "leftOut",
    reason: "a list price is looked up, not measured; what requests come to by it is C2",
  },
  { name: "Outcome after 14, 30 and 90 days", answer: "metric", metrics: ["Q6", "Q8", "Q9"] },
  { name: "What reviewers did", answer: "metric", metrics: ["V1", "V2", "V3"] },
  { name: "Cost and spend of a team", answer: "metric", metrics: ["C2", "C4"] },
  { name: "Reverts and incidents", answer: "metric", metrics: ["Q6", "Q8"] },
  { name: "Extra cost of one's own hardware", answer: "byHand", reason: "a line of the cost report" },
  { name: "Cost of compliance before licences", answer: "byHand", reason: "a line of the cost report" },
  { name: "Volume, hours saved, return and payback", answer: "metric", metrics: ["B1", "B2"] },
];

/** How some of these are to be computed, as it is asked for. */
export const requestedFormulas: readonly Requested[] = [
  { name: "Volume of pull requests in a year", answer: "metric", metrics: ["B1"] },
  { name: "Hours saved: change of cycle time × volume", answer: "metric", metrics: ["B1", "S1"] },
  { name: "Reviewers' minutes: change × volume", answer: "metric", metrics: ["B1", "V1"] },
  { name: "Savings: hours × rate + contractors + incidents", answer: "metric", metrics: ["B1"] },
  { name: "Net return: (savings − spend) ÷ spend", answer: "metric", metrics: ["B1"] },
  { name: "Payback: one-time cost ÷ monthly net savings", answer: "metric", metrics: ["B2"] },
  { name: "Defect escape: production ÷ caught in CI", answer: "metric", metrics: ["Q7"] },
  {
    name: "A worked example of a return",
    answer: "leftOut",
    reason: "an example; it becomes a golden value where a return is computed",
  },
  {
    name: "Which request goes to which model",
    answer: "leftOut",
    reason: "belongs to a gateway's router, which Kept is not",
  },
  {
    name: "A target between requirement and ceiling, against the time before AI",
    answer: "byHand",
    reason: "a target is a setting or a policy's; the baseline beside it comes from git",
  },
];
