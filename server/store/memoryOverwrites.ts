import { isCounted, type StoredEdit, type Sum } from "./memorySums.ts";
import type { EditRow, SumKey } from "./store.ts";
import { isOverwriteKept, type OverwriteRow, type OverwriteSumRow } from "./overwrites.ts";

interface Counted {
  readonly editId: string;
  readonly ofEditId: string;
  chars: number;
  sum: Sum;
  ofSum: Sum;
}

/** Who took out whose text, in memory. What is of edits that were pruned is still counted by its sums. */
export class MemoryOverwrites {
  readonly #sums: ReadonlyMap<string, Sum>;
  readonly #edits: ReadonlyMap<string, StoredEdit>;
  readonly #rows = new Map<string, Counted>();

  constructor(sums: ReadonlyMap<string, Sum>, edits: ReadonlyMap<string, StoredEdit>) {
    this.#sums = sums;
    this.#edits = edits;
  }

  add({ editId, ofEditId, chars }: OverwriteRow): void {
    const [own, other] = [this.#edits.get(editId), this.#edits.get(ofEditId)];
    if (!own || !other || own === other || !isOverwriteKept(own.row.origin, other.row.origin)) return;
    const key = `${editId} ${ofEditId}`;
    const known = this.#rows.get(key);
    if (known) known.chars += chars;
    else this.#rows.set(key, { editId, ofEditId, chars, sum: own.sum, ofSum: other.sum });
  }

  move(editId: string, to: Sum): void {
    for (const row of this.#rows.values()) {
      if (row.editId === editId) row.sum = to;
      if (row.ofEditId === editId) row.ofSum = to;
    }
  }

  /** Added up, of the sums that are asked for. */
  read(sums: readonly Sum[]): OverwriteSumRow[] {
    const asked = new Set(sums);
    const found = new Map<string, OverwriteSumRow>();
    for (const { chars, sum, ofSum } of this.#rows.values()) {
      if (!asked.has(sum) || !isCounted(this.#sums, ofSum)) continue;
      const key = { kind: sum.kind, tool: sum.tool, ofKind: ofSum.kind, ofTool: ofSum.tool };
      const known = found.get(JSON.stringify(key));
      found.set(JSON.stringify(key), {
        ...key,
        edits: (known?.edits ?? 0) + 1,
        chars: (known?.chars ?? 0) + chars,
      });
    }
    return [...found.values()];
  }

  /** Those of some edits that took out text of a tool or kind; all of them where none is asked for. */
  by(edits: readonly EditRow[], of: Pick<SumKey, "kind" | "tool"> | undefined): readonly EditRow[] {
    if (!of) return edits;
    const taken = this.single().filter(({ ofEditId }) => {
      const { kind, tool } = this.#edits.get(ofEditId)!.row.origin;
      return kind === of.kind && tool === of.tool;
    });
    const ids = new Set(taken.map(({ editId }) => editId));
    return edits.filter(({ id }) => ids.has(id));
  }

  /** Of single edits that are there. */
  single(): OverwriteRow[] {
    return [...this.#rows.values()]
      .filter((row) => this.#isSingle(row))
      .map(({ editId, ofEditId, chars }) => ({ editId, ofEditId, chars }));
  }

  /** By the sums that are there. */
  counted(): { readonly sum: Sum; readonly ofSum: Sum; readonly edits: number; readonly chars: number }[] {
    const found = new Map<Sum, Map<Sum, { sum: Sum; ofSum: Sum; edits: number; chars: number }>>();
    for (const { sum, ofSum, chars } of this.#rows.values()) {
      if (!isCounted(this.#sums, sum) || !isCounted(this.#sums, ofSum)) continue;
      const own = found.get(sum) ?? new Map<Sum, { sum: Sum; ofSum: Sum; edits: number; chars: number }>();
      const known = own.get(ofSum) ?? { sum, ofSum, edits: 0, chars: 0 };
      known.edits += 1;
      known.chars += chars;
      found.set(sum, own.set(ofSum, known));
    }
    return [...found.values()].flatMap((own) => [...own.values()]);
  }

  /** Of these edits nothing is left, neither by itself nor in a sum. */
  forget(gone: ReadonlySet<string>): void {
    for (const [key, { editId, ofEditId }] of this.#rows)
      if (gone.has(editId) || gone.has(ofEditId)) this.#rows.delete(key);
  }

  /** Of sums that were made again from the edits that are left. */
  madeAgain(sum: SumKey): void {
    for (const [key, row] of this.#rows)
      if ((row.sum === sum || row.ofSum === sum) && !this.#isSingle(row)) this.#rows.delete(key);
  }

  clear(): void {
    this.#rows.clear();
  }

  #isSingle({ editId, ofEditId }: OverwriteRow): boolean {
    return this.#edits.has(editId) && this.#edits.has(ofEditId);
  }
}
