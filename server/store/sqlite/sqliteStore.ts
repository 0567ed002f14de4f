import { preparePruneSteps } from "./pruneRows.ts";
import { prepareReads, type Reads } from "./readRows.ts";
import { prepareWriteBatch, type WriteBatch } from "./writeBatch.ts";
import { classifyFailure } from "./failures.ts";
import { reasonOf, type Problem } from "../../../protocol/errors.ts";
import type { Connection } from "./open.ts";
import type {
  Batch,
  DocumentRow,
  EditRow,
  Limits,
  Store,
  SumRow,
  SumsRange,
  VersionKey,
  Written,
} from "../store.ts";

export class SqliteStore implements Store {
  readonly kind = "disk";
  readonly problems: readonly Problem[] = [];
  readonly #connection: Connection;
  readonly #now: () => number;
  readonly #reads: Reads;
  readonly #writeBatch: WriteBatch;

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection;
    this.#now = now;
    this.#reads = prepareReads(connection);
    this.#writeBatch = prepareWriteBatch(connection);
  }

  write(batch: Batch): Written {
    return this.#inTransaction(() => this.#writeBatch(batch, this.#now()));
  }

  readSums(range: SumsRange): SumRow[] {
    return this.#reads.sums(range);
  }

  readDrops(): { name: string; count: number }[] {
    return this.#reads.drops();
  }

  readReceipt(window: string): number {
    return this.#reads.receipt(window);
  }

  readDocument(uri: string): DocumentRow | undefined {
    return this.#reads.document(uri);
  }

  readEdit(key: VersionKey): EditRow | undefined {
    return this.#reads.edit(key);
  }

  readEditById(id: string): EditRow | undefined {
    return this.#reads.editById(id);
  }

  readNote(name: string): string | undefined {
    return this.#reads.note(name);
  }

  writeNote(name: string, text: string): Written {
    return this.#inTransaction(() =>
      this.#connection
        .prepare(
          "INSERT INTO notes (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
        )
        .run(name, text),
    );
  }

  revision(): number {
    return this.#reads.mark("revision") ?? 0;
  }

  maintain(): void {}

  prune(limits: Limits): { edits: number; sums: number } {
    const steps = preparePruneSteps(this.#connection);
    const pruned = { edits: 0, sums: 0 };
    for (let edits = -1; edits !== 0; pruned.edits += edits) {
      edits = this.#connection.transaction(() => steps.edits(limits.editsBefore)).immediate();
    }
    pruned.sums = this.#connection.transaction(() => steps.rest(limits)).immediate();
    return pruned;
  }

  close(): void {
    this.#connection.close();
  }

  #inTransaction(work: () => void): Written {
    try {
      this.#connection
        .transaction(() => {
          work();
          this.#connection.exec(
            "INSERT INTO marks (name, value) VALUES ('revision', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
          );
        })
        .immediate();
      return { outcome: "written" };
    } catch (thrown) {
      if (classifyFailure(thrown) !== "passing") throw thrown;
      return { outcome: "retry", problem: { code: "store.full", details: { reason: reasonOf(thrown) } } };
    }
  }
}
