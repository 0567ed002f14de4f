import type { ToolEdit } from "../../../core/toolRecords.ts";
import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import { RecordFile } from "./recordFile.ts";

export interface RecordWatchOptions {
  readonly around: Surroundings;
  /** What was written before it is of no interest: milliseconds since 1970. */
  readonly since: number;
  readonly now: () => number;
}

/** What one look at the files found. */
export interface RecordsRead {
  /** When the look began. */
  readonly at: number;
  readonly edits: readonly ToolEdit[];
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
    const edits: ToolEdit[] = [];
    const problems: Record<string, number> = {};
    if (all) this.#find(at);
    for (const [path, known] of this.#files) {
      if (!all && known.hotUntil < at) continue;
      const changedAt = known.file.changedAt;
      if (changedAt === undefined) this.#files.delete(path);
      if (changedAt === undefined || changedAt < this.#options.since) continue;
      const isNew = known.file.read({
        request: () => undefined,
        edit: (edit) => {
          if (edit.at >= this.#options.since) edits.push(edit);
        },
        problem: () => (problems[known.tool] = (problems[known.tool] ?? 0) + 1),
      });
      if (isNew) known.hotUntil = at + hotMs;
    }
    return { at, edits, problems };
  }

  #find(at: number): void {
    for (const agent of agents) {
      for (const path of findRecords(agent, this.#options.around)) {
        if (this.#files.has(path)) continue;
        const { around, since } = this.#options;
        const file = new RecordFile(path, agent, { databases: around.databases, since });
        this.#files.set(path, { file, tool: agent.tool, hotUntil: at + hotMs });
      }
    }
  }
}
