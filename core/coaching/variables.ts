import { inputs } from "../metrics/metric.ts";
import { metrics } from "../metrics/metrics.ts";
import type { TypeOf, ValueType } from "./condition.ts";
import type { Values } from "./evaluate.ts";

/** How a number is written in a message. */
type Unit = "count" | "share" | "minutes" | "dollars" | "text";

export interface Variable {
  readonly unit: Unit;
  /** What it is, for whoever writes a rule. */
  readonly words: string;
}

/** What is looked at for coaching alone: recent edits, what is not committed, and the files that brief an agent. */
export const factVariables = {
  "uncommitted.lines": { unit: "count", words: "AI lines in no commit, generated files left out" },
  "uncommitted.files": { unit: "count", words: "files with AI lines in no commit" },
  "uncommitted.unread": { unit: "count", words: "AI lines in no commit that were never on screen" },
  "checkpoint.turns": {
    unit: "count",
    words:
      "times an agent or a chat edited since the last commit or test run, edits within a minute being one",
  },
  "checkpoint.edits": { unit: "count", words: "edits in these turns" },
  "checkpoint.minutes": { unit: "minutes", words: "since the first of these edits" },
  "unseen.blocks": {
    unit: "count",
    words: "AI blocks of 30 lines or more of today that were never on screen",
  },
  "unseen.lines": { unit: "count", words: "lines in these blocks" },
  "rewritten.tool": { unit: "text", words: "tool whose text in one language is rewritten most" },
  "rewritten.language": { unit: "text", words: "that language" },
  "rewritten.survival": { unit: "share", words: "how much of that text is left after 15 minutes" },
  "rewritten.average": { unit: "share", words: "the same for all AI text" },
  "rewritten.n": { unit: "count", words: "edits in that" },
  "undone.edits": { unit: "count", words: "of the last AI edits, those undone within 15 minutes" },
  "undone.of": { unit: "count", words: "the last AI edits that are looked at, at most 10" },
  "drift.turns": { unit: "count", words: "turns in the latest session of a tool" },
  "drift.edits": { unit: "count", words: "edits in that session whose text was followed" },
  "drift.early": { unit: "share", words: "how much of its first 10 edits was left after 15 minutes" },
  "drift.late": { unit: "share", words: "how much of its last 10 edits was left after 15 minutes" },
  "untested.lines": { unit: "count", words: "AI lines of source code in no commit" },
  "untested.tests": { unit: "count", words: "test files edited today" },
  "untested.days": {
    unit: "count",
    words: "days of the last 14 with 80 AI lines of source code or more and no test edited",
  },
  "untested.known": { unit: "count", words: "test files edited in the last 30 days" },
  "contextFile.name": { unit: "text", words: "the longest file that briefs agents here" },
  "contextFile.lines": { unit: "count", words: "its lines" },
  "contextFile.missing": { unit: "count", words: "paths it names that are not there" },
  "machineContext.name": {
    unit: "text",
    words: "a file that briefs agents, was written by AI in one go, and was not touched by you for a day",
  },
  "machineContext.lines": { unit: "count", words: "its lines" },
  "spiky.share": {
    unit: "share",
    words: "of the last 7 days' committed AI lines, those in the two largest commits",
  },
  "spiky.before": { unit: "share", words: "the same for the 7 days before" },
  "spiky.lines": { unit: "count", words: "AI lines committed in the last 7 days" },
  "sensitive.area": { unit: "text", words: "the area that needs care with most AI lines in no commit" },
  "sensitive.lines": { unit: "count", words: "AI lines in no commit in that area" },
  "sticks.tool": { unit: "text", words: "tool whose text in one language is kept best" },
  "sticks.language": { unit: "text", words: "that language" },
  "sticks.kept": { unit: "share", words: "how much of that text is still there" },
  "sticks.low": { unit: "share", words: "lower bound of its 95 % interval" },
  "sticks.high": { unit: "share", words: "upper bound of its 95 % interval" },
  "sticks.others": { unit: "share", words: "how much of all other AI text is still there" },
  "cache.share": {
    unit: "share",
    words: "of all that went into requests in 30 days, what was read from a cache",
  },
  "cache.requests": { unit: "count", words: "requests to models in 30 days" },
  "cache.prompt": { unit: "count", words: "tokens that go into a request on average" },
  "sticks.n": { unit: "count", words: "edits in that" },
  "heavy.tasks": {
    unit: "count",
    words: "tasks of 7 days that changed 20 lines of one file at most, and used a model of the heavy tier",
  },
  "heavy.cost": { unit: "dollars", words: "their list price, where all of it is known" },
  "costly.cost": {
    unit: "dollars",
    words: "list price of the dearest task of the last two days of which nothing was kept",
  },
  "costly.tool": { unit: "text", words: "its tool" },
  "costly.median": { unit: "dollars", words: "the median list price of your tasks of 30 days" },
  "costly.n": { unit: "count", words: "tasks of 30 days whose price is known" },
  "thrash.times": {
    unit: "count",
    words:
      "times in 7 days that another tool wrote into a file within 15 minutes, and the first one's text was half gone by then",
  },
  "branch.lines": { unit: "count", words: "lines that the branch changes, beside the one it goes to" },
  "branch.files": { unit: "count", words: "files that it changes" },
  "branch.commits": { unit: "count", words: "commits that it is ahead" },
  "branch.ai": { unit: "share", words: "of the lines that these commits brought, those known to be AI's" },
  "branch.minutes": { unit: "minutes", words: "to review it, at 5 lines a minute" },
  "branch.unexplained": {
    unit: "count",
    words: "of these commits, those of 20 lines or more that are mostly AI's and have only a subject",
  },
  "outside.tool": {
    unit: "text",
    words: "the tool used most in 7 days that is not on the list for its folder",
  },
  "outside.edits": { unit: "count", words: "its edits there" },
} as const satisfies Record<string, Variable>;
export type FactName = keyof typeof factVariables;

