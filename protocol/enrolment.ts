import * as z from "zod";
import { bundleKeySchema, keyIdSchema } from "./bundle.ts";
import { daySchema } from "./day.ts";
import { riskTierSchema } from "./policy.ts";
import { protectedLineSchema } from "./protection.ts";
import { teamNameSchema } from "./teamName.ts";
import { publishedTallySchema } from "./tallies.ts";
import { toolSchema } from "./tool.ts";
import { weekSchema } from "./week.ts";

/** 256 random bits and what they are for, so that one is not taken for the other. */
const secretOf = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`), {
    error: `expected ${prefix} and 43 characters of base64url`,
  });

/** Lets a device in; made by an administrator or, for a person's second device, by the first. */
export const enrolmentTokenSchema = secretOf("kept_join_");

/** What a device shows with each request. The device makes it; the org has its hash alone. */
export const credentialSchema = secretOf("kept_device_");

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: "expected a SHA-256 in hexadecimal" });

/** What a person pastes to join. As text it is `invitationPrefix` and then this as JSON in base64url. */
export const invitationSchema = z.strictObject({
  /** Address of the service, without a path. */
  endpoint: z
    .string()
    .max(300)
    .regex(/^https?:\/\/[^\s/?#@\\]+$/, { error: "expected an address such as https://kept.example.org" }),
  /** Ids of the keys whose bundles may be shown; without any, nothing that the org publishes is. */
  keys: z.array(keyIdSchema).max(8),
  token: enrolmentTokenSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;

export const invitationPrefix = "kept-invitation-1.";

/**
 * What a person pastes to join with another machine of theirs, in the same form. The secret is that of the first machine:
 * it never goes to the organisation.
 */
export const companionSchema = invitationSchema.extend({ secret: hashSchema });
export type Companion = z.infer<typeof companionSchema>;

export const companionPrefix = "kept-companion-1.";

/** Asked twice with the same credential, it is answered twice alike and uses the token once. */
export const enrolmentRequestSchema = z.strictObject({
  token: enrolmentTokenSchema,
  /** SHA-256 of the credential's characters. */
  credentialHash: hashSchema,
});

/**
 * How many of those a number could be about take part, at the end of the newest week that was published; told only where
 * neither they nor the others are few, and where it is not few who came or went since it was told before.
 */
export const participationSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("shown"), joined: z.int().min(5), of: z.int().min(10) }),
  z.strictObject({ state: z.literal("hidden") }),
]);

/** What the organisation asks of whoever joined, and promises them. */
export const membershipSchema = z.strictObject({
  /** Random name of the organisation; pseudonyms are derived with it. */
  org: z.uuidv4(),
  team: teamNameSchema,
  /** Last day on which the credential is good. A client replaces it in the thirty days before. */
  expires: daySchema,
  /** The fewest people a number can be about. */
  floor: z.int().min(5),
  /** How many devices each person is taken to have when people are counted. */
  devicesEach: z.union([z.literal(1), z.literal(2)]),
  /**
   * Devices that joined, so that everybody can see when there are more than people; further ones of a person are not counted. As
   * it was last published with a week: it changes once a week at most, by five or more. Null before that.
   */
  devices: z.int().min(5).nullable(),
  participation: participationSchema,
  /** The keys that sign bundles now. A client trusts those of its invitation, and what these handed on, alone. */
  keys: z.array(bundleKeySchema).max(8),
  /** How many of them have to sign. */
  signatures: z.int().min(1).max(8),
  /** Patterns of the remotes whose repositories are work, compared on the device alone; `*` stands for anything. */
  remotes: z.array(z.string().min(1).max(300)).max(200),
  /** Tools that the organisation approves of; null while it says nothing. */
  tools: z.array(toolSchema).nullable(),
  /** How much care repositories need, by patterns of remotes as above. Nothing is answered about which of them fit. */
  tiers: z
    .array(z.strictObject({ remote: z.string().min(1).max(300), tier: riskTierSchema }))
    .max(200)
    .optional(),
});
export type Membership = z.infer<typeof membershipSchema>;

/** The credential that takes the place of the one the request is sent with. */
export const credentialRequestSchema = z.strictObject({ credential: credentialSchema });

/** Nothing has to be said, and nothing that is not known is taken. */
export const companionRequestSchema = z.strictObject({});

export const companionAnswerSchema = z.strictObject({
  /** Good once, for ten minutes. The device that joins with it counts as the same person. */
  token: enrolmentTokenSchema,
});

export const leaveAnswerSchema = z.strictObject({ status: z.literal("left") });

/**
 * Whoever can give the week's key is the person: the pseudonym is the first half of its SHA-256. Nothing else is asked,
 * so that requests for several weeks are not linked by a credential.
 */
export const deletionRequestSchema = z.strictObject({
  week: weekSchema,
  weekKey: z.string().regex(/^[0-9a-f]{64}$/, { error: "expected 64 hexadecimal digits in lower case" }),
});

export const deletionAnswerSchema = z.strictObject({
  /** Events that were there and are not any more. */
  deleted: z.int().nonnegative(),
  /** Whether sums with a share of theirs were published before; those are frozen and stay. */
  published: z.boolean(),
});

/** What a team is shown of itself: protected numbers alone. */
export const teamAnswerSchema = z.strictObject({
  team: teamNameSchema,
  participation: participationSchema,
  /** Newest first. A week is here from the third day after its end on, and never changes. */
  weeks: z
    .array(
      z.strictObject({
        week: weekSchema,
        floor: z.int().min(5),
        /** Names of tools and of origins other than AI, in the order of the cells. */
        columns: z.array(z.string()),
        team: protectedLineSchema,
        everybody: protectedLineSchema,
        /** What is counted besides edits: cells of the team, and of everybody who is in no cell of their team. */
        tallies: z.array(publishedTallySchema),
      }),
    )
    .max(60),
  /** What the organisation aims at, by the metric's id. */
  targets: z.record(z.string().regex(/^[A-Z]\d{1,2}$/), z.number()),
});
export type TeamAnswer = z.infer<typeof teamAnswerSchema>;

/** What was done at the organisation's service, for those it is about: everybody who joined. */
export const auditAnswerSchema = z.strictObject({
  /** Newest first. */
  entries: z
    .array(
      z.strictObject({
        /** UTC. */
        day: daySchema,
        /** An account of the console, or a command. */
        who: z.string(),
        did: z.string(),
        subject: z.string(),
      }),
    )
    .max(200),
  /** What to ask with, as `before`, for what comes after these; null where that is all. */
  older: z.string().max(64).nullable(),
});
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;
