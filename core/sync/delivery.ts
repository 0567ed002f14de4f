/** How a request ended: with a status, or with none because the connection broke or nobody answered in time. */
export type Answer =
  | {
      readonly status: number;
      readonly retryAfter?: string | undefined;
      /** Of a 200: whether it is what a collector says. A hotel's log-in page is a 200 too. */
      readonly isAgreed: boolean;
      /** What the collector gave as its reason, for the person to read. */
      readonly reason: string;
      /** The name of the collector's problem, where it gave one. */
      readonly problem?: string | undefined;
    }
  | { readonly status: "none"; readonly reason: string };

/** What is known of the failures of a batch so far. */
export interface Failures {
  /** Requests that ended without a decision, one after the other. */
  readonly attempts: number;
  /** Those among them that the collector says are its own mistake; from `mostMistakes` on, it has had another id. */
  readonly mistakes: number;
  /** When the first of them was made, in milliseconds since 1970; null while there is none. */
  readonly since: number | null;
}

export const noFailures: Failures = { attempts: 0, mistakes: 0, since: null };

export type Step =
  | { readonly step: "delivered" }
  | {
      readonly step: "wait";
      readonly dueAt: number;
      readonly failures: Failures;
      /** The collector said when. */
      readonly isAsked: boolean;
      /** The collector does not know this machine any more. */
      readonly isUnauthorized: boolean;
    }
  /** The same records under another id. */
  | { readonly step: "rename"; readonly failures: Failures }
  | { readonly step: "split" }
  | { readonly step: "refuse"; readonly reason: string };

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const firstDelayMs = 5 * secondMs;
/** In the first hour of an outage, and after it. */
const longestDelaysMs = { early: 15 * minuteMs, late: 6 * hourMs };
/** Whoever looks each hour notices that an outage ended, and has so long to be done within two hours of it. */
const backMs = 55 * minuteMs;
const longestRetryAfterMs = 24 * hourMs;
const unauthorizedDelayMs = 6 * hourMs;
/** After so many of the collector's own mistakes with one batch, it is the batch. */
export const mostMistakes = 8;

export interface Moment {
  readonly now: number;
  /** From 0 to 1, without 1. */
  readonly chance: number;
}

/** Decides what becomes of a batch. */
export function afterAnswer(answer: Answer, failures: Failures, moment: Moment): Step {
  const isRenamed = failures.mistakes >= mostMistakes;
  const failed = (mistakes: number): Failures => ({
    attempts: failures.attempts + 1,
    mistakes: failures.mistakes + mistakes,
    since: failures.since ?? moment.now,
  });
  const wait = (next: Failures): Step => ({
    step: "wait",
    dueAt: moment.now + delayMs(next, moment, retryAfterOf(answer)),
    failures: next,
    isAsked: askedMs(retryAfterOf(answer), moment.now) !== undefined,
    isUnauthorized: false,
  });
  switch (answer.status) {
    case 200:
      return answer.isAgreed ? { step: "delivered" } : wait(failed(0));
    case "none":
    case 429:
    case 502:
    case 503:
    case 504:
      return wait(failed(0));
    case 408:
    case 500:
      return failures.mistakes + 1 >= (isRenamed ? 2 * mostMistakes : mostMistakes)
        ? { step: "refuse", reason: answer.reason }
        : wait(failed(1));
    case 401:
    case 403:
      if (answer.problem === "other-pseudonym") return { step: "refuse", reason: answer.reason };
      return {
        step: "wait",
        dueAt: moment.now + unauthorizedDelayMs,
        failures: failed(0),
        isAsked: false,
        isUnauthorized: true,
      };
    case 409:
      // A random id that is taken twice is no accident: the collector would say so of each.
      return isRenamed
        ? { step: "refuse", reason: answer.reason }
        : { step: "rename", failures: { ...failed(0), mistakes: mostMistakes } };
    case 413:
      return { step: "split" };
    default:
      // A redirection leads somewhere that nobody agreed to, and other codes of a server's are not known: both may pass.
      return answer.status >= 400 && answer.status < 500
        ? { step: "refuse", reason: answer.reason }
        : wait(failed(0));
  }
}

/** How long until the next attempt: what the collector asks for, else a random part of a time that doubles. */
export function delayMs({ attempts, since }: Failures, { now, chance }: Moment, retryAfter?: string): number {
  const asked = askedMs(retryAfter, now);
  // Everybody is asked for the same time: whoever waits for it adds a little of their own.
  if (asked !== undefined) return Math.min(asked, longestRetryAfterMs) + Math.floor(chance * firstDelayMs);
  const longest = isLongOutage({ since }, now) ? longestDelaysMs.late : longestDelaysMs.early;
  return Math.floor(chance * Math.min(longest, firstDelayMs * 2 ** Math.min(attempts - 1, 30)));
}

/** How long until the next look whether the collector is there again: in a long outage each hour, which is no more than usual. */
export function lookAgainMs(failures: Failures, moment: Moment, retryAfter?: string): number {
  return isLongOutage(failures, moment.now) && askedMs(retryAfter, moment.now) === undefined
    ? Math.floor(hourMs * (0.8 + 0.2 * moment.chance))
    : delayMs(failures, moment, retryAfter);
}

export function isLongOutage({ since }: Pick<Failures, "since">, now: number): boolean {
  return since !== null && now - since >= hourMs;
}

/** When the rest of what waited goes after the first of it was taken; undefined after a failure that was no outage. */
export function restGoesAt(failures: Failures, now: number): number | undefined {
  return isLongOutage(failures, now) ? now + backMs : undefined;
}

/**
 * How many of those that are left go at once: with the first, half of all. Machines notice within an hour that an outage is
 * over, each at another moment; with the other half an hour later, what comes is even over two hours.
 */
export function restAtOnce(left: number, chance: number): number {
  return Math.max(0, Math.floor((left + 1) / 2 + chance) - 1);
}

function retryAfterOf(answer: Answer): string | undefined {
  return answer.status === "none" ? undefined : answer.retryAfter;
}

/** Milliseconds from now; undefined where it is neither seconds nor a date. */
function askedMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * secondMs;
  // Date.parse takes much more than a date of HTTP.
  if (!/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text.trim())) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