const kinds = ["ai", "human", "tooling", "external", "unknown"] as const;

/** Every name that a rule may speak of: facts, sums of the last 30 days, and the metrics that can be measured. */
export const variables: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ...Object.entries(factVariables),
  ...kinds.map((kind): [string, Variable] => [
    `${kind}.chars`,
    { unit: "count", words: `characters inserted with the origin ${kind}, last 30 days` },
  ]),
  ["ai.edits", { unit: "count", words: "AI edits, last 30 days" }],
  ["kept.share", { unit: "share", words: "of what AI wrote in 30 days, what is still there" }],
  ["kept.n", { unit: "count", words: "edits in that" }],
  ["today.kept", { unit: "share", words: "of what AI wrote today, what is still there" }],
  ["today.n", { unit: "count", words: "edits in that" }],
  ...metrics
    .filter(({ input }) => inputs[input].atHand)
    .flatMap(({ id, name, unit }): [string, Variable][] => {
      const value: Unit = unit === "share" ? "share" : unit === "minutes" ? "minutes" : "count";
      return [
        [id, { unit: value, words: `${name}, last 30 days` }],
        [`${id}.low`, { unit: value, words: `lower bound of the 95 % interval of ${id}` }],
        [`${id}.high`, { unit: value, words: `upper bound of the 95 % interval of ${id}` }],
        [`${id}.n`, { unit: "count", words: `sample of ${id}` }],
      ];
    }),
]);

export const typeOfVariable: TypeOf = (name) => {
  const variable = variables.get(name);
  return variable && typeOfUnit(variable.unit);
};

function typeOfUnit(unit: Unit): ValueType {
  return unit === "text" ? "text" : "number";
}

/** `{name}`, or `{name|one|more}` with the noun that goes with the number. */
const quote = /\{([^{}|]*)(?:\|([^{}|]*)\|([^{}|]*))?\}/g;

/** The names that a message quotes, in its order. */
export function namesInMessage(message: string): string[] {
  return [...message.matchAll(quote)].map(([, name]) => name!);
}

/** A message with its numbers; undefined where one of them is not known. */
export function fillMessage(message: string, values: Values): string | undefined {
  if (namesInMessage(message).some((name) => !values.has(name))) return undefined;
  return message.replace(quote, (_, name: string, one?: string, more?: string) => {
    const text = written(values.get(name)!, variables.get(name)!);
    return one === undefined ? text : `${text} ${text === "1" ? one : more}`;
  });
}

function written(value: number | string, { unit }: Variable): string {
  if (typeof value === "string") return value;
  if (unit === "dollars") return `$${value.toFixed(2)}`;
  return unit === "share" ? `${Math.round(value * 100)} %` : String(Math.round(value));
}
