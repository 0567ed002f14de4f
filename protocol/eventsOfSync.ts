import * as z from "zod";
import { field } from "./field.ts";

const untilLeft = "until you leave the organisation";
const untilSent = "until it is sent, 21 days at most";
const sentDays = "30 days after it was sent";

const count = z.int().nonnegative();

/** What it takes to send sums to an organisation, once the person agreed to it. */
export const recordedSyncSchema = z.strictObject({
  consent: field(z.string(), {
    meaning:
      "What you agreed to and when: the organisation's address, the fields, the credential of this machine and the secret that the weekly pseudonyms are made with.",
    sensitivity: "local",
    retention: untilLeft,
  }),
  workFolder: field(z.string(), {
    meaning: "Addresses of the folders that are work, and since when. Edits elsewhere are not even counted.",
    sensitivity: "local",
    retention: untilLeft,
  }),
  waitingEdit: field(count, {
    meaning: "Which edits of work folders are not in a batch yet.",
    sensitivity: "local",
    retention: untilSent,
  }),
  waitingRequest: field(count, {
    meaning: "Which requests to models of work folders are not in a batch yet.",
    sensitivity: "local",
    retention: untilSent,
  }),
  waitingTip: field(z.string(), {
    meaning: "How often a rule spoke, helped or did not, by day, as far as that is not in a batch yet.",
    sensitivity: "personal",
    retention: untilSent,
  }),
  batch: field(z.string(), {
    meaning: "The exact bytes of each batch, and what became of it: waiting, sent or refused.",
    sensitivity: "personal",
    retention: `waiting ones ${untilSent}; others ${sentDays}`,
  }),
  bundle: field(z.string(), {
    meaning:
      "The signed prompts that the organisation has in force, as they came, why the last ones are not used, and the signed messages by which keys were handed on.",
    sensitivity: "local",
    retention: untilLeft,
  }),
  bundleSequence: field(count, {
    meaning:
      "How far the organisation's signed prompts were counted when the last ones were accepted, in a file of its own beside the database, under hashes of the organisation and its keys: older ones do not come back after you leave, or after the database is lost.",
    sensitivity: "local",
    retention: "until you delete everything",
  }),
  teamNumbers: field(z.string(), {
    meaning: "The numbers of your team that the organisation published, as they came.",
    sensitivity: "local",
    retention: untilLeft,
  }),
  deletion: field(z.string(), {
    meaning: "After leaving: the keys of the weeks that the organisation is to delete.",
    sensitivity: "local",
    retention: "until the organisation has deleted them",
  }),
});
