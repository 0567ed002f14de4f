import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const untilDeleted = "until the data is deleted";

const count = z.int().nonnegative();

/** What was not recorded, and how often. */
export const recordedDropSchema = z.strictObject({
  name: field(z.string(), {
    meaning: "Why something was dropped, for example a message without the agreed form.",
    sensitivity: "none",
    retention: untilDeleted,
  }),
  count: field(count, {
    meaning: "How often that happened.",
    sensitivity: "none",
    retention: untilDeleted,
  }),
});

/** How far the observations of a window were taken in. */
export const recordedReceiptSchema = z.strictObject({
  window: field(z.string(), {
    meaning: "Random id of the editor window.",
    sensitivity: "local",
    retention: editDays,
  }),
  sequence: field(count, {
    meaning: "Number of the last observation of a window that was recorded, so that none is counted twice.",
    sensitivity: "none",
    retention: editDays,
  }),
  writtenAt: field(count, {
    meaning: "When the window, or a document, was last written, in milliseconds since 1970, for pruning.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** What keeps several processes in order, and what the store says of itself. */
export const recordedUpkeepSchema = z.strictObject({
  lease: field(z.string(), {
    meaning: "Random id of the process that looks after the database now, and until when.",
    sensitivity: "local",
    retention: "ten seconds to a minute after that process ended",
  }),
  mark: field(count, {
    meaning: "Counters: how often the database was written, and when it was last checked.",
    sensitivity: "none",
    retention: untilDeleted,
  }),
  note: field(z.string(), {
    meaning:
      "Short texts of Kept's own, such as that the history is a demonstration, or how far the record that git keeps of its own steps was read in a repository.",
    sensitivity: "local",
    retention: untilDeleted,
  }),
  deviceKey: field(z.string(), {
    meaning: "The key of the hashes, 32 random bytes in a file of its own beside the database.",
    sensitivity: "local",
    retention: untilDeleted,
  }),
});
