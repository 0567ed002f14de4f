import * as z from "zod";
import { field } from "./field.ts";

const asLongAsDocument = "as long as an edit of the document is kept";
const untilSampled = "until its last sample, 24 hours after the edit, was taken or cannot be";

const count = z.int().nonnegative();

/** An edit of which samples are still to be taken, so that they can be when its document is closed. It holds no text. */
export const recordedFollowedSchema = z.strictObject({
  since: field(count, {
    meaning: "From when its sample times are counted, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: untilSampled,
  }),
  branch: field(z.string().nullable(), {
    meaning: "Keyed hash of the branch that was checked out when it was made.",
    sensitivity: "local",
    retention: untilSampled,
  }),
  pieces: field(z.string().nullable(), {
    meaning:
      "Lengths of what it put in and took out, and keyed hashes of their stretches of four code units, in no order.",
    sensitivity: "local",
    retention: untilSampled,
  }),
  nextDueMs: field(count, {
    meaning: "How long after the edit the next sample is due, in milliseconds.",
    sensitivity: "none",
    retention: untilSampled,
  }),
});

/** What is needed to find the lines of a document again when it was changed unseen. It holds no text. */
export const recordedRestSchema = z.strictObject({
  outline: field(z.string(), {
    meaning:
      "Length and keyed hash of each line of a text that stayed as it was, and of the last few it had before.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
  ranges: field(z.string(), {
    meaning: "Where in it the texts of followed edits lie.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
  gitMark: field(z.string().nullable(), {
    meaning:
      "Folder of the repository and how far its logs of movements had been read. Never leaves the machine.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
});

/** What a document's text consists of, so that it can be followed after a restart. It holds no text. */
export const recordedSpansSchema = z.strictObject({
  spans: field(z.string(), {
    meaning: "Lengths of stretches of text and the ids of the edits that inserted them.",
    sensitivity: "personal",
    retention: asLongAsDocument,
  }),
  textHash: field(z.string(), {
    meaning:
      "Keyed hash of the whole text, to tell whether it is still the same. The key stays on this machine.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
  textLength: field(count, {
    meaning: "UTF-16 code units of the whole text.",
    sensitivity: "personal",
    retention: asLongAsDocument,
  }),
  version: field(z.string(), {
    meaning: "Window, session and version the spans are about.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
});
