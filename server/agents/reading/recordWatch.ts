import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import { changedLinesOf } from "../../../core/changedLines.ts";
import { totalOf } from "../../../core/tasks.ts";
import type { ToolEdit, ToolEditLines, ToolRequest } from "../../../core/toolRecords.ts";
import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import { RecordFile } from "./recordFile.ts";

export interface RecordWatchOptions {
  readonly around: Surroundings;
  /** What was written before it is of no interest: milliseconds since 1970. */
  readonly since: number;
  /** The same for requests, and for edits as parts of their tasks; without it they are not told of. */
  readonly requestsSince?: number;
  readonly now: () => number;
}

/** What one look at the files found. */
export interface RecordsRead {
  /** When the look began. */
  readonly at: number;
  readonly edits: readonly ToolEdit[];
  readonly requests: readonly ToolRequest[];
  readonly taskEdits: readonly ToolEditLines[];
  /** What tools say of plans, the latest of each window. */
  readonly allowances: readonly AllowanceWindow[];
  /** The rest of what the look found comes by itself. */
  readonly goesOn: boolean;
  /** How many records were not understood, by tool. */
  readonly problems: Readonly<Record<string, number>>;
}

/** How long a file that was written to is looked at more often than the others. */
const hotMs = 10 * 60_000;

/** Follows the records of all tools as they are written. */
export class RecordWatch {
  readonly #options: RecordWatchOptions;
  readonly #files = new Map<string, { readonly file: RecordFile; readonly tool: string; hotUntil: number }>();

  constructor(options: RecordWatchOptions) {
    this.#options = options;
  }

  /** Looks at what was written to lately, or at all there is. */
  look(all: boolean): RecordsRead {
    const at = this.#options.now();
    const { since, requestsSince = Infinity } = this.#options;
    const edits: ToolEdit[] = [];
    const requests = new Map<string, ToolRequest>();
    const taskEdits: ToolEditLines[] = [];
    const allowances = new Map<string, AllowanceWindow>();
    const problems: Record<string, number> = {};
    if (all) this.#find(at);
    for (const [path, known] of this.#files) {
      if (!all && known.hotUntil < at) continue;
      const changedAt = known.file.changedAt;
      if (changedAt === undefined) this.#files.delete(path);
      if (changedAt === undefined || changedAt < this.#from) continue;
      const isNew = known.file.read({
        request: (request) => {
          if (request.at >= requestsSince) addLargest(requests, request);
        },
        edit: (edit) => {
          if (edit.at >= since) edits.push(edit);
          const { text, ...told } = edit;
          if (edit.at >= requestsSince) taskEdits.push({ ...told, ...changedLinesOf(text) });
        },
        allowance: (window) => {
          const key = `${window.tool} ${window.windowMinutes}`;
          const isLater = window.readAt >= (allowances.get(key)?.readAt ?? requestsSince);
          if (isLater) allowances.set(key, window);
        },
        problem: () => (problems[known.tool] = (problems[known.tool] ?? 0) + 1),
      });
      if (isNew) known.hotUntil = at + hotMs;
    }
    return {
      at,
      edits,
      requests: [...requests.values()],
      taskEdits,
      allowances: [...allowances.values()],
      problems,
      goesOn: false,
    };
  }

  get #from(): number {
    return Math.min(this.#options.since, this.#options.requestsSince ?? Infinity);
  }

  #find(at: number): void {
    for (const agent of agents) {
      for (const path of findRecords(agent, this.#options.around)) {
        if (this.#files.has(path)) continue;
        const { around } = this.#options;
        // What has no time is of the time of its file, and only edits from then on are of interest.
        const since = agent.isUndated ? this.#options.since : this.#from;
        const file = new RecordFile(path, agent, { databases: around.databases, since });
        this.#files.set(path, { file, tool: agent.tool, hotUntil: at + hotMs });
      }
    }
  }
}

/** Of one request a log has a line for each part of its answer: the largest total is the whole of it. */
function addLargest(requests: Map<string, ToolRequest>, request: ToolRequest): void {
  const name = `${request.tool} ${request.id}`;
  const known = requests.get(name);
  if (!known) requests.set(name, request);
  else if (totalOf(request.tokens) > totalOf(known.tokens))
    requests.set(name, { ...request, session: known.session, at: known.at });
}
