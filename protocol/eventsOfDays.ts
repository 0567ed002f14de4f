import * as z from "zod";
import { field } from "./field.ts";

const sumMonths = "`kept.retention.sumMonths` (25 months)";

const count = z.int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The sums of one day, made while the data comes. */
export const recordedDaySchema = z.strictObject({
  day: field(day, {
    meaning: "The person's local day.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  hour: field(z.int().min(0).max(23), {
    meaning: "The person's local hour, for the strip of the day.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  workspace: field(z.string().nullable(), {
    meaning: "Address of the workspace folder the edits lie in, if any.",
    sensitivity: "local",
    retention: sumMonths,
  }),
  languageId: field(z.string(), {
    meaning: "The editor's language id of the documents.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  origin: field(z.string(), {
    meaning: "Kind, tool, model and mode of the edits.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  edits: field(count, {
    meaning: "Edits of that hour, folder, language and origin, and how many of them inserted something.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  chars: field(count, {
    meaning: "Their inserted, deleted and kept code units, with the sums of squares an interval needs.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});
