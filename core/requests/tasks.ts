import type { Mode } from "../../protocol/origin.ts";
import { pathBelow, typeOfTask, type TaskType } from "./taskType.ts";
import { taskWork, type RequestOfTask, type TaskWork } from "./taskWork.ts";
import { changedLinesOf, type ChangedLines } from "../text/changedLines.ts";
import type { Tokens, ToolEdit, ToolRequest } from "../tools/toolRecords.ts";

/** A tool's session: the requests and edits that belong together. */
export interface Task {
  readonly tool: string;
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly models: readonly string[];
  /** How AI was used, as far as the tool is of one kind or says so. */
  readonly modes: readonly Mode[];
  /** What kind of work it was; of what is stored its commits say so, too. */
  readonly type: TaskType;
  readonly work: TaskWork;
  readonly requests: number;
  readonly tokens: Omit<Tokens, "cacheWriteLong">;
  /** Of the requests whose model has a price; null where none has. */
  readonly costUsd: number | null;
  readonly unpricedRequests: number;
  readonly edits: readonly TaskEdit[];
}

export interface TaskEdit {
  readonly path: string;
  readonly at: number;
  /** Null where the record does not tell. */
  readonly linesAdded: number | null;
  readonly linesDeleted: number | null;
  readonly outcome: ToolEdit["outcome"];
}

/** Gathers what readers find into tasks. The same request in several logs, resumed or branched off, is one. */
export class Tasks {
  readonly #priceOf: (request: ToolRequest) => number | undefined;
  readonly #requests = new Map<string, ToolRequest>();
  readonly #edits = new Map<
    string,
    { readonly edit: Omit<ToolEdit, "text">; readonly lines: ChangedLines }
  >();

  constructor(priceOf: (request: ToolRequest) => number | undefined) {
    this.#priceOf = priceOf;
  }

  addRequest(request: ToolRequest): void {
    const name = `${request.tool} ${request.id}`;
    const known = this.#requests.get(name);
    // Written while the answer comes in: the largest total is the whole of it.
    if (known && totalOf(known.tokens) >= totalOf(request.tokens)) return;
    this.#requests.set(name, known ? { ...request, session: known.session, at: known.at } : request);
  }

  /** The same call may stand in several records of a tool, of which one knows the model and another the outcome. */
  addEdit({ text, isEvidenceAlone, ...edit }: ToolEdit): void {
    if (isEvidenceAlone) return;
    const { tool, session, call, path, at } = edit;
    const name = [tool, call === undefined ? `${session} ${at}` : call, path].join(" ");
    const known = this.#edits.get(name)?.edit;
    const isLess = edit.outcome === "unknown" || edit.outcome === "proposed";
    const merged = known && {
      ...edit,
      model: edit.model ?? known.model,
      ...(isLess && { outcome: known.outcome === "proposed" ? edit.outcome : known.outcome, at: known.at }),
    };
    this.#edits.set(name, { edit: merged ?? edit, lines: changedLinesOf(text) });
  }

  /** The tasks with anything since a moment, the oldest first. */
  since(from: number): Task[] {
    const sessions = new Map<string, { requests: ToolRequest[]; edits: Known[] }>();
    const sessionOf = ({ tool, session }: { readonly tool: string; readonly session: string }) => {
      const name = `${tool} ${session}`;
      const known = sessions.get(name) ?? { requests: [], edits: [] };
      sessions.set(name, known);
      return known;
    };
    for (const request of this.#requests.values())
      if (request.at >= from) sessionOf(request).requests.push(request);
    for (const known of this.#edits.values())
      if (known.edit.at >= from) sessionOf(known.edit).edits.push(known);
    return [...sessions.values()]
      .map((one) => this.#taskOf(one))
      .sort((one, other) => one.startedAt - other.startedAt);
  }

  #taskOf({
    requests,
    edits,
  }: {
    readonly requests: readonly ToolRequest[];
    readonly edits: readonly Known[];
  }): Task {
    const { tool, session } = requests[0] ?? edits[0]!.edit;
    const times = [...requests.map(({ at }) => at), ...edits.map(({ edit }) => edit.at)];
    const prices = requests.map((request) => this.#priceOf(request));
    const single = requests.filter(({ isSum }) => isSum !== true);
    const known = prices.filter((price) => price !== undefined);
    const sum = (part: keyof Tokens) => requests.reduce((total, { tokens }) => total + tokens[part], 0);
    const modes = [...requests, ...edits.map(({ edit }) => edit)].flatMap(({ mode }) => mode ?? []);
    const place = requests.find(({ folder }) => folder !== undefined)?.folder;
    const below = place === undefined ? null : withSlashes(place);
    const paths = edits.map(({ edit }) => pathBelow(below, withSlashes(edit.path)));
    const work = taskWork(requests.map(requestOfTask));
    const models = [...requests, ...edits.map(({ edit }) => edit)].flatMap(({ model }) => model ?? []);
    return {
      tool,
      id: session,
      startedAt: times.reduce((least, at) => Math.min(least, at)),
      endedAt: times.reduce((most, at) => Math.max(most, at)),
      models: [...new Set(models)].sort(),
      modes: [...new Set(modes)].sort(),
      type: typeOfTask(null, paths),
      work,
      requests: single.length,
      tokens: {
        input: sum("input"),
        output: sum("output"),
        cacheRead: sum("cacheRead"),
        cacheWrite: sum("cacheWrite"),
        reasoning: sum("reasoning"),
      },
      costUsd: known.length === 0 ? null : rounded(known.reduce((total, price) => total + price, 0)),
      unpricedRequests:
        single.length - requests.filter(({ isSum }, at) => !isSum && prices[at] !== undefined).length,
      edits: edits
        .map(({ edit: { path, at, outcome }, lines }) => ({ path, at, ...lines, outcome }))
        .sort((one, other) => one.at - other.at),
    };
  }
}

interface Known {
  readonly edit: Omit<ToolEdit, "text">;
  readonly lines: ChangedLines;
}

function requestOfTask({ model, latencyMs, isSubagent, billed, isSum }: ToolRequest): RequestOfTask {
  return {
    model: model ?? null,
    latencyMs: latencyMs ?? null,
    subagent: isSubagent,
    isSum: isSum === true,
    billedNano: billed ? billed.amount * 1e9 : null,
    currency: billed?.currency ?? null,
  };
}

function withSlashes(place: string): string {
  return place.replaceAll("\\", "/");
}

export function totalOf({ input, output, cacheRead, cacheWrite }: Tokens): number {
  return input + output + cacheRead + cacheWrite;
}

/** Of a dollar, to a millionth of a cent. */
function rounded(amount: number): number {
  return Math.round(amount * 1e8) / 1e8;
}
