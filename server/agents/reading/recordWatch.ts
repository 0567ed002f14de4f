import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import type { ToolEdit, ToolEditLines, ToolRequest } from "../../../core/tools/toolRecords.ts";
import type { ToolStep } from "../../../core/tools/toolSteps.ts";
import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import { PartsOfLook } from "./partsOfLook.ts";
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
  /** What agents did besides writing; left out where there is nothing. */
  readonly steps?: readonly ToolStep[];
  /** What tools say of plans, the latest of each window; in the last part alone. */
  readonly allowances: readonly AllowanceWindow[];
  /** More of what the look finds comes by itself. */
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

  /** Looks at what was written to lately, or at all there is, and tells what it finds in parts, the last of them always. */
  look(all: boolean, tell: (part: RecordsRead) => void): void {
    const at = this.#options.now();
    if (all) this.#find(at);
    const parts = new PartsOfLook(at, this.#options, tell);
    for (const [path, known] of this.#files) {
      if (!all && known.hotUntil < at) continue;
      const changedAt = known.file.state?.changedAt;
      if (changedAt === undefined) this.#files.delete(path);
      if (changedAt === undefined || changedAt < this.#from) continue;
      if (known.file.read(parts.sinkOf(known.tool))) known.hotUntil = at + hotMs;
    }
    parts.tell(false);
  }

  get #from(): number {
    return Math.min(this.#options.since, this.#options.requestsSince ?? Infinity);
  }

  #find(at: number): void {
    const { around } = this.#options;
    const found = agents.map((agent) =>
      findRecords(agent, around)
        .filter((path) => !this.#files.has(path))
        .map((path) => ({ agent, path })),
    );
    for (const { agent, path } of interleaved(found)) {
      // What has no time is of the time of its file, and only edits from then on are of interest.
      const since = agent.isUndated ? this.#options.since : this.#from;
      const file = new RecordFile(path, agent, { around, since });
      this.#files.set(path, { file, tool: agent.tool, hotUntil: at + hotMs });
    }
  }
}

/**
 * All lists evenly mixed, each in its own order. Of one tool's logs reading is most of the work, of another's storing: read in
 * turns, both threads have something to do all the time.
 */
function interleaved<Item>(lists: readonly (readonly Item[])[]): Item[] {
  return lists
    .flatMap((list) => list.map((item, index) => ({ item, place: (index + 0.5) / list.length })))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
