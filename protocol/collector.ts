import * as z from "zod";
import { field } from "./field.ts";
import { modeSchema, originKindSchema } from "./origin.ts";
import { coarseCountSchema, idSchema, inSums, ofEveryRecord, whileAccepted } from "./sentFields.ts";
import { tallyEventSchemas } from "./tallies.ts";
import { toolSchema } from "./tool.ts";

/** Version of this contract. It travels as the scope's version; a collector refuses any other. */
export const contractVersion = "1";

export const limits = {
  /** Of a body as it is after decompression. */
  bodyBytes: 1024 * 1024,
  /** Of a gzip body as it is on the wire. */
  compressedBytes: 256 * 1024,
  records: 500,
  attributes: 32,
  attributeChars: 256,
  /** Arrays and objects within each other; a batch needs 10. */
  depth: 16,
  /** Days after which a record is refused. It is also how long a collector must remember ids. */
  ageDays: 35,
  /** Reasons named in one answer; there may be more. */
  reasons: 20,
} as const;

/** Edits of one person, one day, one origin, one tool and one mode. */
export const dayEventSchema = z
  .strictObject({
    ...ofEveryRecord,
    "origin.kind": field(originKindSchema, {
      meaning: "Who made the edits: AI, human, tooling, external or unknown.",
      sensitivity: "none",
      retention: inSums,
    }),
    tool: field(toolSchema.optional(), {
      meaning: "The AI tool, from a fixed list. Only where the origin is AI.",
      sensitivity: "none",
      retention: inSums,
    }),
    mode: field(z.enum([...modeSchema.options, "unknown"]).optional(), {
      meaning: "How AI was used. Only where the origin is AI.",
      sensitivity: "none",
      retention: inSums,
    }),
    edits: field(coarseCountSchema, {
      meaning: "How many edits, rounded to two significant digits.",
      sensitivity: "personal",
      retention: inSums,
    }),
    "inserted.chars": field(coarseCountSchema, {
      meaning: "UTF-16 code units they inserted, rounded to two significant digits.",
      sensitivity: "personal",
      retention: inSums,
    }),
    "kept.chars": field(coarseCountSchema, {
      meaning: "How many of those were never removed, rounded to two significant digits.",
      sensitivity: "personal",
      retention: inSums,
    }),
  })
  .check((context) => {
    const event = context.value;
    const refuse = (name: string, message: string) =>
      context.issues.push({ code: "custom", message, path: [name], input: undefined });
    for (const name of ["tool", "mode"] as const) {
      if (event["origin.kind"] === "ai" && event[name] === undefined) {
        refuse(name, "required where origin.kind is ai");
      }
      if (event["origin.kind"] !== "ai" && event[name] !== undefined) {
        refuse(name, "allowed only where origin.kind is ai");
      }
    }
    if (event["kept.chars"] > event["inserted.chars"]) {
      refuse("kept.chars", "expected no more than inserted.chars");
    }
  });
export type DayEvent = z.infer<typeof dayEventSchema>;

/** The attributes of every event a record can hold, by the record's event name. */
export const eventSchemas = { "kept.day": dayEventSchema, ...tallyEventSchemas } as const;
export type EventName = keyof typeof eventSchemas;

/** What the resource of a batch says. */
export const resourceSchema = z.strictObject({
  "batch.id": field(idSchema, {
    meaning: "Random id of the batch, so that a batch sent again is not stored again.",
    sensitivity: "none",
    retention: whileAccepted,
  }),
  "service.name": z.literal("kept").optional(),
});

const attributeSchema = z.strictObject({
  key: z.string().min(1).max(64),
  value: z.union(
    [
      z.strictObject({ stringValue: z.string().max(limits.attributeChars) }),
      z.strictObject({ intValue: z.union([z.string().regex(/^\d{1,15}$/), z.int().nonnegative()]) }),
    ],
    { error: "expected stringValue, or intValue with a whole number" },
  ),
});
export type Attribute = z.infer<typeof attributeSchema>;

export const attributesSchema = z.array(attributeSchema).max(limits.attributes);

