/**
 * How much two texts have in common, by the stretches of four UTF-16 code units they share. Texts shorter than that
 * are only equal or different.
 */
export const gramLength = 4;

/** From 0 (nothing in common) to 1 (equal but for the order of stretches); the same both ways round. */
export function similarity(first: string, second: string): number {
  if (first.length < gramLength || second.length < gramLength) return first === second ? 1 : 0;
  return similarityOfGrams(
    gramsOf(first, (gram) => gram),
    gramsOf(second, (gram) => gram),
  );
}

/**
 * From 0 to 1: how much of `chunk` is found somewhere in `text`. Other text around it costs nothing, so it suits a
 * chunk whose place in a file is not known.
 */
export function presence(chunk: string, text: string): number {
  return presenceOfChunks([chunk], text)!;
}

/**
 * `presence` of several chunks of one edit, each weighing as much as it has stretches, and at least one. Undefined
 * where there are no chunks.
 */
export function presenceOfChunks(chunks: readonly string[], text: string): number | undefined {
  if (chunks.length === 0) return undefined;
  const grams = gramsOf(text, (gram) => gram);
  let sum = 0;
  let weights = 0;
  for (const chunk of chunks) {
    const isShort = chunk.length < gramLength;
    const share = isShort
      ? Number(text.includes(chunk))
      : shareOf(
          gramsOf(chunk, (gram) => gram),
          grams,
        );
    const weight = Math.max(1, chunk.length - gramLength + 1);
    sum += share * weight;
    weights += weight;
  }
  return sum / weights;
}

/** What is left of a text when only its stretches may be kept: how often each occurs, under a keyed hash. */
export interface Grams<Hash> {
  /** Code units of the text. */
  readonly length: number;
  readonly counts: ReadonlyMap<Hash, number>;
  /** Stands for the whole of a text too short to have stretches, so that equality can still be told. */
  readonly whole: Hash | undefined;
}

/** `hash` must give different values for different strings, as far as it matters; up to four code units each. */
export function gramsOf<Hash>(text: string, hash: (gram: string) => Hash): Grams<Hash> {
  const counts = new Map<Hash, number>();
  for (let at = 0; at + gramLength <= text.length; at++) {
    const key = hash(text.slice(at, at + gramLength));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { length: text.length, counts, whole: text.length < gramLength ? hash(text) : undefined };
}

/** The same number as `similarity` of the two texts. */
export function similarityOfGrams<Hash>(first: Grams<Hash>, second: Grams<Hash>): number {
  if (first.length < gramLength || second.length < gramLength) {
    return first.length === second.length && first.whole === second.whole ? 1 : 0;
  }
  const [fewer, more] = first.counts.size <= second.counts.size ? [first, second] : [second, first];
  let shared = 0;
  for (const [gram, count] of fewer.counts) shared += Math.min(count, more.counts.get(gram) ?? 0);
  return (2 * shared) / (numberOfGrams(first) + numberOfGrams(second));
}

/**
 * The same number as `presence` of the two texts. Undefined for a chunk too short to have stretches: whether a longer
 * text contains it cannot be told any more.
 */
export function presenceOfGrams<Hash>(chunk: Grams<Hash>, text: Grams<Hash>): number | undefined {
  if (chunk.length === 0) return 1;
  if (text.length < chunk.length) return text.length < gramLength ? 0 : shareOf(chunk, text);
  if (chunk.length >= gramLength) return shareOf(chunk, text);
  return text.length === chunk.length ? Number(chunk.whole === text.whole) : undefined;
}

function shareOf<Hash>(chunk: Grams<Hash>, text: Grams<Hash>): number {
  let present = 0;
  for (const [gram, count] of chunk.counts) if (text.counts.has(gram)) present += count;
  return present / numberOfGrams(chunk);
}

function numberOfGrams<Hash>({ length }: Grams<Hash>): number {
  return length - gramLength + 1;
}
