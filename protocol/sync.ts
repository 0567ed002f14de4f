import * as z from "zod";
import { keyIdSchema } from "./bundle.ts";
import { credentialSchema, enrolmentTokenSchema, membershipSchema } from "./enrolment.ts";
import { modeSchema, originKindSchema } from "./origin.ts";
import { headerNameSchema } from "./sink.ts";
import type { TallyName } from "./tallies.ts";
import { weekSchema } from "./week.ts";

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

/** What waits besides sums of edits, exactly and with the names it has at home: neither leaves. */
export interface OutboxTally {
  readonly table: TallyName;
  readonly day: string;
  readonly keys: Readonly<Record<string, string | null>>;
  /** Money is in billionths of a dollar. */
  readonly sums: Readonly<Record<string, number>>;
}

/** Stands in the place of a week where the credential of the device is to end. */
export const deviceWeek = "device";

/** What this person agreed to on this machine, and with whom. There is one at most. */
export const consentSchema = z.strictObject({
  /** Address of the collector, without a slash at its end; of a sink perhaps with a path. */
  endpoint: z.url(),
  /** `collector`: Kept's own, which takes days. `sink`: any OTLP endpoint, which gets sums of weeks. */
  mode: z.enum(["collector", "sink"]),
  /** Ids of the keys whose bundles may be shown. */
  keys: z.array(keyIdSchema).max(8),
  /** Until it is exchanged for the membership. */
  token: enrolmentTokenSchema.nullable(),
  /** Of a sink: the names of the header fields that the person typed. Their values are in the editor's secret storage. */
  headerNames: z.array(headerNameSchema).max(10).optional(),
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
  /** Whether the editor or an administrator let nothing be sent when Kept last looked. */
  isOff: z.boolean().optional(),
  /** Why nothing can be sent until the person does something. */
  trouble: z.enum(["unauthorized", "invitationRefused"]).nullable(),
  /** What the person said of folders, by their addresses: it goes before what the organisation's list says. */
  marks: z.record(z.string().max(4096), z.enum(["work", "private"])),
  /** The last ISO week of which what survives of committed lines left. */
  survivalThrough: weekSchema.optional(),
  /** The names of all fields the person agreed to, as `event/field`. Others stay at home. */
  agreed: z.array(z.string().max(100)).max(500),
});
export type Consent = z.infer<typeof consentSchema>;

/** One field that can leave the machine, as the person is shown it. */
export const catalogueFieldSchema = z.strictObject({
  /** Event and field, such as `kept.day/edits`. */
  name: z.string().max(100),
  meaning: z.string(),
  sensitivity: z.string(),
  retention: z.string(),
});
export type CatalogueField = z.infer<typeof catalogueFieldSchema>;

/** Why nothing is sent now, the first that holds. */
export const syncPauseReasons = [
  "forbidden",
  "telemetryOff",
  "paused",
  "invitationRefused",
  "unauthorized",
  "headersMissing",
  "newFields",
] as const;

const count = z.int().nonnegative();

/** How sharing stands, for the person. */
export const syncStateSchema = z.strictObject({
  /** Null without consent. */
  consent: z
    .strictObject({
      endpoint: z.url({ protocol: /^https?$/ }),
      mode: consentSchema.shape.mode,
      /** Null until the organisation answered. */
      team: z.string().nullable(),
      givenAt: z.int(),
      /** Null while everything agrees. */
      stoppedBy: z.enum(syncPauseReasons).nullable(),
      /** Edits that wait for their day to end. */
      waitingEdits: count,
      waitingBatches: count,
      sentBatches: count,
      refusedBatches: count,
      newFields: z.array(catalogueFieldSchema),
    })
    .nullable(),
  /** The window's folders. */
  folders: z.array(
    z.strictObject({
      uri: z.string(),
      isWork: z.boolean(),
      because: z.enum(["policy", "person", "list", "none"]),
    }),
  ),
  /** Weeks that the organisation has not yet confirmed to have deleted. */
  pendingDeletions: count,
  /** Whether an administrator forbids it on this machine. */
  isForbidden: z.boolean(),
  /** An invitation, or the address of an OTLP collector, that an administrator laid down. */
  invitation: z.string().nullable(),
});
export type SyncState = z.infer<typeof syncStateSchema>;

/** What an invitation, or an address, leads to: to be read before anybody agrees. */
export const syncPreviewSchema = z.strictObject({
  endpoint: z.string(),
  mode: consentSchema.shape.mode,
  /** Whether it comes from another machine of the person's. */
  isCompanion: z.boolean(),
  /** Names of the header fields that an administrator laid down for it. */
  headerNames: z.array(z.string()),
  /** Ids of the keys whose prompts may be shown. */
  keys: z.array(z.string()),
  fields: z.array(catalogueFieldSchema),
  /** A batch as it would leave, made of this machine's last recorded day; none where nothing is recorded yet. */
  example: z.string().nullable(),
  /** The local day it is of. */
  exampleDay: z.string().nullable(),
});
export type SyncPreview = z.infer<typeof syncPreviewSchema>;

/** What a person is told of sharing, once. */
export const sharingNewsSchema = z.enum(["unauthorized", "invitationRefused", "newFields"]);
export type SharingNews = z.infer<typeof sharingNewsSchema>;

/** What the person does. */
export const syncActSchema = z.discriminatedUnion("act", [
  /** With the names of the fields that were shown: what came meanwhile was not agreed to. */
  z.strictObject({
    act: z.literal("join"),
    invitation: z.string().max(4096),
    agreed: z.array(z.string().max(100)).max(500),
  }),
  /** The same with a collector that is not Kept's, by its address. */
  z.strictObject({
    act: z.literal("joinSink"),
    address: z.string().max(300),
    headerNames: z.array(headerNameSchema).max(10),
    agreed: z.array(z.string().max(100)).max(500),
  }),
  z.strictObject({ act: z.literal("pause") }),
  z.strictObject({ act: z.literal("resume") }),
  /** To more fields than before. */
  z.strictObject({ act: z.literal("agree"), added: z.array(z.string().max(100)).max(500) }),
  /** Stops, and has everything deleted that was sent. */
  z.strictObject({ act: z.literal("leave") }),
  z.strictObject({
    act: z.literal("mark"),
    folder: z.string().min(1).max(4096),
    mark: z.enum(["work", "private", "asListed"]),
  }),
]);
export type SyncAct = z.infer<typeof syncActSchema>;

/** A batch that left, that waits or that was refused, exactly as its bytes are. */
export const syncBatchSchema = z.strictObject({
  id: z.string(),
  week: z.string(),
  records: count,
  state: z.enum(["waiting", "sent", "refused"]),
  /** When it was sent or refused. */
  endedAt: z.int().nullable(),
  reason: z.string(),
  text: z.string(),
});
export type SyncBatch = z.infer<typeof syncBatchSchema>;
