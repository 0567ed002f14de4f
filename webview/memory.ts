import * as z from "zod";
import { questionSchema, type Question } from "../protocol/summary.ts";

export const viewIds = ["today", "quality", "tools", "cost", "coach", "team", "data"] as const;
export type ViewId = (typeof viewIds)[number];

/** The tables that stand behind the charts. */
export const tableIds = ["hours", "days", "kinds", "retention", "survival", "rework"] as const;
export type TableId = (typeof tableIds)[number];

/** What the panel remembers while it is hidden and across a reload of the window. */
export interface Remembered {
  readonly view: ViewId;
  readonly question: Question;
  readonly openTables: readonly TableId[];
}

export const periods = [7, 30, 90] as const;

const rememberedSchema = z.object({
  view: z.enum(viewIds).catch("today"),
  question: questionSchema
    .refine(({ days }) => periods.some((period) => period === days))
    .catch({ days: 30, scope: "workspace" }),
  openTables: z.array(z.enum(tableIds)).catch([]),
});

/** What was remembered, whatever an earlier version left there. */
export function recall(stored: unknown): Remembered {
  const parsed = rememberedSchema.safeParse(stored);
  return parsed.success ? parsed.data : rememberedSchema.parse({});
}