/** One OTLP log record. What it does not list is refused: an observed time, for example, would tell the hour. */
export const recordSchema = z.strictObject({
  /** Midnight UTC of the person's local calendar day, in nanoseconds since 1970. Never a time of day. */
  timeUnixNano: z.string().regex(/^\d{1,10}000000000$/, {
    error: "expected midnight UTC of a day, in nanoseconds since 1970, as a string",
  }),
  eventName: z.enum(Object.keys(eventSchemas) as [EventName, ...EventName[]]),
  attributes: attributesSchema,
});
export type LogRecord = z.infer<typeof recordSchema>;

/** One resource, one scope, and records of that form. */
export const requestOf = <Record extends z.ZodType>(record: Record) =>
  z.strictObject({
    resourceLogs: z
      .array(
        z.strictObject({
          resource: z.strictObject({ attributes: attributesSchema }),
          scopeLogs: z
            .array(
              z.strictObject({
                scope: z.strictObject({ name: z.literal("kept"), version: z.literal(contractVersion) }),
                logRecords: z.array(record).min(1).max(limits.records),
              }),
            )
            .length(1),
        }),
      )
      .length(1),
  });

/** The whole body of `POST /v1/logs`: one batch of one person's records of one week. */
export const requestSchema = requestOf(recordSchema);
export type LogsRequest = z.infer<typeof requestSchema>;

/** The same without a look into the records, so that one bad record does not cost its batch the good ones. */
export const envelopeSchema = requestOf(z.unknown());

/** Why a body or one of its records was refused. It never repeats what was sent, apart from names of fields. */
export const reasonSchema = z.strictObject({
  /** JSON pointer into the body, as a URI fragment (RFC 6901). */
  pointer: z.string().max(256),
  /** Name of the field or attribute. */
  field: z.string().max(64),
  detail: z.string().max(256),
});
export type Reason = z.infer<typeof reasonSchema>;

const count = z.int().nonnegative();

export const ingestAnswerSchema = z.strictObject({
  /** As OTLP has it: there when records were refused, and they must not be sent again. */
  partialSuccess: z
    .strictObject({ rejectedLogRecords: z.string().regex(/^[1-9]\d*$/), errorMessage: z.string() })
    .optional(),
  receipt: z.strictObject({
    /** Records this batch added. */
    stored: count,
    /** Records that were already there from another batch, or twice in this one. */
    duplicates: count,
    /** True when the very same batch had been stored before; the numbers are those of then. */
    replayed: z.boolean(),
  }),
  /** Of the refused records. */
  reasons: z.array(reasonSchema).max(limits.reasons).optional(),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;

/** What can go wrong, with the status it is answered with. The key is the end of the problem's `type`. */
export const problems = {
  malformed: { status: 400, title: "The request does not have the agreed form" },
  unauthorized: { status: 401, title: "The credential is missing, wrong, expired or revoked" },
  forbidden: { status: 403, title: "Whoever asks may not do this" },
  "invitation-refused": { status: 403, title: "The invitation is wrong, used up or expired" },
  "other-pseudonym": { status: 403, title: "This device goes by another pseudonym in this week" },
  "not-found": { status: 404, title: "There is nothing at this address" },
  "method-not-allowed": { status: 405, title: "This address does not take this method" },
  timeout: { status: 408, title: "The request took too long to arrive" },
  "batch-conflict": { status: 409, title: "This batch id was used for other bytes" },
  deleted: { status: 410, title: "The person had this week deleted" },
  "too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body is not JSON, plain or as gzip" },
  "headers-too-large": { status: 431, title: "The header fields are too large" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "The service failed" },
  unavailable: { status: 503, title: "The service cannot do this now" },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemName = keyof typeof problems;

/** A problem document (RFC 9457), sent as `application/problem+json`. */
export const problemDocumentSchema = z.strictObject({
  type: z.templateLiteral([
    "urn:kept:problem:",
    z.enum(Object.keys(problems) as [ProblemName, ...ProblemName[]]),
  ]),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  errors: z.array(reasonSchema).max(limits.reasons).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocumentSchema>;

export const healthAnswerSchema = z.strictObject({ status: z.literal("alive") });

export const readinessAnswerSchema = z.strictObject({
  status: z.literal("ready"),
  version: z.string(),
  contract: z.literal(contractVersion),
});
