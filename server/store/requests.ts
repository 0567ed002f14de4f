import { localDay, type LocalMoment } from "../../core/day.ts";
import { latencyBucket } from "../../core/requests/requestLatency.ts";
import type { TriedEdits } from "../../core/requests/taskEdits.ts";
import type { TaskMoments } from "../../core/requests/timedTasks.ts";
import type { TaskType } from "../../core/requests/taskType.ts";
import type { ListPlace } from "../../protocol/editsBehind.ts";
import type { Mode } from "../../protocol/origin.ts";
import type { StepRow, TriedEditRow } from "./steps.ts";
import type { EditRow, OriginRow, SumsRange, Written } from "./store.ts";
import { filledUp } from "./toldRequests.ts";

/** The task that something belongs to: a tool's session. */
export interface TaskKey {
  /** Keyed hash of the tool and its own id of the session. */
  readonly key: string;
  readonly tool: string;
  /** Address of the folder the tool worked in; null where it is not known. */
  readonly place: string | null;
}

/** Tokens by kind. `input` never includes what was cached; `reasoning` is part of `output`. */
export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** All of it; `cacheWriteLong` is the part that is kept for an hour. */
  readonly cacheWrite: number;
  readonly cacheWriteLong: number;
  readonly reasoning: number;
}

/** One call to a model. */
export interface RequestRow extends TokenCounts {
  /** Keyed hash of the tool and its own id of the request; what telemetry alone told of is marked (`toldRequests.ts`). */
  readonly key: string;
  readonly task: TaskKey;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly model: string | null;
  readonly mode: Mode | null;
  readonly latencyMs: number | null;
  /** By list price, in billionths of a US dollar; null where no price is known. */
  readonly costNano: number | null;
  /** Which prices that was computed by; null without a cost. */
  readonly priceVersion: string | null;
  /** What the tool says it was billed, in billionths of its currency. */
  readonly billedNano: number | null;
  readonly currency: string | null;
  readonly subagent: boolean;
  /** Not one call but all of a session: counted in no number of requests. */
  readonly isSum: boolean;
}

/** A request as its task is told of by it. */
export type TaskRequestRow = Pick<
  RequestRow,
  "at" | "model" | "mode" | "latencyMs" | "billedNano" | "currency" | "subagent" | "isSum"
>;

/** A request as a list shows it. */
export type NewestRequest = Pick<
  RequestRow,
  "key" | "at" | "model" | "input" | "output" | "cacheRead" | "cacheWrite" | "costNano" | "latencyMs"
> & { readonly task: Pick<TaskKey, "tool"> };

/** Which of them a list shows; all where nothing is said. */
export interface RequestsListed {
  readonly tool?: string;
  /** Null for those of which no model is told. */
  readonly models?: readonly (string | null)[];
  /** Those of tasks that began in the period, instead of those that were made in it. */
  readonly ofTasks?: boolean;
  /** Those that have a price; those of which it is known how long they took. */
  readonly priced?: boolean;
  readonly timed?: boolean;
  readonly after?: Pick<ListPlace, "at" | "id">;
}

/** What a tool's own record says of one edit of one file. */
export interface TaskEditRow {
  readonly key: string;
  readonly task: TaskKey;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly uri: string;
  /** How AI was used; null where the record does not tell. */
  readonly mode: Mode | null;
  readonly linesAdded: number | null;
  readonly linesDeleted: number | null;
  readonly outcome: "proposed" | "applied" | "rejected" | "failed" | "unknown";
  /** When it was proposed, where that is written in one with what became of it: the task was at it then. Not stored. */
  readonly proposedAt?: number;
}

/** What is written in one transaction. What is there already is only replaced by what says more. */
export interface RequestBatch {
  readonly requests: readonly RequestRow[];
  readonly edits: readonly TaskEditRow[];
  readonly steps?: readonly StepRow[];
}

