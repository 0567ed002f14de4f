import type { Tokens } from "./toolRecords.ts";

/** What a tool's own numbers have in them. Each reader says it of its tool. */
export interface TokenConvention {
  /** What of a cache its input has in it. */
  readonly inputHas: "noCache" | "cacheRead" | "cache";
  /** Whether what was spent on thinking is part of its output, or beside it. */
  readonly reasoning: "inOutput" | "besideOutput";
}

/** Tokens as a tool counts them; what it does not tell is left out. */
type ToldTokens = Pick<Tokens, "input" | "output"> & Partial<Tokens>;

/** Tokens as Kept counts them: input without the cache, and reasoning as a part of the output, as it is billed. */
export function normalised(told: ToldTokens, { inputHas, reasoning: place }: TokenConvention): Tokens {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWriteLong = 0, reasoning = 0 } = told;
  const cached = { noCache: 0, cacheRead, cache: cacheRead + cacheWrite }[inputHas];
  return {
    input: Math.max(0, input - cached),
    output: output + (place === "besideOutput" ? reasoning : 0),
    cacheRead,
    cacheWrite,
    cacheWriteLong,
    reasoning,
  };
}
