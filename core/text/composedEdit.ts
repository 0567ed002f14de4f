import { PieceList, type Placed } from "./pieceList.ts";

/** What composing needs to know of a stretch of text, be it a string, a string with an owner, or a bare length. */
export interface ContentKind<Content> {
  length(content: Content): number;
  slice(content: Content, from: number, to: number): Content;
  /** Both as one, or undefined where they must stay apart. */
  join(first: Content, second: Content): Content | undefined;
}

/** A stretch of the first text and what stands in its place in the last. */
export interface PlacedPiece<Base, Content> {
  /** Offset in the first text. */
  readonly start: number;
  readonly base: Base;
  readonly content: Content;
}

/** The gap is unchanged text; the length is the content's. */
interface Piece<Base, Content> extends Placed {
  readonly base: Base;
  readonly baseLength: number;
  readonly content: Content;
}

/**
 * Everything that was done to a text since some moment, as one edit. A later replacement takes over the range of every
 * piece it overlaps or touches; what remains of such a piece's content becomes an insertion: the left rest at the start
 * of that range, the right rest at its end.
 */
export class ComposedEdit<Base, Content> {
  readonly #baseKind: ContentKind<Base>;
  readonly #contentKind: ContentKind<Content>;
  readonly #pieces = new PieceList<Piece<Base, Content>>();

  /** Pieces to begin with must be sorted and disjoint. */
  constructor(
    baseKind: ContentKind<Base>,
    contentKind: ContentKind<Content>,
    pieces: readonly PlacedPiece<Base, Content>[] = [],
  ) {
    this.#baseKind = baseKind;
    this.#contentKind = contentKind;
    let position = 0;
    const placed = pieces.map(({ start, base, content }) => {
      const piece = this.#piece(start - position, base, content);
      position = start + piece.baseLength;
      return piece;
    });
    this.#pieces.splice({ block: 0, index: 0 }, 0, this.#tidied(placed));
  }

  /** Follows one replacement of the text as it is by now. */
  replace(start: number, removed: Base, content: Content): void {
    const end = start + this.#baseKind.length(removed);
    const { cursor, previousEnd } = this.#pieces.seek(start);
    const touched: Piece<Base, Content>[] = [];
    let base: Base | undefined;
    const take = (more: Base) => {
      base = base === undefined ? more : this.#baseKind.join(base, more);
    };
    let touchedEnd = previousEnd;
    let at = cursor;
    let next = this.#pieces.at(at);
    while (next && touchedEnd + next.gap <= end) {
      const pieceStart = touchedEnd + next.gap;
      if (pieceStart > start) {
        take(this.#baseKind.slice(removed, Math.max(touchedEnd - start, 0), pieceStart - start));
      }
      take(next.base);
      touchedEnd = pieceStart + next.length;
      touched.push(next);
      at = this.#pieces.next(at);
      next = this.#pieces.at(at);
    }
    if (touchedEnd < end) take(this.#baseKind.slice(removed, Math.max(touchedEnd - start, 0), end - start));

    const first = touched[0];
    const last = touched.at(-1);
    const leftLength = first ? start - (previousEnd + first.gap) : -1;
    const rightLength = last ? touchedEnd - end : 0;
    const changed: Piece<Base, Content>[] = [];
    if (first && leftLength > 0) changed.push(this.#rest(first, first.gap, 0, leftLength));
    const gap = leftLength > 0 ? 0 : first && leftLength === 0 ? first.gap : start - previousEnd;
    changed.push(this.#piece(gap, base ?? removed, content));
    if (last && rightLength > 0) changed.push(this.#rest(last, 0, last.length - rightLength, last.length));

    const before = this.#pieces.previous(cursor);
    if (before) changed.unshift(this.#pieces.at(before)!);
    if (next) changed.push(rightLength > 0 ? next : { ...next, gap: next.gap + touchedEnd - end });
    const count = touched.length + (before ? 1 : 0) + (next ? 1 : 0);
    this.#pieces.splice(before ?? cursor, count, this.#tidied(changed));
  }

  /** Takes off what the piece at an offset of the last text leaves unchanged at its ends. */
  minimise(
    offset: number,
    commonEnds: (base: Base, content: Content) => { prefix: number; suffix: number },
  ): void {
    const { cursor } = this.#pieces.seek(offset);
    const piece = this.#pieces.at(cursor);
    if (!piece) return;
    const { prefix, suffix } = commonEnds(piece.base, piece.content);
    if (prefix === 0 && suffix === 0) return;
    const base = this.#baseKind.slice(piece.base, prefix, piece.baseLength - suffix);
    const content = this.#contentKind.slice(piece.content, prefix, piece.length - suffix);
    const changed = [this.#piece(piece.gap + prefix, base, content)];
    const next = this.#pieces.at(this.#pieces.next(cursor));
    if (next) changed.push({ ...next, gap: next.gap + suffix });
    this.#pieces.splice(cursor, next ? 2 : 1, this.#tidied(changed));
  }

  get pieces(): PlacedPiece<Base, Content>[] {
    let position = 0;
    return Array.from(this.#pieces, ({ gap, base, baseLength, content }) => {
      const start = position + gap;
      position = start + baseLength;
      return { start, base, content };
    });
  }

  /** Leaves out what does nothing and joins what touches, where that is allowed. */
  #tidied(pieces: readonly Piece<Base, Content>[]): Piece<Base, Content>[] {
    const tidied: Piece<Base, Content>[] = [];
    let emptyGap = 0;
    for (const item of pieces) {
      const gap = item.gap + emptyGap;
      emptyGap = 0;
      const previous = tidied.at(-1);
      if (item.baseLength === 0 && item.length === 0) {
        emptyGap = gap;
        continue;
      }
      const piece = gap === item.gap ? item : { ...item, gap };
      const content =
        previous && gap === 0 ? this.#contentKind.join(previous.content, piece.content) : undefined;
      const base = content === undefined ? undefined : this.#baseKind.join(previous!.base, piece.base);
      if (content === undefined || base === undefined) tidied.push(piece);
      else tidied[tidied.length - 1] = this.#piece(previous!.gap, base, content);
    }
    return tidied;
  }

  #rest(of: Piece<Base, Content>, gap: number, from: number, to: number): Piece<Base, Content> {
    return this.#piece(
      gap,
      this.#baseKind.slice(of.base, 0, 0),
      this.#contentKind.slice(of.content, from, to),
    );
  }

  #piece(gap: number, base: Base, content: Content): Piece<Base, Content> {
    return {
      gap,
      base,
      baseLength: this.#baseKind.length(base),
      content,
      length: this.#contentKind.length(content),
    };
  }
}
