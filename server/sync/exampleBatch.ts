import { addDays, localDay } from "../../core/day.ts";
import { recordsOfBatch } from "../../core/sync/batches.ts";
import type { OutboxDay } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { payloadsOf, type Person } from "./freeze.ts";

const longestAgoDays = 30;

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
  const [batch] = payloadsOf(days.slice(0, recordsOfBatch), person, () => host.uuid());
  return batch && { day, text: JSON.stringify(batch, null, 2) };
}
