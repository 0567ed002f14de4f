import * as z from "zod";
import { daySchema } from "./day.ts";
import { field } from "./field.ts";

const sumMonths = "`kept.retention.sumMonths` (25 months)";
const count = z.int().nonnegative();

/** What was said as advice, and what became of it. */
export const recordedTipSchema = z.strictObject({
  id: field(z.string(), {
    meaning: "Random id of the tip; answers to it name it.",
    sensitivity: "none",
    retention: sumMonths,
  }),
  rule: field(z.string(), {
    meaning: "Which rule spoke, such as C01, or which prompt of an organisation, by its random id.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  ruleVersion: field(count, {
    meaning: "Which version of the rule it was.",
    sensitivity: "none",
    retention: sumMonths,
  }),
  at: field(count, {
    meaning: "When the rule held for the first time, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  day: field(daySchema, {
    meaning: "The person's local day of that.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  isHeldOut: field(z.boolean(), {
    meaning: "Whether chance decided that nothing was said, so that there is something to compare with.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  state: field(z.string(), {
    meaning:
      "Whether it was seen, snoozed, done, dismissed or muted, or what you said of an organisation's prompt: helped, not for me.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  changedAt: field(count, {
    meaning: "When that state came to be.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  snoozedUntil: field(count.nullable(), {
    meaning: "Until when it is not to be shown.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  nudgedAt: field(count.nullable(), {
    meaning: "When it was said unasked.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  message: field(z.string(), {
    meaning:
      "The sentence as it was said, with its numbers; it may name a tool, a language or a file's name.",
    sensitivity: "local",
    retention: sumMonths,
  }),
  before: field(z.string(), {
    meaning: "The share that it was meant to change, in the 14 days before, with interval and sample.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  after: field(z.string().nullable(), {
    meaning: "The same share after its time.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  effect: field(z.string().nullable(), {
    meaning: "Helped, no change, or cannot tell.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});
