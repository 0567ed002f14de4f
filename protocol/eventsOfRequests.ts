import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const sumMonths = "`kept.retention.sumMonths` (25 months)";

const count = z.int().nonnegative();
const tokens = (whose: string, retention: string) => ({
  tokens: field(count, {
    meaning: `Tokens ${whose}, by kind: input, output, read from a cache, written to one, and spent on reasoning.`,
    sensitivity: "personal",
    retention,
  }),
});

/** One call to a model, as the tool that made it recorded it. No prompt and no answer. */
export const recordedRequestSchema = z.strictObject({
  key: field(z.string(), {
    meaning:
      "Keyed hash of the tool and its own id of the request, so that it counts once. Where only telemetry tells of it and names none, of its session, time and tokens.",
    sensitivity: "local",
    retention: editDays,
  }),
  at: field(count, {
    meaning: "When it was made, in milliseconds since 1970, and the minutes east of UTC then.",
    sensitivity: "personal",
    retention: editDays,
  }),
  model: field(z.string().nullable(), {
    meaning: "The AI model, if the tool says it, and how AI was used.",
    sensitivity: "personal",
    retention: editDays,
  }),
  ...tokens("of the request", editDays),
  latencyMs: field(count.nullable(), {
    meaning: "How long it took, where the tool says that, in milliseconds.",
    sensitivity: "personal",
    retention: editDays,
  }),
  cost: field(count.nullable(), {
    meaning:
      "What it costs by list price, in billionths of a US dollar, and by which prices; and what the tool was billed, where it says so.",
    sensitivity: "personal",
    retention: editDays,
  }),
  isSum: field(z.boolean(), {
    meaning: "Whether it is the sum of a session, of a tool that tells of no single requests.",
    sensitivity: "personal",
    retention: editDays,
  }),
  subagent: field(z.boolean(), {
    meaning: "Whether an agent made it that another agent had started.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** What a tool's own record says of one edit of one file. */
export const recordedTaskEditSchema = z.strictObject({
  key: field(z.string(), {
    meaning: "Keyed hash of the tool, its own id of the call and the file, so that it counts once.",
    sensitivity: "local",
    retention: editDays,
  }),
  at: field(count, {
    meaning: "When the tool says it was made, in milliseconds since 1970, and the minutes east of UTC then.",
    sensitivity: "personal",
    retention: editDays,
  }),
  uri: field(z.string(), {
    meaning: "Address of the file.",
    sensitivity: "local",
    retention: editDays,
  }),
  mode: field(z.string().nullable(), {
    meaning: "How AI was used.",
    sensitivity: "personal",
    retention: editDays,
  }),
  lines: field(count.nullable(), {
    meaning: "Lines it added and took out, where the record tells.",
    sensitivity: "personal",
    retention: editDays,
  }),
  outcome: field(z.string(), {
    meaning: "Whether it was proposed, applied, rejected or failed.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** A tool's session: requests and edits that belong together. */
export const recordedTaskSchema = z.strictObject({
  key: field(z.string(), {
    meaning: "Keyed hash of the tool and its own id of the session.",
    sensitivity: "local",
    retention: sumMonths,
  }),
  tool: field(z.string(), {
    meaning: "The AI tool, and the models it used.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  modes: field(z.string(), {
    meaning: "How AI was used, by its requests and the tool's records of its edits; none where neither told.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  place: field(z.string().nullable(), {
    meaning: "Address of the folder the tool worked in, where it is known.",
    sensitivity: "local",
    retention: sumMonths,
  }),
  time: field(count, {
    meaning:
      "When it began and ended, in milliseconds since 1970, and the person's local day on which it began.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  type: field(z.string(), {
    meaning: "What kind of work it was, as far as its commits or the files it changed tell.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  committedType: field(z.string().nullable(), {
    meaning:
      "What kind of work the commits say they are that its edits went into: one type, or that it is several.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  ...tokens("of its requests", sumMonths),
  cost: field(count, {
    meaning:
      "What its requests cost by list price, in billionths of a US dollar, and of how many no price is known.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  changes: field(count, {
    meaning: "How many edits it made, and of how many of them something was never removed.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  tried: field(count.nullable(), {
    meaning:
      "How many of its edits failed and were rejected, and how many files and lines those changed that were applied.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});

/** The sums of the requests of one day. */
export const recordedRequestDaySchema = z.strictObject({
  day: field(z.string(), {
    meaning: "The person's local day on which the requests were made.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  place: field(z.string().nullable(), {
    meaning: "Address of the folder in which they were made, where it is known.",
    sensitivity: "local",
    retention: sumMonths,
  }),
  origin: field(z.string(), {
    meaning: "Tool, model and mode of the requests.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  ...tokens("of these requests", sumMonths),
  cost: field(count, {
    meaning:
      "What they cost by list price and what was billed, in billionths of the currency, and of how many no price is known.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  latencies: field(z.string(), {
    meaning: "How many of them took how long, in steps of nine per cent.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});