export interface RequestStore {
  /**
   * In one transaction. A request that is there already counts once, with the largest of its totals, and what telemetry
   * told of it goes into what the tool's own record says; one from before the last deletion or pruning is passed over,
   * or it would come back.
   */
  write(batch: RequestBatch): Written;
  /** In no particular order. */
  sums(range: SumsRange): RequestSumRow[];
  /** The tasks that began in a period, the oldest first. */
  tasks(range: SumsRange): TaskRow[];
  /** Single requests of a period, the newest first and no more than so many. */
  newest(range: SumsRange, limit: number, listed?: RequestsListed): NewestRequest[];
  /** The tasks at which something was done since a moment, the oldest first. */
  tasksSince(at: number): TaskRow[];
  /** Of those of some tasks all of whose requests and edits are still there. */
  momentsOf(taskKeys: readonly string[]): Map<string, TaskMoments>;
  /** What the tool's own record says of the edits of a task, in the order of time. */
  editsOf(taskKey: string): Omit<TaskEditRow, "task">[];
  /** The requests of a task that are still there one by one, in the order of time. */
  requestsOf(taskKey: string): TaskRequestRow[];
  /** What agents did besides writing since a moment, in the order of time. */
  stepsSince(at: number): StepRow[];
  /** The edits of tasks since a moment that were applied, or of which nobody says that they were not; in the order of time. */
  triedSince(at: number): TriedEditRow[];
  /** How often agents looked at something in some tasks since a moment; those in which they never did are missing. */
  readsOf(taskKeys: readonly string[], since: number): Map<string, number>;
}

/** Which task an edit that was recorded belongs to. */
export interface TaskLinkRow {
  readonly editId: string;
  readonly task: TaskKey;
}

/** Where a request is added up. */
export interface RequestSumKey {
  readonly day: string;
  readonly place: string | null;
  readonly tool: string;
  readonly model: string | null;
  readonly mode: Mode | null;
  /** Of what was billed. */
  readonly currency: string | null;
}

export interface RequestSums extends TokenCounts {
  readonly requests: number;
  readonly unpriced: number;
  /** Tokens of those, of all kinds. */
  readonly unpricedTokens: number;
  readonly subagent: number;
  readonly costNano: number;
  readonly billedNano: number;
}

export type RequestSumRow = RequestSumKey &
  RequestSums & {
    /** Requests whose duration is known, by `core/requests/requestLatency.ts`'s buckets. */
    readonly latencies: readonly (readonly [bucket: number, requests: number])[];
  };

/** A task as it is added up. It belongs to the local day on which it began. */
export interface TaskRow extends TokenCounts {
  readonly key: string;
  readonly tool: string;
  readonly place: string | null;
  readonly day: string;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly models: readonly string[];
  /** How AI was used, by its requests and the tool's records of its edits; none where neither told. */
  readonly modes: readonly Mode[];
  readonly type: TaskType;
  readonly requests: number;
  readonly unpriced: number;
  readonly costNano: number;
  /** Edits in the tool's own records, and those of them that it applied. */
  readonly edits: number;
  readonly applied: number;
  /** What these came to; null where there are none, or they are not all there any more. */
  readonly tried: TriedEdits | null;
  /** Edits that were recorded and belong to the task, and those of them of which something was never removed. */
  readonly changes: number;
  readonly keptChanges: number;
}

export const requestSumNames = [
  "requests",
  "unpriced",
  "unpricedTokens",
  "subagent",
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "cacheWriteLong",
  "reasoning",
  "costNano",
  "billedNano",
] as const satisfies readonly (keyof RequestSums)[];

/** Where a request of a task is added up. */
export function requestSumKey(
  request: Pick<RequestRow, "at" | "utcOffsetMinutes" | "model" | "mode" | "currency">,
  task: Pick<TaskKey, "tool" | "place">,
): RequestSumKey {
  const { model, mode, currency } = request;
  return { day: localDay(request).day, place: task.place, tool: task.tool, model, mode, currency };
}

/** What one request adds to the sums. */
export function sumsOfRequest(
  row: TokenCounts & Pick<RequestRow, "costNano" | "billedNano" | "subagent" | "isSum">,
): RequestSums {
  const single = row.isSum ? 0 : 1;
  const { input, output, cacheRead, cacheWrite, cacheWriteLong, reasoning, costNano, billedNano } = row;
  return {
    requests: single,
    unpriced: costNano === null ? single : 0,
    unpricedTokens: costNano === null ? totalOf(row) : 0,
    subagent: row.subagent ? single : 0,
    input,
    output,
    cacheRead,
    cacheWrite,
    cacheWriteLong,
    reasoning,
    costNano: costNano ?? 0,
    billedNano: billedNano ?? 0,
  };
}

