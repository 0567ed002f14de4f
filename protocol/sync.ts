import * as z from "zod";
import { keyIdSchema } from "./bundle.ts";
import { credentialSchema, enrolmentTokenSchema, membershipSchema } from "./enrolment.ts";
import { modeSchema, originKindSchema } from "./origin.ts";

/** What waits to leave of one local day, exactly: it is rounded, and its names are listed, when it is frozen. */
export const outboxDaySchema = z.strictObject({
  day: z.iso.date(),
  kind: originKindSchema,
  tool: z.string().nullable(),
  mode: modeSchema.nullable(),
  edits: z.int().nonnegative(),
  insertedChars: z.int().nonnegative(),
  keptChars: z.int().nonnegative(),
});
export type OutboxDay = z.infer<typeof outboxDaySchema>;

/** What this person agreed to on this machine, and with whom. There is one at most. */
export const consentSchema = z.strictObject({
  /** Address of the collector, without a slash at its end. */
  endpoint: z.url(),
  /** `collector`: Kept's own, which takes days. `sink`: any OTLP endpoint, which gets sums of weeks. */
  mode: z.enum(["collector", "sink"]),
  /** Ids of the keys whose bundles may be shown. */
  keys: z.array(keyIdSchema).max(8),
  /** Until it is exchanged for the membership. */
  token: enrolmentTokenSchema.nullable(),
  /** Null in a sink, which knows nobody. */
  credential: credentialSchema.nullable(),
  /** Takes its place once it was used. */
  nextCredential: credentialSchema.nullable(),
  /** What the organisation answered; null while it did not. */
  membership: membershipSchema.nullable(),
  /** What the pseudonyms are made with: 32 random bytes in hexadecimal digits. It never leaves the machine. */
  secret: z.string().regex(/^[0-9a-f]{64}$/),
  /** When, in milliseconds since 1970. Nothing older is sent. */
  givenAt: z.int().nonnegative(),
  isPaused: z.boolean(),
  /** Why nothing can be sent until the person does something. */
  trouble: z.enum(["unauthorized", "invitationRefused"]).nullable(),
  /** The names of all fields the person agreed to, as `event/field`. Others stay at home. */
  agreed: z.array(z.string().max(100)).max(500),
});
export type Consent = z.infer<typeof consentSchema>;
