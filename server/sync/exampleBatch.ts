import { addDays, localDay } from "../../core/day.ts";
import { eventNames } from "../../core/sync/catalogue.ts";
import type { OutboxDay, OutboxTally } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { payloadsOf, type Person } from "./freeze.ts";
import { recordedTallies } from "./recordedTallies.ts";

const longestAgoDays = 30;
/** Enough to see what leaves. */
const mostRecords = 100;

/** What would have left of the last day before today on which something was recorded, wherever it was. */
export function exampleBatch(
  store: Store,
  host: Host,
  person: Person,
): { readonly day: string; readonly text: string } | undefined {
  const now = host.now();
  const today = localDay({ at: now, utcOffsetMinutes: host.utcOffsetMinutes(now) }).day;
  const sums = store.readSums({
    from: addDays(today, -longestAgoDays),
    to: today,
    workspaces: undefined,
  });
  const day = sums.reduce((latest, sum) => (sum.day > latest ? sum.day : latest), "");
  if (day === "") return undefined;
  const days: OutboxDay[] = sums
    .filter((sum) => sum.day === day)
    .map(({ kind, tool, mode, edits, insertedChars, keptChars }) => ({
      ...{ day, kind, tool, mode, edits, insertedChars, keptChars },
    }));
  const events = new Set(eventNames(person.mode));
  const tallies = exampleTallies(store, day);
  const first = days.slice(0, mostRecords - tallies.length);
  const [batch] = payloadsOf({ days: first, tallies, events }, person, () => host.uuid());
  return batch && { day, text: JSON.stringify(batch, null, 2) };
}

/** A few of each table: the form is what is to be seen. */
const mostOfEach = 5;

function exampleTallies(store: Store, day: string): OutboxTally[] {
  const { funnel, requests, tips } = recordedTallies(store, { from: day, to: day, workspaces: undefined });
  return [funnel, requests, tips].flatMap((each) => each.slice(0, mostOfEach));
}