/** Whether sums are of anything: those of whole sessions are of no request. */
export function isOfAny({ requests, input, output, cacheRead, cacheWrite }: RequestSums): boolean {
  return requests + input + output + cacheRead + cacheWrite > 0;
}

export function bucketOf({ latencyMs }: Pick<RequestRow, "latencyMs">): number | undefined {
  return latencyMs === null ? undefined : latencyBucket(latencyMs);
}

/** Prices that the person entered begin so: they replace what a dataset said. */
export const ownPrices = "own ";

/**
 * Whether a request that was read again says more than what is known: a record is written while the answer comes in,
 * and its largest total is the whole of it. A price that is known stays, unless the person enters another.
 */
function saysMore(
  known: TokenCounts & Pick<RequestRow, "costNano" | "priceVersion">,
  read: TokenCounts & Pick<RequestRow, "costNano" | "priceVersion">,
): boolean {
  if (totalOf(read) !== totalOf(known)) return totalOf(read) > totalOf(known);
  if (read.costNano === null || read.costNano === known.costNano) return false;
  return known.costNano === null || read.priceVersion!.startsWith(ownPrices);
}

/**
 * A request as it is known by now, of what was known and what was read; undefined where nothing is new. It stays where
 * and when it was first told of. A record may know its tokens, and telemetry how long it took and what was billed.
 */
export function mergedRequest<Row extends Omit<RequestRow, "task">>(known: Row, read: Row): Row | undefined {
  const { at, utcOffsetMinutes, subagent } = known;
  if (!saysMore(known, read)) return filledUp(known, read);
  return { ...(filledUp(read, known) ?? read), at, utcOffsetMinutes, subagent };
}

/** The moment that an edit which is new belongs to its task with. */
export function firstMoment(
  { at, proposedAt = at, utcOffsetMinutes }: LocalMoment & { readonly proposedAt: number | undefined },
  from: number,
): LocalMoment {
  return { at: proposedAt >= from ? proposedAt : at, utcOffsetMinutes };
}

/** An edit as it is known by now, of what was known and what was read. */
export function mergedTaskEdit<
  Row extends Pick<TaskEditRow, "at" | "mode" | "outcome" | "linesAdded" | "linesDeleted">,
>(known: Row | undefined, read: Row): Row {
  if (!known) return read;
  const isLess = read.outcome === "unknown" || read.outcome === "proposed";
  const isKnownLess = known.outcome === "unknown" || known.outcome === "proposed";
  return {
    ...read,
    ...(isLess && !isKnownLess && { outcome: known.outcome, at: known.at }),
    mode: read.mode ?? known.mode,
    linesAdded: read.linesAdded ?? known.linesAdded,
    linesDeleted: read.linesDeleted ?? known.linesDeleted,
  };
}

/** The models and modes of a task with those of one more request or edit. */
export function namesWith(
  { models, modes }: Pick<TaskRow, "models" | "modes">,
  { model = null, mode }: { readonly model?: string | null; readonly mode: Mode | null },
): Pick<TaskRow, "models" | "modes"> {
  return {
    models: model === null ? models : [...new Set([...models, model])].sort(),
    modes: mode === null ? modes : [...new Set([...modes, mode])].sort(),
  };
}

/** What a recorded edit adds to its task. */
export function changesOfEdit(
  { kind }: Pick<OriginRow, "kind">,
  { insertedChars, keptChars }: Pick<EditRow, "insertedChars" | "keptChars">,
): { readonly changes: number; readonly keptChanges: number } {
  const counts = kind === "ai" && insertedChars > 0;
  return { changes: counts ? 1 : 0, keptChanges: counts && keptChars > 0 ? 1 : 0 };
}

function totalOf({ input, output, cacheRead, cacheWrite }: TokenCounts): number {
  return input + output + cacheRead + cacheWrite;
}
