import { isComplete } from "../core/protection/publish.ts";
import { limits } from "../protocol/collector.ts";
import type { Promises } from "./identity/organisation.ts";
import { acceptedWeeks, epochDayOf, isoWeekOf, mondayOf } from "./ingest/isoWeek.ts";
import { publishWeeks } from "./publishWeeks.ts";
import type { Store } from "./store/store.ts";

/** Thirteen months, so that a month can be compared with the same month of the year before. */
const sumDays = 400;

/** What is done again and again: room for what can arrive, publishing what is complete, forgetting what is old. */
export async function upkeep(
  store: Store,
  { now, promises }: { readonly now: number; readonly promises: Pick<Promises, "floor" | "devicesEach"> },
): Promise<void> {
  const today = epochDayOf(now);
  await store.prepare(acceptedWeeks(today + 7));
  // What was published is much to read, and there is something to publish once a week.
  if (await isPublishingDue(store, today)) await publishWeeks(store, today, promises);
  await store.divideByTeam();
  // A week is dropped when none of its days could still be accepted: its ids are not needed any more.
  const eventsBefore = isoWeekOf(today - limits.ageDays - 1);
  await store.forget({ eventsBefore, sumsBefore: isoWeekOf(today - sumDays) });
}

async function isPublishingDue(store: Store, today: number): Promise<boolean> {
  for (const name of await store.contributedWeeks()) {
    if (isComplete({ name, monday: mondayOf(name) }, today) && !(await store.isPublished(name))) return true;
  }
  return false;
}
