import { createRandom } from "../store/random.ts";
import { Coverage } from "./coverage.ts";
import { mutated } from "./mutate.ts";

export interface Fuzzing {
  readonly seeds: readonly Buffer[];
  readonly seed: number;
  /** Which code the inputs are to reach more of. */
  readonly isMeant: (url: string) => boolean;
  /** Gives the input to what is tried, and throws where it does not do what it must. */
  readonly attempt: (input: Buffer) => void;
  readonly isOver: (tried: number) => boolean;
  readonly longestInput: number;
}

export interface Fuzzed {
  readonly tried: number;
  /** Inputs that reached something new, those of the beginning among them. */
  readonly kept: number;
  readonly reached: number;
}

/** Tries inputs, keeps those that reach code or numbers of passes that none reached before, and goes on from these. */
export function fuzz({ seeds, seed, isMeant, attempt, isOver, longestInput }: Fuzzing): Fuzzed {
  const random = createRandom(seed);
  const coverage = new Coverage(isMeant);
  const reached = new Set<string>();
  const kept: Buffer[] = [];
  const tryOne = (input: Buffer) => {
    try {
      attempt(input);
    } catch (thrown) {
      const text = input.length > 4_000 ? `${input.length} bytes` : input.toString("base64");
      throw new Error(`seed ${seed}: ${text}`, { cause: thrown });
    }
    const before = reached.size;
    for (const place of coverage.take()) reached.add(place);
    return reached.size > before;
  };
  let tried = 0;
  try {
    coverage.take();
    for (const input of seeds) {
      tryOne(input);
      kept.push(input);
    }
    for (; !isOver(tried); tried++) {
      const input = mutated(kept, random).subarray(0, longestInput);
      if (tryOne(input)) kept.push(input);
    }
  } finally {
    coverage.close();
  }
  return { tried, kept: kept.length, reached: reached.size };
}
