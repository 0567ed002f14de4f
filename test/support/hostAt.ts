import type { Host } from "../../server/host.ts";

/** A host whose clock stands still, in UTC, and that starts and says nothing. */
export function hostAt(at: number): Host {
  return {
    now: () => at,
    elapsedMs: () => at,
    utcOffsetMinutes: () => 0,
    uuid: () => "",
    startTimer: () => () => undefined,
    log: { info: () => undefined, warn: () => undefined },
  };
}
