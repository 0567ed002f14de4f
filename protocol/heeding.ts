import * as z from "zod";
import { bundleKeySchema, bundleLimits, bundleRefusals, type BundleRefusal } from "./bundle.ts";
import { auditAnswerSchema, membershipSchema, teamAnswerSchema } from "./enrolment.ts";
import { consentSchema, syncPauseReasons } from "./sync.ts";
import { tallyNames } from "./tallies.ts";

/** What comes back from an organisation that somebody joined: signed prompts, and numbers of their team. */

const at = z.int().nonnegative();

/** How often keys can be handed on to one machine before it has to join again. */
export const mostHandedOn = 16;

const neededSchema = membershipSchema.shape.signatures;

/** The last good bundle as it came, and how the last look for another ended. */
export const heldBundleSchema = z.strictObject({
  org: z.uuidv4(),
  /** The envelope; null while none was accepted. It is verified again whenever it is read. */
  envelope: z.string().max(bundleLimits.bytes).nullable(),
  /** The highest sequence ever accepted; 0 where there was none. */
  sequence: z.int().nonnegative(),
  etag: z.string().max(300).nullable(),
  /** When the organisation last answered. */
  checkedAt: at.nullable(),
  /** Why the bundle that it gave is not used. */
  refused: z.enum(Object.keys(bundleRefusals) as [BundleRefusal, ...BundleRefusal[]]).nullable(),
  /** Why the last request brought no answer. */
  failure: z.string().max(300).nullable(),
  /** How many keys must have signed; not there before this machine first looked. It never falls. */
  needed: neededSchema.optional(),
  /** How other keys came in the place of those of the invitation. It is followed again whenever it is read. */
  handedOn: z
    .strictObject({
      /** Those of the invitation, whose names are their hashes. */
      from: z.array(bundleKeySchema).max(bundleLimits.signatures),
      /** The envelopes that changed which keys count, in their order. */
      by: z.array(z.string().max(bundleLimits.bytes)).max(mostHandedOn),
      /** How many had to sign each. */
      needed: z.array(neededSchema).max(mostHandedOn).optional(),
    })
    .optional(),
});
export type HeldBundle = z.infer<typeof heldBundleSchema>;

/** The last numbers of the team, and how the last request for them ended. */
export const heldTeamSchema = z.strictObject({
  org: z.uuidv4(),
  answer: teamAnswerSchema.nullable(),
  checkedAt: at.nullable(),
  failure: z.string().max(300).nullable(),
});
export type HeldTeam = z.infer<typeof heldTeamSchema>;

/** Entries of the log in an editor: ten pages; the console has all. */
const auditHeld = 2_000;

/** What was done at the organisation's service, as it was last told, and how the last request for it ended. */
export const heldAuditSchema = z.strictObject({
  org: z.uuidv4(),
  answer: auditAnswerSchema
    .extend({ entries: z.array(auditAnswerSchema.shape.entries.element).max(auditHeld) })
    .nullable(),
  checkedAt: at.nullable(),
  failure: z.string().max(300).nullable(),
});
export type HeldAudit = z.infer<typeof heldAuditSchema>;

const count = z.int().nonnegative();
const amountsSchema = z.strictObject({ edits: count, insertedChars: count, keptChars: count });

/** The Team view: what was published of the team, and beside it this person's own, which stays on this machine. */
export const teamStateSchema = z.strictObject({
  /** Null for whoever joined no organisation. */
  membership: z
    .strictObject({
      /** Host of the organisation's address. */
      sender: z.string(),
      mode: consentSchema.shape.mode,
      /** Null until the organisation answered. */
      team: z.string().nullable(),
      /** Why nothing is asked of it now; null while everything agrees. */
      stoppedBy: z.enum(syncPauseReasons).nullable(),
    })
    .nullable(),
  answer: teamAnswerSchema.nullable(),
  checkedAt: at.nullable(),
  failure: z.string().nullable(),
  /** This person's own edits in work folders, by week as in `answer`: all of them, and of each of its columns. */
  own: z.array(
    z.strictObject({ week: z.string(), all: amountsSchema, columns: z.record(z.string(), amountsSchema) }),
  ),
  /** The same of what is counted besides edits, in the newest week of `answer`: of its tables, sums of all that is recorded here. */
  ownTallies: z.array(
    z.strictObject({
      table: z.enum(tallyNames),
      keys: z.record(z.string(), z.string()),
      sums: z.record(z.string(), z.number()),
    }),
  ),
  /** What was done at the service; null without a membership, or while nothing was asked. */
  audit: heldAuditSchema.omit({ org: true }).nullable(),
  /** How the prompts of the organisation stand; null without a membership. */
  prompts: z
    .strictObject({
      /** Whether the invitation named keys: without any no prompt is ever shown. */
      arePinned: z.boolean(),
      inForce: count,
      sequence: count,
      expiresAt: at.nullable(),
      checkedAt: at.nullable(),
      /** Why the newest bundle is not used, in words. */
      refused: z.string().nullable(),
      failure: z.string().nullable(),
    })
    .nullable(),
});
export type TeamState = z.infer<typeof teamStateSchema>;
