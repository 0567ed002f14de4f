import { amountWords } from "../metrics/amountWords.ts";
import { inputs, type Unit as MetricUnit } from "../metrics/metric.ts";
import { metrics } from "../metrics/metrics.ts";
import { languageName } from "../languageName.ts";
import { percent } from "../percent.ts";
import type { TypeOf, ValueType } from "./condition.ts";
import type { Values } from "./evaluate.ts";
import { facts } from "./factTable.ts";

/** How a number is written in a message. */
export type Unit = "count" | "ratio" | "share" | "minutes" | "dollars" | "text" | MetricUnit;

export interface Variable {
  readonly unit: Unit;
  /** Written as screens and reports write it, with its unit. */
  readonly isMetric?: boolean;
  /** What it is, for whoever writes a rule. */
  readonly words: string;
}

const kinds = ["ai", "human", "tooling", "external", "unknown"] as const;

/** Every name that a rule may speak of: facts, sums of the last 30 days, and the metrics that can be measured. */
export const variables: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ...Object.entries<Readonly<Record<string, readonly [Unit, string]>>>(facts).flatMap(([part, own]) =>
    Object.entries(own).map(([name, [unit, words]]): [string, Variable] => [
      `${part}.${name}`,
      { unit, words },
    ]),
  ),
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
      const of = { unit, isMetric: true };
      return [
        [id, { ...of, words: `${name}, last 30 days` }],
        [`${id}.low`, { ...of, words: `lower bound of the 95 % interval of ${id}` }],
        [`${id}.high`, { ...of, words: `upper bound of the 95 % interval of ${id}` }],
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
    const value = values.get(name)!;
    const variable = variables.get(name)!;
    const text = name.endsWith(".language") ? languageName(String(value)) : written(value, variable);
    if (one === undefined) return text;
    const isLong = variable.unit === "minutes" && typeof value === "number" && value >= longMinutes;
    return isLong ? hoursText(value) : `${text} ${text === "1" ? one : more}`;
  });
}

/** From two hours on minutes are hard to read. */
const longMinutes = 120;

function hoursText(minutes: number): string {
  const whole = Math.round(minutes);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

function written(value: number | string, { unit, isMetric }: Variable): string {
  if (typeof value === "string") return value;
  if (isMetric && unit !== "share") return amountWords(value, unit as MetricUnit);
  if (unit === "dollars") return `$${value.toFixed(2)}`;
  if (unit === "ratio") return value.toFixed(1);
  return unit === "share" ? percent(value) : Math.round(value).toLocaleString("en");
}
