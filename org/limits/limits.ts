import { createOpenRequests, type OpenRequests } from "./openRequests.ts";
import { createTokenBuckets, type TokenBuckets } from "./tokenBuckets.ts";

/** What one instance of the service takes at most. Nothing of it is stored. */
export interface Limits {
  readonly devices: TokenBuckets;
  readonly teams: TokenBuckets;
  /** Of all devices together. */
  readonly everybody: TokenBuckets;
  /** Requests that show no credential, for each address, and those that show a wrong one. */
  readonly strangers: TokenBuckets;
  readonly open: OpenRequests;
  /** How many of those that are open can be one device's. */
  readonly openEach: number;
}

/** Open requests, unless the service is told otherwise: twice as many as keep it busy. */
export const usuallyOpen = 64;
/** Each may hold a head of 16 KiB before anybody is known. */
export const mostConnections = 4096;

export function createLimits(perMinute: number, mostOpen = usuallyOpen): Limits {
  const burst = 2 * perMinute;
  const openEach = Math.ceil(mostOpen / 8);
  return {
    devices: createTokenBuckets({ perMinute, burst }),
    teams: createTokenBuckets({ perMinute: 100 * perMinute, burst: 200 * perMinute }),
    everybody: createTokenBuckets({ perMinute: 1000 * perMinute, burst: 2000 * perMinute }),
    strangers: createTokenBuckets({ perMinute: 600, burst: 600 }),
    open: createOpenRequests({ each: Math.min(burst, openEach), all: mostOpen }),
    openEach,
  };
}
