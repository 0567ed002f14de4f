import * as z from "zod";
import { field } from "./field.ts";

const untilDeletedOrOld = "until any data is deleted; of commits 25 months";

/** What a look at a repository's history leaves in files beside the database. It can be made anew from git at any time. */
export const recordedHistorySchema = z.strictObject({
  lives: field(z.string(), {
    meaning:
      "Which commit brought each line of a repository and which took it away, as numbers, with the repository's paths, the ids of its commits, and keyed hashes of their authors' addresses. No text.",
    sensitivity: "local",
    retention: "until any data is deleted, or while the repository is looked at",
  }),
  fates: field(z.string(), {
    meaning: "How many lines of which origin lived how long, by commit, and who took them away.",
    sensitivity: "personal",
    retention: untilDeletedOrOld,
  }),
  commits: field(z.string(), {
    meaning:
      "Of each commit: when it was made, whether by whoever commits here, how many files and lines, tests and languages it holds, how many lines are AI's by tool, and what kind of work its message says it is. No word of the message, no path, no name.",
    sensitivity: "personal",
    retention: untilDeletedOrOld,
  }),
});
