import * as z from "zod";
import { behindSchema } from "../protocol/editsBehind.ts";
import { questionSchema, type Question } from "../protocol/summary.ts";

export const viewIds = ["today", "quality", "tools", "cost", "coach", "team", "data"] as const;
export type ViewId = (typeof viewIds)[number];

/** The tables that stand behind the charts, and what is folded where there is little room. */
export const tableIds = [
  "hours",
  "days",
  "kinds",
  "retention",
  "survival",
  "rework",
  "spend",
  "tasks",
  "tiers",
  "perChange",
  "funnel",
  "tools",
  "types",
  "watch",
  "practice.lines",
  "practice.minutesBetween",
  "practice.tests",
  "practice.reads",
  "practice.firstEdit",
  "coach.tried",
  "coach.practice",
  "coach.rules",
  "team",
] as const;
export type TableId = (typeof tableIds)[number];

/** What the panel remembers while it is hidden and across a reload of the window. */
export interface Remembered {
  readonly view: ViewId;
  readonly question: Question;
  readonly openTables: readonly TableId[];
  readonly behind: Behind | null;
}

/** The edits that a person is looking at, instead of the view they came from. */
export type Behind = Readonly<z.infer<typeof behindSchema>>;

export const periods = [7, 30, 90] as const;

const rememberedSchema = z.object({
  view: z.enum(viewIds).catch("today"),
  question: questionSchema
    .refine(({ days }) => periods.some((period) => period === days))
    .catch({ days: 30, scope: "workspace" }),
  openTables: z.array(z.enum(tableIds)).catch([]),
  behind: behindSchema.nullable().catch(null),
});

/** What was remembered, whatever an earlier version left there. */
export function recall(stored: unknown): Remembered {
  const parsed = rememberedSchema.safeParse(stored);
  return parsed.success ? parsed.data : rememberedSchema.parse({});
}
