import * as z from "zod";
import { ruleSchema } from "./coaching.ts";
import { daySchema } from "./day.ts";
import { teamNameSchema } from "./teamName.ts";
import { toolSchema } from "./tool.ts";
import { visibleTextSchema } from "./visibleText.ts";

/** What is signed is this text and then the payload's bytes, so that no signature is good for anything else. */
export const bundleContext = "kept-bundle-v1\n";

export const bundleLimits = {
  /** Of the envelope, as it travels. */
  bytes: 64 * 1024,
  items: 50,
  /** UTF-16 code units of one item, written as JSON. */
  itemChars: 2048,
  signatures: 8,
  /** Days from issue to expiry, at most. */
  days: 14,
  /** How far the clock of whoever issued it may be ahead, in milliseconds. */
  clockMs: 10 * 60_000,
} as const;

export const keyIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** A key whose signature counts, by the first half of the SHA-256 of its SPKI, which stands there in base64. */
export const bundleKeySchema = z.strictObject({ id: keyIdSchema, publicKey: z.base64().max(200) });

/** The outside of a bundle. Nothing in the payload is looked at before its signatures are good. */
export const bundleEnvelopeSchema = z.strictObject({
  payload: z.base64().max(bundleLimits.bytes),
  signatures: z
    .array(z.strictObject({ key: keyIdSchema, signature: z.base64().length(88) }))
    .min(1)
    .max(bundleLimits.signatures),
});
export type BundleEnvelope = z.infer<typeof bundleEnvelopeSchema>;

const localeSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/);

/** How used somebody is to AI, by the days with AI edits among their last thirty: up to 4, up to 12, more. */
export const practiceLevels = ["starting", "regular", "daily"] as const;

/** For whom something is. It is decided on the person's machine, and nobody learns how. */
const audienceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("everyone") }),
  z.strictObject({ kind: z.literal("team"), team: teamNameSchema }),
  z.strictObject({ kind: z.literal("tool"), tool: toolSchema }),
  z.strictObject({ kind: z.literal("language"), languageId: z.string().regex(/^[\w+#.-]{1,40}$/) }),
  z.strictObject({ kind: z.literal("level"), level: z.enum(practiceLevels) }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** A prompt for people. It is text: never an instruction to an agent, never inserted anywhere by itself. */
export const bundleItemSchema = z
  .strictObject({
    id: z.uuidv4(),
    audience: audienceSchema,
    /** Whom to ask. */
    contact: visibleTextSchema.max(120),
    defaultLocale: localeSchema,
    texts: z.record(localeSchema, visibleTextSchema.min(1).max(1000)),
    /** A prompt to copy. */
    suggestion: visibleTextSchema.max(1000).optional(),
    /** First and last local day on which it is shown. */
    from: daySchema.optional(),
    until: daySchema.optional(),
    /** Makes it a rule: it is said only while this holds, and its texts may quote numbers as a rule's message does. */
    when: ruleSchema.shape.when.optional(),
    minSample: ruleSchema.shape.minSample,
    /** What should change; without it, what is kept of AI text should become more within 14 days. */
    expects: ruleSchema.shape.expects.optional(),
  })
  .refine(({ texts, defaultLocale }) => Object.hasOwn(texts, defaultLocale), {
    error: "expected a text in the default locale",
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    error: "expected a last day that is not before the first",
    path: ["until"],
  })
  .refine((item) => JSON.stringify(item).length <= bundleLimits.itemChars, {
    error: `expected ${bundleLimits.itemChars} characters or less`,
  });

export type BundleItem = z.infer<typeof bundleItemSchema>;

export const bundleSchema = z
  .strictObject({
    version: z.literal(1),
    /** Random name of the organisation, given at enrolment. */
    org: z.uuidv4(),
    /** Rises with every bundle. */
    sequence: z.int().positive(),
    /** Milliseconds since 1970. */
    issuedAt: z.int().nonnegative(),
    expiresAt: z.int().nonnegative(),
    items: z.array(bundleItemSchema).max(bundleLimits.items),
    /** The keys that sign from now on, so that whoever pinned those before learns the next. Without it they stay. */
    keys: z.array(bundleKeySchema).min(1).max(bundleLimits.signatures).optional(),
  })
  .refine(
    ({ issuedAt, expiresAt }) =>
      expiresAt > issuedAt && expiresAt - issuedAt <= bundleLimits.days * 86_400_000,
    { error: `expected an expiry within ${bundleLimits.days} days of the issue` },
  );
export type Bundle = z.infer<typeof bundleSchema>;

/** Why a bundle is not used, in words. */
export const bundleRefusals = {
  tooLarge: "It is larger than a bundle can be.",
  malformed: "It does not have the agreed form.",
  notSigned: "It is not signed by enough of the keys that were pinned when this machine joined.",
  otherOrg: "It is of another organisation.",
  old: "A newer one was seen before.",
  early: "It says that it was made in the future: check the clock.",
  expired: "It has expired.",
} as const;
export type BundleRefusal = keyof typeof bundleRefusals;
