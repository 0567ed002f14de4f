/** One replacement of an edit: lengths in code units, likenesses from 0 to 1 by `similarity`. */
export interface ComparedPiece {
  readonly insertedLength: number;
  readonly replacedLength: number;
  readonly currentToInserted: number;
  readonly currentToReplaced: number;
  readonly insertedToReplaced: number;
}

export interface SurvivalScores {
  /** From 0, nothing like what was inserted, to 1, just the same. */
  readonly fourGram: number;
  /** From 0, put back to what was there before, to 1, not moved towards it at all. */
  readonly noRevert: number;
}

/** Needs no text, so that it can be told from stored stretches as well. */
export function scorePieces(pieces: readonly ComparedPiece[]): SurvivalScores {
  let inserted = 0;
  let insertedKept = 0;
  let replaced = 0;
  let replacedAway = 0;
  for (const piece of pieces) {
    inserted += piece.insertedLength;
    insertedKept += piece.insertedLength * piece.currentToInserted;
    // A piece that put in what was there cannot be put back.
    if (piece.insertedToReplaced === 1) continue;
    const movedBack = Math.max(piece.currentToReplaced - piece.insertedToReplaced, 0);
    replaced += piece.replacedLength;
    replacedAway += piece.replacedLength * (1 - movedBack / (1 - piece.insertedToReplaced));
  }
  return {
    fourGram: inserted === 0 ? 1 : insertedKept / inserted,
    noRevert: replaced === 0 ? 1 : replacedAway / replaced,
  };
}
