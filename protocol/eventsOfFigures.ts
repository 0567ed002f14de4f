import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const sumMonths = "`kept.retention.sumMonths` (25 months)";

const count = z.int().nonnegative();

/** What a tool counts of its own edits on one day. Kept compares it with its own numbers and decides nothing by it. */
export const recordedToolFigureSchema = z.strictObject({
  day: field(z.string(), {
    meaning: "The person's local day on which a tool told of its own edits.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  tool: field(z.string(), {
    meaning: "The AI tool that counts its own edits.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  measure: field(z.string(), {
    meaning:
      "What the tool counts: accepted or rejected proposals, and whose decision that was; or how much is left of its edits, and after how many milliseconds.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  sums: field(count, {
    meaning: "How many decisions or measurements the tool told of, and the sum of their scores.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});

/** How much of a plan is used, by what the tool says. */
export const recordedAllowanceSchema = z.strictObject({
  tool: field(z.string(), {
    meaning: "The AI tool that says how much of its plan is used.",
    sensitivity: "personal",
    retention: editDays,
  }),
  windowMinutes: field(count, {
    meaning: "How long the window is in which the plan allows so much.",
    sensitivity: "none",
    retention: editDays,
  }),
  usedShare: field(z.number(), {
    meaning: "The share of it that was used when the tool said so last.",
    sensitivity: "personal",
    retention: editDays,
  }),
  resetsAt: field(count.nullable(), {
    meaning: "When a new window begins, in milliseconds since 1970, where the tool says so.",
    sensitivity: "personal",
    retention: editDays,
  }),
  readAt: field(count, {
    meaning: "When the tool said how much of its plan is used, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** Whether a tool is still understood. */
export const recordedHeardSchema = z.strictObject({
  tool: field(z.string(), {
    meaning: "The AI tool that tells of itself.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  way: field(z.string(), {
    meaning: "Whether the tool tells by its hooks, its own records or its telemetry.",
    sensitivity: "none",
    retention: sumMonths,
  }),
  at: field(count, {
    meaning: "When the tool was heard of last in that way, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  counts: field(count, {
    meaning: "How much of what it told was taken in, and how much was not understood.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});
