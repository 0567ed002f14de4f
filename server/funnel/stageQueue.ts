import type { OriginRow, Store } from "../store/store.ts";
import type { CommitRow, StageRow } from "../store/stages.ts";

export interface StageQueueOptions {
  readonly store: Pick<Store, "write" | "kind">;
  readonly readOrigins: (ids: readonly string[]) => Map<string, OriginRow>;
  /** Writes the edits themselves first. */
  readonly flush: () => void;
}

/** What a person or a formatter did has no way from proposal to commit. What is unknown may turn out to be AI. */
const followedKinds: readonly OriginRow["kind"][] = ["ai", "external", "unknown"];

/** Gathers what became of edits, and writes it once their edits are written. */
export class StageQueue {
  readonly #options: StageQueueOptions;
  #stages: StageRow[] = [];
  #commits: CommitRow[] = [];
  readonly #seen = new Map<string, string>();

  constructor(options: StageQueueOptions) {
    this.#options = options;
  }

  add(rows: readonly StageRow[]): void {
    if (rows.length === 0) return;
    const origins = this.#options.readOrigins([...new Set(rows.map(({ editId }) => editId))]);
    for (const row of rows) {
      const kind = origins.get(row.editId)?.kind;
      if (kind !== undefined && followedKinds.includes(kind)) this.#stages.push(row);
    }
  }

  addCommit(row: CommitRow): void {
    this.#commits.push(row);
  }

  see(editId: string, seen: string): void {
    this.#seen.set(editId, seen);
  }

  /** What waits to be written. */
  seenOf(editId: string): string | undefined {
    return this.#seen.get(editId);
  }

  /** False where it has to be tried again. */
  write(): boolean {
    if (this.#stages.length + this.#commits.length + this.#seen.size === 0) return true;
    const { store, flush } = this.#options;
    flush();
    const { outcome } = store.write({
      documents: [],
      edits: [],
      origins: [],
      removals: [],
      drops: [],
      receipt: undefined,
      stages: this.#stages,
      commits: this.#commits,
      seen: [...this.#seen].map(([editId, seen]) => ({ editId, seen })),
    });
    if (outcome === "retry") return false;
    this.#stages = [];
    this.#commits = [];
    this.#seen.clear();
    return true;
  }
}
