import type { Attribute, LogRecord } from "../../../protocol/collector.ts";
import { tallies, type TallyName } from "../../../protocol/tallies.ts";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { idOf, pseudonymOf } from "./batches.ts";

export interface TallyFields {
  readonly name: string;
  /** Days since 1970. */
  readonly day: number;
  readonly person?: string;
  readonly table: TallyName;
  readonly keys: Readonly<Record<string, string>>;
  /** Those that are not there are 0. */
  readonly sums: Readonly<Record<string, number>>;
}

export function tallyRecordOf({ name, day, person = "a", table, keys, sums }: TallyFields): LogRecord {
  const text = (key: string, value: string): Attribute => ({ key, value: { stringValue: value } });
  return {
    timeUnixNano: `${day * 86_400}000000000`,
    eventName: table,
    attributes: [
      text("event.id", idOf(name)),
      text("week", isoWeekOf(day)),
      text("pseudonym", pseudonymOf(`${person} ${isoWeekOf(day)}`)),
      ...Object.entries(keys).map(([key, value]) => text(key, value)),
      ...Object.keys(tallies[table].sums).map((key) => ({
        key,
        value: { intValue: String(sums[key] ?? 0) },
      })),
    ],
  };
}

const examples: Readonly<Record<TallyName, Pick<TallyFields, "keys" | "sums">>> = {
  "kept.funnel": { keys: { tool: "codex", mode: "agent" }, sums: { accepted: 12, undone: 3 } },
  "kept.requests": {
    keys: { tool: "claude-code", tier: "heavy", "task.type": "tests" },
    sums: { requests: 40, input: 120_000, "cost.cents": 250 },
  },
  "kept.survival": {
    keys: { "origin.kind": "ai", tool: "cursor", age: "30" },
    sums: { lines: 100, surviving: 80, self: 15, others: 5 },
  },
  "kept.tip": { keys: { tip: "C01", tool: "any", language: "typescript" }, sums: { shown: 1, helped: 1 } },
};

/** What a record of a table can say. */
export function exampleOf(table: TallyName): Pick<TallyFields, "keys" | "sums"> {
  return examples[table];
}
