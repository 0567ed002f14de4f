import type { PublishedJoined } from "../protocol/protection.ts";
import type { Store, WeekTotal } from "./store/store.ts";

/** What was published beside the numbers of teams: of who joined, and of what arrived. */
export interface Told {
  /** How many had joined by the end of the newest week. */
  readonly joined: PublishedJoined | undefined;
  /** How many that were altogether, as it was last told. */
  readonly everybody: number | null;
  /** Of the weeks that were published, newest first. */
  readonly weeks: readonly ToldWeek[];
}

/** Without numbers where they would be about too few devices. */
export type ToldWeek = Pick<WeekTotal, "week"> & { readonly arrived: Omit<WeekTotal, "week"> | null };

/** It is much to read, and changes once a week. */
const known = new WeakMap<Store, { readonly mark: string; readonly told: Told }>();

export async function readTold(store: Store): Promise<Told> {
  const mark = await store.publishedMark();
  const earlier = known.get(store);
  if (earlier?.mark === mark) return earlier.told;
  const tables = (await store.shownWeeks()).map(({ table }) => table);
  const joined = tables.map((table) => table.joined);
  const told: Told = {
    joined: joined[0],
    everybody: joined.find((each) => each?.everybody != null)?.everybody ?? null,
    weeks: tables.map(({ week, arrived = null }) => ({ week, arrived })),
  };
  known.set(store, { mark, told });
  return told;
}
