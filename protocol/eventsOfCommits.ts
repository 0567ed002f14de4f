import * as z from "zod";
import { field } from "./field.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const sumMonths = "`kept.retention.sumMonths` (25 months)";
const untilRepositoryRests = `${sumMonths} after the last commit of the repository`;

const count = z.int().nonnegative();

/** What became of an AI edit on its way to a commit. */
export const recordedFunnelSchema = z.strictObject({
  outcome: field(z.string(), {
    meaning:
      "How the edit was accepted, whether something of it was left after fifteen minutes, was saved, was committed, and had lines left thirty days after its commit; whether its lines had new errors after five minutes or stood in another file; or why that cannot be known here.",
    sensitivity: "personal",
    retention: editDays,
  }),
  seen: field(z.string(), {
    meaning:
      "How much of an AI edit was on screen in this editor, as lengths. Recorded while `kept.seen.enabled` is on; never part of any sum.",
    sensitivity: "local",
    retention: editDays,
  }),
  recordAt: field(z.string(), {
    meaning: "The tool, its session and its request, by which its own record of the edit is found. No path.",
    sensitivity: "local",
    retention: editDays,
  }),
  sums: field(count, {
    meaning:
      "The same as counts, one by one and as they came together, by the sums of the day the edit belongs to.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});

/** How much was left of edits, added up. */
export const recordedRetentionSchema = z.strictObject({
  dueMs: field(count, {
    meaning: "How long after the edits the samples were to be taken, in milliseconds.",
    sensitivity: "none",
    retention: sumMonths,
  }),
  sums: field(count, {
    meaning:
      "By the sums of the day the edits belong to: how many samples there are, what they found, and how many were taken too late or on another branch.",
    sensitivity: "personal",
    retention: sumMonths,
  }),
});

/** Which lines of a commit come from which edits. */
export const recordedCommitSchema = z.strictObject({
  repository: field(z.string(), {
    meaning: "Address of the repository's folder.",
    sensitivity: "local",
    retention: untilRepositoryRests,
  }),
  name: field(z.string(), {
    meaning: "The commit's id, and when it was made.",
    sensitivity: "local",
    retention: untilRepositoryRests,
  }),
  path: field(z.string(), {
    meaning: "Path of a file in the repository.",
    sensitivity: "local",
    retention: untilRepositoryRests,
  }),
  lines: field(z.string(), {
    meaning: "Line numbers of that file in that commit, and the ids of the edits they come from.",
    sensitivity: "personal",
    retention: untilRepositoryRests,
  }),
  origin: field(z.string(), {
    meaning: "Kind, tool, model and mode of these edits.",
    sensitivity: "personal",
    retention: untilRepositoryRests,
  }),
});
