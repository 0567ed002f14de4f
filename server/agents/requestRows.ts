import { pathToFileURL } from "node:url";
import { localDay } from "../../core/day.ts";
import type { ToolEditLines, ToolRequest } from "../../core/tools/toolRecords.ts";
import type { OwnPrice } from "../../protocol/prices.ts";
import { costOf } from "../prices/priceOf.ts";
import type { StepKind, ToolStep } from "../../core/tools/toolSteps.ts";
import type { RequestRow, TaskEditRow, TaskKey } from "../store/requests.ts";
import type { StepRow } from "../store/steps.ts";
import { folderOfTool } from "./recordableFolder.ts";

export interface RowOptions {
  readonly hashText: (text: string) => string;
  readonly utcOffsetMinutes: (at: number) => number;
  readonly prices: readonly OwnPrice[];
  /** Tasks that several rows are of need to be named only once. */
  readonly tasks?: Map<string, TaskKey>;
}

/** Names are longer than any tool's; what is longer is no name. */
const longestName = 200;

/** Letters of a key, of up to six bits each: of a billion records no two have the same. */
const keyLetters = 16;

/** What tells a record apart, by a part of a keyed hash: each new one dirties a page of an index of them. */
function rowKey(hashText: RowOptions["hashText"], name: string): string {
  return hashText(name).slice(-keyLetters);
}

/** A tool's session, by a keyed hash: the same for its logs, its hooks and what the editor says of it. */
export function taskKey(
  hashText: (text: string) => string,
  { tool, session }: { readonly tool: string; readonly session: string },
): string {
  return hashText(`task ${tool} ${session}`);
}

/** A request as it is stored. */
export function requestRow(request: ToolRequest, options: RowOptions): RequestRow {
  const { tool, id, at, tokens, billed, latencyMs } = request;
  const moment = momentOf(at, options);
  const cost = costOf(request, localDay(moment).day, options.prices);
  return {
    key: rowKey(options.hashText, `request ${tool} ${id}`),
    task: taskOf(request, request.folder, options),
    ...moment,
    model: request.model?.slice(0, longestName) ?? null,
    mode: request.mode ?? null,
    ...tokens,
    latencyMs: latencyMs === undefined ? null : Math.round(latencyMs),
    costNano: cost?.costNano ?? null,
    priceVersion: cost?.priceVersion ?? null,
    billedNano: billed ? Math.round(billed.amount * 1e9) : null,
    currency: billed?.currency ?? null,
    subagent: request.isSubagent,
    isSum: request.isSum === true,
  };
}

/** What a record says of an edit, as it is stored; without the address of a file that may not be recorded. */
export function taskEditRow(edit: ToolEditLines, isNamed: boolean, options: RowOptions): TaskEditRow {
  const { tool, mode, session, call, path, at, proposedAt, linesAdded, linesDeleted, outcome } = edit;
  const name = [tool, call === undefined ? `${session} ${at}` : call, path].join(" ");
  return {
    key: rowKey(options.hashText, `edit ${name}`),
    task: taskOf(edit, undefined, options),
    ...momentOf(at, options),
    uri: isNamed ? pathToFileURL(path).href : "",
    mode,
    linesAdded,
    linesDeleted,
    outcome,
    ...(proposedAt !== undefined && { proposedAt }),
  };
}

/** What an agent did besides writing, as it is stored: of what was compared, a hash; of secrets, their kind. */
export function stepRow(step: ToolStep, options: RowOptions): StepRow {
  const { tool, id, at, kind, subject } = step;
  const { key, place } = taskOf(step, step.folder, options);
  const isNamed = subject === undefined || kind === "secret";
  return {
    key: rowKey(options.hashText, `step ${tool} ${id}`),
    taskKey: key,
    tool,
    place,
    ...momentOf(at, options),
    kind,
    subject: isNamed ? (subject ?? null) : stepSubject(options.hashText, kind, subject),
  };
}

/** By what two steps of a kind are known to be about the same. */
export function stepSubject(hashText: RowOptions["hashText"], kind: StepKind, subject: string): string {
  return hashText(`${kind === "passed" || kind === "failed" ? "run" : kind} ${subject}`);
}

function taskOf(
  record: { readonly tool: string; readonly session: string },
  folder: string | undefined,
  { hashText, tasks }: RowOptions,
): TaskKey {
  const name = [record.tool, record.session, folder].join("\n");
  const known = tasks?.get(name);
  if (known) return known;
  const place = folderOfTool(folder);
  const task = {
    key: taskKey(hashText, record),
    tool: record.tool,
    place: place === undefined ? null : pathToFileURL(place).href,
  };
  tasks?.set(name, task);
  return task;
}

function momentOf(at: number, { utcOffsetMinutes }: RowOptions) {
  return { at: Math.trunc(at), utcOffsetMinutes: utcOffsetMinutes(at) };
}
