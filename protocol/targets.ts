import * as z from "zod";
import { whyInvalid } from "./errors.ts";

/** Where better lies, and the most that makes sense, in the unit of the metric. */
interface Judged {
  readonly better: "higher" | "lower";
  readonly most: number;
  readonly name: string;
}

type Better = Judged["better"];
const share = (better: Better, name: string): Judged => ({ better, most: 1, name });
const amount = (better: Better, name: string): Judged => ({ better, most: 1_000_000_000, name });

/** Metrics that are measured here and have a better side. Shares are from 0 to 1. */
export const judgedMetrics = {
  A1: share("higher", "Active use"),
  S5: amount("lower", "Agent latency"),
  S7: amount("lower", "Time to a kept change"),
  Q4: share("lower", "Rework"),
  Q5: share("higher", "Survival"),
  Q6: share("lower", "Reverts"),
  Q10: share("higher", "Tests beside code"),
  Q11: share("lower", "Duplication"),
  Q12: share("lower", "Problems after an edit"),
  R1: share("lower", "Failed edits"),
  R2: share("higher", "Right the first time"),
  R3: share("lower", "Tasks that kept nothing"),
  R4: share("lower", "Undone after acceptance"),
  R8: share("higher", "Quality of attribution"),
  C2: amount("lower", "Cost of a request"),
  C3: amount("lower", "Cost of a kept change"),
  C5: amount("lower", "Cost of an accepted change"),
  C6: share("higher", "Cached share of input"),
  C8: share("lower", "Heavy model for light work"),
  C9: amount("lower", "Budget"),
  C13: amount("lower", "Cost of a commit"),
  P1: amount("lower", "Batch size"),
  P4: amount("higher", "Reads per edit"),
  G1: share("higher", "Coverage"),
  G2: share("higher", "Policy adherence"),
} as const satisfies Record<string, Judged>;
export type JudgedMetric = keyof typeof judgedMetrics;

function targetOf({ better, most }: Judged) {
  const value = z.number().min(0).max(most).optional();
  return z
    .strictObject({
      baseline: value.meta({
        description: "What it was before AI, where that is not told by git and the tools' logs.",
      }),
      requirement: value.meta({ description: "What has to be reached: verdicts are given by it." }),
      ceiling: value.meta({ description: "The best that can be had." }),
    })
    .refine(
      ({ requirement, ceiling }) =>
        requirement === undefined ||
        ceiling === undefined ||
        (better === "higher" ? requirement <= ceiling : requirement >= ceiling),
      { message: "the requirement lies beyond the ceiling, and so could never be met" },
    );
}

/** What is aimed at, by the metric's id. */
export const targetsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(judgedMetrics).map(([id, judged]) => [
      id,
      targetOf(judged).optional().meta({ description: judged.name }),
    ]),
  ) as Record<JudgedMetric, z.ZodOptional<ReturnType<typeof targetOf>>>,
);
export type Targets = z.infer<typeof targetsSchema>;

/** The entries that can be used, and of each other one its name and why it cannot. */
export function usableTargets(given: Readonly<Record<string, unknown>>): {
  targets: Targets;
  refused: readonly string[];
} {
  const usable: [string, unknown][] = [];
  const refused: string[] = [];
  for (const [id, target] of Object.entries(given)) {
    const parsed = targetsSchema.safeParse(Object.fromEntries([[id, target]]));
    if (parsed.success) usable.push([id, target]);
    else
      refused.push(
        Object.hasOwn(judgedMetrics, id)
          ? whyInvalid(parsed.error)
          : `${id}: there is no such metric to aim at`,
      );
  }
  return { targets: targetsSchema.parse(Object.fromEntries(usable)), refused };
}
export type Target = z.infer<ReturnType<typeof targetOf>>;

/** A day, or nothing. */
export const baselineBeforeSchema = z.union([
  z.literal(""),
  z.iso.date("expected a day such as 2026-01-31, or nothing"),
]);
