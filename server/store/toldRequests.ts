import type { RequestRow, TokenCounts } from "./requests.ts";

/**
 * What telemetry tells of a request stands for it until the tool's own record does, whose word on tokens counts. Such a
 * row is known by its key; hashes have no such letter, and sort before it. Which record is of the same request its name
 * says, or else its session, time and tokens: some tools give none, and some logs another.
 */
export const firstToldKey = "~";

export function toldKey(key: string): string {
  return `${firstToldKey}${key}`;
}

export function isTold(key: string): boolean {
  return key.startsWith(firstToldKey);
}

/** The key of the tool's own record of it, if that has the same name. */
export function ownKey(key: string): string {
  return key.slice(firstToldKey.length);
}

/** A record and telemetry of one request are written when it ends; clocks and queues are given so long. */
export const sameWithinMs = 10 * 60_000;

type Counted = Pick<TokenCounts, "input" | "output" | "cacheRead" | "cacheWrite">;

/** All that a model was given. How much of it was written to a cache, telemetry does not always tell apart. */
export function tokensGiven({ input, cacheRead, cacheWrite }: Counted): number {
  return input + cacheRead + cacheWrite;
}

/** Whether two of one session and of different names are the same request. */
export function isSameRequest(one: Counted & { at: number }, other: Counted & { at: number }): boolean {
  return (
    Math.abs(one.at - other.at) <= sameWithinMs &&
    one.output === other.output &&
    tokensGiven(one) === tokensGiven(other)
  );
}

type Filled = Pick<RequestRow, "latencyMs" | "billedNano" | "currency">;

/** With how long it took and what was billed, from another who tells of the same request; undefined where nothing is new. */
export function filledUp<Row extends Filled>(row: Row, told: Filled): Row | undefined {
  const latencyMs = row.latencyMs ?? told.latencyMs;
  const { billedNano, currency } = row.billedNano === null ? told : row;
  if (latencyMs === row.latencyMs && billedNano === row.billedNano) return undefined;
  return { ...row, latencyMs, billedNano, currency };
}
