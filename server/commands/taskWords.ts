import { dollarsText } from "../../core/requests/money.ts";
import { taskTypes } from "../../core/requests/taskType.ts";
import { taskModeOf, taskModes, taskModeWords } from "../../core/requests/taskMode.ts";
import type { Task } from "../../core/requests/tasks.ts";

const tiers = ["fast", "standard", "heavy", "unknown"] as const;

const wordsOf = {
  input: "input",
  output: "output",
  cacheRead: "read from cache",
  cacheWrite: "written to cache",
};

/** What a tool's tasks come to, in lines. `files` is how many were read, where they were. */
export function toolInWords(tool: string, own: readonly Task[], files: number | undefined): string[] {
  const sum = (part: (task: Task) => number) => own.reduce((total, task) => total + part(task), 0);
  const requests = sum((task) => task.requests);
  const isCounted =
    sum(({ tokens }) => tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite) > 0;
  const unpriced = sum((task) => task.unpricedRequests);
  const cost = own.some(({ costUsd }) => costUsd !== null)
    ? `${dollarsText(1e9 * sum(({ costUsd }) => costUsd ?? 0))} by list prices`
    : "no price known";
  const edits = sum((task) => task.edits.length);
  const kinds = taskTypes.flatMap((type) => {
    const number = own.filter((task) => task.type === type).length;
    return number > 0 ? `${number.toLocaleString("en")} ${type}` : [];
  });
  const modes = taskModes.flatMap((mode) => {
    const number = own.filter((task) => taskModeOf(task.modes) === mode).length;
    return number > 0 ? `${number.toLocaleString("en")} ${taskModeWords(mode)}` : [];
  });
  return [
    `${tool}: ${counted(own.length, "task")}${files === undefined ? "" : ` in ${counted(files, "file")}`}, ${requests > 0 ? counted(requests, "request") : isCounted ? "sums of sessions alone" : "no request told"}, ${counted(edits, "edit")}`,
    ...(requests === 0 && !isCounted
      ? ["  tokens and cost: not in what this tool records"]
      : [
          `  tokens: ${(["input", "output", "cacheRead", "cacheWrite"] as const)
            .map((part) => `${wordsOf[part]} ${sum(({ tokens }) => tokens[part]).toLocaleString("en")}`)
            .join(", ")}`,
          `  cost: ${cost}${billedInWords(own)}${unpriced > 0 ? `, ${counted(unpriced, "request")} unpriced` : ""}`,
        ]),
    `  modes: ${modes.join(", ")}`,
    `  kinds of work: ${kinds.join(", ")}`,
    ...(requests > 0 ? [`  requests: ${requestsInWords(own, requests)}`] : []),
  ];
}

/** Of older requests only sums are left, so it says of how many it speaks. */
function requestsInWords(own: readonly Task[], requests: number): string {
  const single = own.reduce((total, { work }) => total + work.singleRequests, 0);
  if (single === 0) return "none of them is known by itself any more";
  const sum = (part: (work: Task["work"]) => number) =>
    own.reduce((total, { work }) => total + part(work), 0);
  const byTier = tiers.flatMap((tier) => {
    const number = sum((work) => work.tiers[tier] ?? 0);
    return number > 0 ? `${number.toLocaleString("en")} ${tier}` : [];
  });
  const told = sum((work) => work.latency?.requests ?? 0);
  const slowest = Math.max(...own.map(({ work }) => work.latency?.medianMs ?? 0));
  const quickest = Math.min(...own.map(({ work }) => work.latency?.medianMs ?? Infinity));
  const range = slowest === quickest ? seconds(slowest) : `${seconds(quickest)} to ${seconds(slowest)}`;
  return [
    `by tier ${byTier.join(", ")}`,
    `by subagents ${sum((work) => work.subagentRequests).toLocaleString("en")}`,
    told === 0
      ? "how long they took is not told"
      : `median of a task ${range} (${told.toLocaleString("en")} told)`,
    ...(single < requests ? [`of ${single.toLocaleString("en")} that are known by themselves`] : []),
  ].join("; ");
}

function billedInWords(own: readonly Task[]): string {
  const billed = new Map<string, number>();
  for (const { currency, amount } of own.flatMap(({ work }) => work.billed))
    billed.set(currency, (billed.get(currency) ?? 0) + amount);
  return [...billed]
    .map(([currency, amount]) => `, ${currency} ${written(amount)} by the tool itself`)
    .join("");
}

/** What is less than a hundredth says so. */
function written(amount: number): string {
  return amount > 0 && amount < 0.01 ? "<0.01" : amount.toFixed(2);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function counted(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}
