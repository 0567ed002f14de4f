import { createOpenRequests, type OpenRequests } from "./openRequests.ts";
import { createTokenBuckets, type TokenBuckets } from "./tokenBuckets.ts";

/** What one instance of the service takes at most. Nothing of it is stored. */
export interface Limits {
  readonly devices: TokenBuckets;
  readonly teams: TokenBuckets;
  /** Requests that show no credential, for each address, and those that show a wrong one. */
  readonly strangers: TokenBuckets;
  readonly open: OpenRequests;
}

const openOfAll = 512;
/** Of one device. */
export const mostOpenEach = openOfAll / 8;

export function createLimits(perMinute: number): Limits {
  const burst = 2 * perMinute;
  return {
    devices: createTokenBuckets({ perMinute, burst }),
    teams: createTokenBuckets({ perMinute: 100 * perMinute, burst: 200 * perMinute }),
    strangers: createTokenBuckets({ perMinute: 600, burst: 600 }),
    open: createOpenRequests({ each: Math.min(burst, mostOpenEach), all: openOfAll }),
  };
}
