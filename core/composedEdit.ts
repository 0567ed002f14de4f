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

/** Placed by its distance from the piece before, so that a change moves nothing that follows it. */
interface Piece<Base, Content> {
  gap: number;
  readonly base: Base;
  readonly baseLength: number;
  readonly content: Content;
  readonly length: number;
}

/**
 * Everything that was done to a text since some moment, as one edit. A later replacement takes over the range of every
 * piece it overlaps or touches; what remains of such a piece's content becomes an insertion: the left rest at the start
 * of that range, the right rest at its end. A replacement costs what it touches, and the way from the one before it.
 */
export class ComposedEdit<Base, Content> {
  readonly #baseKind: ContentKind<Base>;
  readonly #contentKind: ContentKind<Content>;
  readonly #pieces: Piece<Base, Content>[] = [];
  /** A piece near the last replacement, and where the piece before it ends in the last text. */
  #index = 0;
  #offset = 0;
  /** How many pieces at the start and at the end `minimise` has seen already. */
  #seenBefore = 0;
  #seenAfter = 0;

  /** Pieces to begin with must be sorted and disjoint. */
  constructor(
    baseKind: ContentKind<Base>,
    contentKind: ContentKind<Content>,
    pieces: readonly PlacedPiece<Base, Content>[] = [],
  ) {
    this.#baseKind = baseKind;
    this.#contentKind = contentKind;
    let position = 0;
    for (const { start, base, content } of pieces) {
      const piece = this.#piece(start - position, base, content);
      position = start + piece.baseLength;
      this.#pieces.push(piece);
    }
    this.#tidy(0, this.#pieces.length);
  }

  /** Follows one replacement of the text as it is by now. */
  replace(start: number, removed: Base, content: Content): void {
    const end = start + this.#baseKind.length(removed);
    this.#seek(start);
    const from = this.#index;
    const previousEnd = this.#offset;
    this.#stepBack();

    let base: Base | undefined;
    const take = (more: Base) => {
      base = base === undefined ? more : this.#baseKind.join(base, more);
    };
    let to = from;
    let touchedEnd = previousEnd;
    for (let piece = this.#pieces[to]; piece; piece = this.#pieces[++to]) {
      const pieceStart = touchedEnd + piece.gap;
      if (pieceStart > end) break;
      if (pieceStart > start) {
        take(this.#baseKind.slice(removed, Math.max(touchedEnd - start, 0), pieceStart - start));
      }
      take(piece.base);
      touchedEnd = pieceStart + piece.length;
    }
    if (touchedEnd < end) take(this.#baseKind.slice(removed, Math.max(touchedEnd - start, 0), end - start));

    const touched = this.#pieces.slice(from, to);
    const first = touched[0];
    const leftLength = first ? start - (previousEnd + first.gap) : -1;
    const rightLength = first ? touchedEnd - end : 0;
    const left = leftLength > 0 ? [this.#rest(first!, first!.gap, 0, leftLength)] : [];
    const last = touched.at(-1);
    const right = rightLength > 0 ? [this.#rest(last!, 0, last!.length - rightLength, last!.length)] : [];
    const gap = leftLength > 0 ? 0 : leftLength === 0 ? first!.gap : start - previousEnd;
    const next = this.#pieces[to];
    if (next && rightLength <= 0) next.gap += touchedEnd - end;

    this.#seenBefore = Math.min(this.#seenBefore, Math.max(0, from - 1));
    this.#seenAfter = Math.min(this.#seenAfter, Math.max(0, this.#pieces.length - to - 1));
    const added = [...left, this.#piece(gap, base ?? removed, content), ...right];
    this.#pieces.splice(from, to - from, ...added);
    this.#tidy(from, from + added.length);
  }

  /** Takes off what a piece leaves unchanged at its ends. Looks only at pieces that are new since the last time. */
  minimise(commonEnds: (base: Base, content: Content) => { prefix: number; suffix: number }): void {
    while (this.#index > this.#seenBefore) this.#stepBack();
    for (let index = this.#pieces.length - this.#seenAfter - 1; index >= this.#seenBefore; index--) {
      const { gap, base, baseLength, content, length } = this.#pieces[index]!;
      const { prefix, suffix } = commonEnds(base, content);
      if (prefix === 0 && suffix === 0) continue;
      this.#pieces[index] = this.#piece(
        gap + prefix,
        this.#baseKind.slice(base, prefix, baseLength - suffix),
        this.#contentKind.slice(content, prefix, length - suffix),
      );
      const next = this.#pieces[index + 1];
      if (next) next.gap += suffix;
      this.#dropIfEmpty(index);
    }
    this.#seenBefore = this.#pieces.length;
    this.#seenAfter = this.#pieces.length;
  }

  get pieces(): PlacedPiece<Base, Content>[] {
    let position = 0;
    return this.#pieces.map(({ gap, base, baseLength, content }) => {
      const start = position + gap;
      position = start + baseLength;
      return { start, base, content };
    });
  }

  /** Goes to the first piece that ends at an offset of the last text, or after it. */
  #seek(offset: number): void {
    while (this.#index > 0 && this.#offset >= offset) this.#stepBack();
    for (let piece = this.#pieces[this.#index]; piece; piece = this.#pieces[++this.#index]) {
      const end = this.#offset + piece.gap + piece.length;
      if (end >= offset) return;
      this.#offset = end;
    }
  }

  #stepBack(): void {
    if (this.#index === 0) return;
    const { gap, length } = this.#pieces[--this.#index]!;
    this.#offset -= gap + length;
  }

  /** Leaves out what does nothing and joins what touches, where that is allowed, from one piece to another. */
  #tidy(from: number, to: number): void {
    for (let index = Math.min(to, this.#pieces.length - 1); index >= from; index--) this.#dropIfEmpty(index);
    for (let index = Math.min(to, this.#pieces.length - 1); index >= Math.max(from, 1); index--) {
      const piece = this.#pieces[index]!;
      const previous = this.#pieces[index - 1]!;
      if (piece.gap > 0) continue;
      const content = this.#contentKind.join(previous.content, piece.content);
      const base = this.#baseKind.join(previous.base, piece.base);
      if (content === undefined || base === undefined) continue;
      this.#pieces.splice(index - 1, 2, this.#piece(previous.gap, base, content));
    }
  }

  #dropIfEmpty(index: number): void {
    const { gap, baseLength, length } = this.#pieces[index]!;
    if (baseLength > 0 || length > 0) return;
    const next = this.#pieces[index + 1];
    if (next) next.gap += gap;
    this.#pieces.splice(index, 1);
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
