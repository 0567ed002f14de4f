import type { Audience } from "../../protocol/bundle.ts";
import type { OutboxTally } from "../../protocol/sync.ts";
import {
  sentLanguageSchema,
  tallies,
  taskTypeSchema,
  tipNameSchema,
  type TallyName,
} from "../../protocol/tallies.ts";
import { ownRules } from "../coaching/catalogue.ts";
import { promptIdOf } from "../coaching/orgPrompts.ts";
import { isoWeekOfDay } from "../isoWeek.ts";
import { tierOf } from "../requests/modelTiers.ts";
import { coarse, listedTool } from "./coarse.ts";
import type { DatedEvent, Naming } from "./dayEvents.ts";

const nanoOfCent = 10_000_000;

/** What would leave of these: rounded, under listed names, and what has the same names added up. */
export function tallyEvents(
  waiting: readonly OutboxTally[],
  { uuid, pseudonymOf }: Naming,
  audiences: Audiences = new Map(),
): DatedEvent[] {
  const merged = new Map<
    string,
    { table: TallyName; day: string; keys: Keys; sums: Record<string, number> }
  >();
  for (const tally of waiting) {
    const keys = listedKeys(tally, audiences);
    if (keys === undefined) continue;
    const { table, day } = tally;
    const place = JSON.stringify([table, day, keys]);
    const known = merged.get(place) ?? { table, day, keys, sums: {} };
    for (const [name, sum] of Object.entries(tally.sums)) known.sums[name] = (known.sums[name] ?? 0) + sum;
    merged.set(place, known);
  }
  return [...merged.values()].flatMap(({ table, day, keys, sums }): DatedEvent | [] => {
    const week = isoWeekOfDay(day);
    const exact: Record<string, number> = {
      ...sums,
      "cost.cents": Math.round((sums["costNano"] ?? 0) / nanoOfCent),
    };
    const rounded = Object.keys(tallies[table].sums).map((name) => [name, coarse(exact[name] ?? 0)] as const);
    if (rounded.every(([, sum]) => sum === 0)) return [];
    return {
      day,
      name: table,
      event: {
        ...{ "event.id": uuid(), week, pseudonym: pseudonymOf(week), ...keys },
        ...Object.fromEntries(rounded),
      },
    };
  });
}

type Keys = Readonly<Record<string, string>>;

/** For whom each prompt of the organisation's is, by its id, as far as that is known here. */
export type Audiences = ReadonlyMap<string, Audience>;

/** Undefined for what is nobody else's business: rules of a workspace. */
function listedKeys({ table, keys }: OutboxTally, audiences: Audiences): Keys | undefined {
  const tool = listedTool(keys["tool"] ?? null);
  switch (table) {
    case "kept.funnel":
      return { tool, mode: keys["mode"] ?? "unknown" };
    case "kept.requests": {
      const type = taskTypeSchema.safeParse(keys["taskType"]).data ?? "unknown";
      return { tool, tier: tierOf(keys["model"] ?? null), "task.type": type };
    }
    case "kept.tip":
      return tipKeys(keys["rule"] ?? "", audiences);
    case "kept.survival": {
      const isAi = keys["kind"] === "ai";
      return { "origin.kind": keys["kind"] ?? "unknown", tool: isAi ? tool : "none", age: keys["age"]! };
    }
  }
}

function tipKeys(rule: string, audiences: Audiences): Keys | undefined {
  const prompt = promptIdOf(rule);
  const tip = tipNameSchema.safeParse(prompt ?? rule).data;
  if (tip === undefined) return undefined;
  const audience =
    prompt === undefined
      ? ownRules().find((own) => own.rule.id === rule)?.rule.audience
      : audiences.get(prompt);
  const language = audience?.kind === "language" ? audience.languageId : "any";
  return {
    tip,
    tool: audience?.kind === "tool" ? listedTool(audience.tool) : "any",
    language: sentLanguageSchema.safeParse(language).data ?? "other",
  };
}
