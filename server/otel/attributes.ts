import type { ToolFigure } from "../../core/tools/toolRecords.ts";
import { areCounted, type CountNames } from "../agents/drift.ts";
import { countedMoney, countOf, nameOf } from "../agents/fields.ts";
import type { TelemetryRecord } from "./telemetryRecord.ts";
import type { TelemetrySink } from "./toolTelemetry.ts";

type Attributes = TelemetryRecord["attributes"];

/** The first of these attributes that is a name. */
export function nameIn(attributes: Attributes, ...keys: readonly string[]): string | undefined {
  return keys.map((key) => nameOf(attributes.get(key))).find((name) => name !== undefined);
}

/** A count; some tools write their numbers as text. Anything else counts as none. */
export function countIn(attributes: Attributes, key: string): number {
  return countOf(Number(attributes.get(key) ?? 0));
}

/** Whether tokens are counted as they are known to be, as `areCounted` says it of records. */
export function areCountedIn(
  attributes: Attributes,
  names: CountNames,
  sink: Pick<TelemetrySink, "problem">,
): boolean {
  const all = [...names.always, ...(names.sometimes ?? [])];
  return areCounted(
    Object.fromEntries(all.map((name) => [name, numberOf(attributes.get(name))])),
    names,
    sink,
  );
}

function numberOf(value: unknown): unknown {
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
}

/** Milliseconds, where they are said. */
export function msIn(attributes: Attributes, key: string): { readonly latencyMs?: number } {
  const ms = countIn(attributes, key);
  return ms > 0 ? { latencyMs: ms } : {};
}

/** What the tool says was billed, in US dollars; some write it as a part of one. */
export function billedIn(
  attributes: Attributes,
  partsOfDollar: number,
  ...keys: readonly string[]
): { readonly billed?: { readonly amount: number; readonly currency: string } } {
  for (const key of keys) {
    const amount = countedMoney(Number(attributes.get(key)) / partsOfDollar);
    if (amount !== undefined) return { billed: { amount, currency: "USD" } };
  }
  return {};
}

/** One decision on an edit. */
export function decision(
  known: { readonly tool: string; readonly at: number; readonly by: "person" | "rule" | "unknown" },
  isAccepted: boolean,
): ToolFigure {
  const { tool, at, by } = known;
  return { tool, at, measure: isAccepted ? "accepted" : "rejected", detail: by, count: 1, total: 1 };
}
