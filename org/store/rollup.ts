import type { Batch, RollupRow, StoredEvent } from "./store.ts";

/** What newly stored events add to the sums of their week, in the order of the keys so that writers do not deadlock. */
export function sumsOf({ week }: Pick<Batch, "week">, events: readonly StoredEvent[]): RollupRow[] {
  const sums = new Map<string, RollupRow>();
  for (const event of events) {
    const key = keyOf(event);
    const sum = sums.get(key);
    sums.set(key, {
      week,
      originKind: event.originKind,
      tool: event.tool,
      mode: event.mode,
      events: (sum?.events ?? 0) + 1,
      edits: (sum?.edits ?? 0) + event.edits,
      insertedChars: (sum?.insertedChars ?? 0) + event.insertedChars,
      keptChars: (sum?.keptChars ?? 0) + event.keptChars,
    });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function keyOf({ originKind, tool, mode }: Pick<StoredEvent, "originKind" | "tool" | "mode">): string {
  return `${originKind}/${tool ?? ""}/${mode ?? ""}`;
}
