import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const count = z.int().nonnegative();

/** One thing that an agent did besides writing, or a test run of the editor's. */
export const recordedStepSchema = z.strictObject({
  key: field(z.string(), {
    meaning:
      "Keyed hash of the tool's own id of what it called, so that a log that is read twice counts once.",
    sensitivity: "local",
    retention: editDays,
  }),
  taskKey: field(z.string().nullable(), {
    meaning: "The task in which something was read, planned or tried; null for a test run of the editor's.",
    sensitivity: "local",
    retention: editDays,
  }),
  tool: field(z.string(), {
    meaning: "The AI tool that read, planned or ran something, or the editor.",
    sensitivity: "personal",
    retention: editDays,
  }),
  place: field(z.string().nullable(), {
    meaning: "Address of the folder in which something was read, planned or tried, where it is known.",
    sensitivity: "local",
    retention: editDays,
  }),
  at: field(count, {
    meaning: "When something was read, planned or tried, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: editDays,
  }),
  utcOffsetMinutes: field(z.int(), {
    meaning: "The offset of the person's clock from UTC when something was read, planned or tried.",
    sensitivity: "personal",
    retention: editDays,
  }),
  kind: field(z.string(), {
    meaning:
      "Whether it was a look at a file, a plan, a test run that passed or failed, an opening of 1,500 characters or more, a call of a tool server, a changed assertion, or a look at a file that holds secrets.",
    sensitivity: "personal",
    retention: editDays,
  }),
  subject: field(z.string().nullable(), {
    meaning:
      "What tells that two are the same: a keyed hash of the command, the opening, the server's name or the branch; of a file that holds secrets its kind, never its name.",
    sensitivity: "local",
    retention: editDays,
  }),
});
