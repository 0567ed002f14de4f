import type { DayEvent, EventName } from "../../protocol/collector.ts";
import type { SinkEventName } from "../../protocol/sink.ts";
import type { OutboxDay } from "../../protocol/sync.ts";
import { isoWeekOfDay } from "../isoWeek.ts";
import { coarse, listedTool } from "./coarse.ts";

export interface Naming {
  /** A new random id. */
  readonly uuid: () => string;
  /** Who the person is in one week. */
  readonly pseudonymOf: (week: string) => string;
}

/** One event with the day it is of, which travels as the record's time. */
export interface DatedEvent {
  readonly day: string;
  readonly name: EventName | SinkEventName;
  readonly event: Readonly<Pick<DayEvent, "event.id" | "week" | "pseudonym">> &
    Readonly<Record<string, string | number | undefined>>;
}

/** What would leave of these days: rounded, with listed names, and tools that are not listed added up. */
export function dayEvents(
  days: readonly OutboxDay[],
  { uuid, pseudonymOf }: Naming,
): (DatedEvent & { readonly event: DayEvent })[] {
  const merged = new Map<string, OutboxDay & { readonly listed: Listed }>();
  for (const day of days) {
    const listed = listedOrigin(day);
    const key = JSON.stringify([day.day, listed]);
    const before = merged.get(key);
    merged.set(key, {
      ...day,
      listed,
      edits: day.edits + (before?.edits ?? 0),
      insertedChars: day.insertedChars + (before?.insertedChars ?? 0),
      keptChars: day.keptChars + (before?.keptChars ?? 0),
    });
  }
  return [...merged.values()].map(({ day, listed, edits, insertedChars, keptChars }) => {
    const week = isoWeekOfDay(day);
    return {
      day,
      name: "kept.day",
      event: {
        "event.id": uuid(),
        week,
        pseudonym: pseudonymOf(week),
        ...listed,
        edits: coarse(edits),
        "inserted.chars": coarse(insertedChars),
        "kept.chars": coarse(keptChars),
      },
    };
  });
}

type Listed = Pick<DayEvent, "origin.kind" | "tool" | "mode">;

function listedOrigin({ kind, tool, mode }: OutboxDay): Listed {
  if (kind !== "ai") return { "origin.kind": kind };
  return { "origin.kind": kind, tool: listedTool(tool), mode: mode ?? "unknown" };
}
