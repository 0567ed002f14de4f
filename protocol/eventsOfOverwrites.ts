import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const sumMonths = "`kept.retention.sumMonths` (25 months)";

const count = z.int().nonnegative();

/** Text of one edit that another took out. */
export const recordedOverwriteSchema = z.strictObject({
  editId: field(z.string(), {
    meaning: "The edit that took out text of another.",
    sensitivity: "none",
    retention: editDays,
  }),
  ofEditId: field(z.string(), {
    meaning: "The edit whose text was taken out.",
    sensitivity: "none",
    retention: editDays,
  }),
  chars: field(count, {
    meaning:
      "How many code units of it were taken out, without what had been taken out and brought back before.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** The same added up. */
export const recordedOverwriteDaySchema = z.strictObject({
  day: field(z.string(), {
    meaning: "The local day, the folder and the language of edits that took out text of others.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  origin: field(z.string(), {
    meaning: "Kind, tool, model and mode of the edits that took out text, and of those whose text it was.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
  sums: field(count, {
    meaning: "How many such pairs of edits there are, and the code units that were taken out.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});
