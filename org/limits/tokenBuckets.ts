export interface Allowance {
  readonly perMinute: number;
  /** How many may come at once after a pause. */
  readonly burst: number;
}

export interface TokenBuckets {
  /** Undefined where the request may go on; else the whole seconds after which another may. */
  secondsToWait(name: string, now: number): number | undefined;
  /** The same, and nothing is taken. */
  wouldWait(name: string, now: number): number | undefined;
}

interface Bucket {
  tokens: number;
  /** Milliseconds since 1970. */
  at: number;
}

const minuteMs = 60_000;
/** A name that comes again after its bucket was thrown away begins with a full one, as it would have by then. */
const mostNames = 300_000;

export function createTokenBuckets({ perMinute, burst }: Allowance): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / minuteMs;
  const tokensOf = (name: string, now: number) => {
    const before = buckets.get(name) ?? { tokens: burst, at: now };
    // A clock that is set back takes nothing away.
    return Math.min(burst, before.tokens + Math.max(0, now - before.at) * perMs);
  };
  const secondsUntil = (tokens: number) => (tokens >= 1 ? undefined : Math.ceil((1 - tokens) / perMs / 1000));
  return {
    wouldWait: (name, now) => secondsUntil(tokensOf(name, now)),

    secondsToWait(name, now) {
      const tokens = tokensOf(name, now);
      const isAllowed = tokens >= 1;
      if (buckets.size >= mostNames && !buckets.has(name)) forgetFull(now);
      buckets.set(name, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
      return isAllowed ? undefined : secondsUntil(tokens);
    },
  };

  function forgetFull(now: number): void {
    for (const [name, { tokens, at }] of buckets) {
      if (tokens + (now - at) * perMs >= burst) buckets.delete(name);
    }
    if (buckets.size >= mostNames) buckets.clear();
  }
}
