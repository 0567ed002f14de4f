import { isComplete } from "../core/protection/publish.ts";
import { limits } from "../protocol/collector.ts";
import type { Promises } from "./identity/organisation.ts";
import { acceptedWeeks, epochDayOf, isoWeekOf, mondayOf } from "./ingest/isoWeek.ts";
import { publishWeeks } from "./publishWeeks.ts";
import type { Store } from "./store/store.ts";

/** Thirteen months, so that a month can be compared with the same month of the year before. */
const sumDays = 400;
/** Nothing of so many days: the service stood still, or its clock is ahead. Which, the next day tells. */
const silentDays = 45;
/** A clock that goes on by itself is looked at more often than that. */
const stepDays = 2;

export interface Upkeep {
  /** Nothing was published and nothing forgotten, because the clock may be ahead. */
  readonly isClockDoubted: boolean;
}

/** What is done again and again: room for what can arrive, publishing what is complete, forgetting what is old. */
export function createUpkeep(
  store: Store,
  promises: Pick<Promises, "floor" | "devicesEach">,
): (now: number) => Promise<Upkeep> {
  let doubt: { readonly since: number; readonly last: number } | undefined;
  return async (now) => {
    const today = epochDayOf(now);
    await store.prepare(acceptedWeeks(today + 7));
    const [newest] = await store.weekTotals();
    if (newest === undefined || today - mondayOf(newest.week) <= silentDays) {
      doubt = undefined;
    } else {
      const goesOn = doubt !== undefined && today >= doubt.last && today - doubt.last <= stepDays;
      doubt = { since: goesOn && doubt !== undefined ? doubt.since : today, last: today };
    }
    // What is forgotten and what is published cannot be taken back.
    if (doubt?.since === today) return { isClockDoubted: true };
    // What was published is much to read, and there is something to publish once a week.
    if (await isPublishingDue(store, today)) await publishWeeks(store, today, promises);
    await store.divideByTeam();
    // A week is dropped when none of its days could still be accepted: its ids are not needed any more.
    const eventsBefore = isoWeekOf(today - limits.ageDays - 1);
    await store.forget({ eventsBefore, sumsBefore: isoWeekOf(today - sumDays) });
    await store.forgetSessions(now);
    return { isClockDoubted: false };
  };
}

async function isPublishingDue(store: Store, today: number): Promise<boolean> {
  for (const name of await store.contributedWeeks()) {
    if (isComplete({ name, monday: mondayOf(name) }, today) && !(await store.isPublished(name))) return true;
  }
  return false;
}
