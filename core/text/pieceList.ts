/** Placed by its distance from the end of the piece before it, so that a change moves nothing that follows. */
export interface Placed {
  readonly gap: number;
  readonly length: number;
}

export interface Cursor {
  readonly block: number;
  readonly index: number;
}

interface Block<Piece> {
  readonly pieces: Piece[];
  /** Of all gaps and lengths. */
  sum: number;
}

const largestBlock = 96;

/** A long list in which a piece is found by its offset: blocks are passed over as wholes. */
export class PieceList<Piece extends Placed> {
  readonly #blocks: Block<Piece>[] = [{ pieces: [], sum: 0 }];

  /** The first piece that ends at an offset or after it, and where the one before it ends. */
  seek(offset: number): { cursor: Cursor; previousEnd: number } {
    let previousEnd = 0;
    let block = 0;
    while (block < this.#blocks.length - 1 && previousEnd + this.#blocks[block]!.sum < offset) {
      previousEnd += this.#blocks[block++]!.sum;
    }
    const { pieces } = this.#blocks[block]!;
    let index = 0;
    for (; index < pieces.length; index++) {
      const end = previousEnd + pieces[index]!.gap + pieces[index]!.length;
      if (end >= offset) break;
      previousEnd = end;
    }
    return { cursor: { block, index }, previousEnd };
  }

  at({ block, index }: Cursor): Piece | undefined {
    return this.#blocks[block]?.pieces[index];
  }

  next({ block, index }: Cursor): Cursor {
    const isLast = index + 1 >= this.#blocks[block]!.pieces.length && block + 1 < this.#blocks.length;
    return isLast ? { block: block + 1, index: 0 } : { block, index: index + 1 };
  }

  previous({ block, index }: Cursor): Cursor | undefined {
    if (index > 0) return { block, index: index - 1 };
    return block > 0 ? { block: block - 1, index: this.#blocks[block - 1]!.pieces.length - 1 } : undefined;
  }

  splice({ block, index }: Cursor, count: number, added: readonly Piece[]): void {
    let left = count;
    for (let at = block, from = index; left > 0; at++, from = 0) {
      const { pieces } = this.#blocks[at]!;
      const removed = pieces.splice(from, left);
      this.#blocks[at]!.sum -= sumOf(removed);
      left -= removed.length;
    }
    const first = this.#blocks[block]!;
    first.pieces.splice(index, 0, ...added);
    first.sum += sumOf(added);
    while (this.#blocks[block + 1]?.pieces.length === 0) this.#blocks.splice(block + 1, 1);
    if (first.pieces.length === 0 && this.#blocks.length > 1) this.#blocks.splice(block, 1);
    if (first.pieces.length > largestBlock) {
      const pieces = first.pieces.splice(largestBlock >> 1);
      const sum = sumOf(pieces);
      first.sum -= sum;
      this.#blocks.splice(block + 1, 0, { pieces, sum });
    }
  }

  *[Symbol.iterator](): Iterator<Piece> {
    for (const { pieces } of this.#blocks) yield* pieces;
  }
}

function sumOf(pieces: readonly Placed[]): number {
  let sum = 0;
  for (const { gap, length } of pieces) sum += gap + length;
  return sum;
}
