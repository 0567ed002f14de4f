import * as z from "zod";
import { metrics } from "../../../core/metrics/metrics.ts";
import { linesOf } from "../form.ts";
import { patternLimits, tiers, type Tier } from "./settings.ts";

/** Shares that can be aimed at. */
export const targeted = metrics.filter(({ unit, direction }) => unit === "share" && direction !== "none");

export const levels = ["baseline", "requirement", "ceiling"] as const;
const targetNames = new Set(targeted.flatMap(({ id }) => levels.map((level) => `${id} ${level}`)));

const percentSchema = z
  .string()
  .trim()
  .regex(/^(?:\d{1,3}(?:\.\d)?)?$/, { error: "expected a number from 0 to 100, or nothing" })
  .transform((text) => (text === "" ? null : Number(text) / 100))
  .refine((share) => share === null || share <= 1, { error: "expected a number from 0 to 100, or nothing" });

export const amountSchema = z
  .string()
  .trim()
  .regex(/^\d{0,9}$/, { error: "expected a whole amount, or nothing" })
  .transform((text) => (text === "" ? null : Number(text)));

export const targetsSchema = z.record(z.string(), percentSchema).superRefine((fields, context) => {
  // Empty fields are sent, too: whoever sends none did not mean to clear every target.
  if (Object.keys(fields).length === 0) context.addIssue({ code: "custom", message: "nothing was sent" });
  for (const name of Object.keys(fields).filter((each) => !targetNames.has(each))) {
    context.addIssue({ code: "custom", path: [name], message: "there is no such target" });
  }
  for (const { id, direction } of targeted) {
    const [requirement, ceiling] = [fields[`${id} requirement`], fields[`${id} ceiling`]];
    if (direction === "higher" && ceiling != null && requirement != null && ceiling < requirement) {
      context.addIssue({ code: "custom", path: [`${id} ceiling`], message: "is below the requirement" });
    }
  }
});

export const repositoriesSchema = z
  .partialRecord(z.enum(Object.keys(tiers) as [Tier, ...Tier[]]), z.string())
  .superRefine((fields, context) => {
    const sent = Object.entries(fields).map(([tier, text]) => ({ tier, lines: linesOf(text ?? "") }));
    if (sent.length === 0) context.addIssue({ code: "custom", message: "nothing was sent" });
    for (const { tier, lines } of sent) {
      const long = lines.findIndex((line) => line.length > patternLimits.characters) + 1;
      if (long === 0) continue;
      const message = `line ${long} has more than ${patternLimits.characters} characters`;
      context.addIssue({ code: "custom", path: [tier], message });
    }
    const [longest] = sent.toSorted((a, b) => b.lines.length - a.lines.length);
    if (sent.reduce((sum, { lines }) => sum + lines.length, 0) > patternLimits.patterns) {
      const message = `all tiers together hold ${patternLimits.patterns} patterns at most`;
      context.addIssue({ code: "custom", path: [longest?.tier ?? ""], message });
    }
  });
