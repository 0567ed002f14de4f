import * as z from "zod";
import { attributesSchema, dayEventSchema, limits, requestOf } from "./collector.ts";
import { tallyEventSchemas } from "./tallies.ts";

/** What any OTLP/HTTP collector is given: sums of whole weeks, because nobody there protects, forgets or deletes. */

/** Edits of one person, one week, one origin, one tool and one mode. */
export const weekEventSchema = z.strictObject({ ...dayEventSchema.shape });

/** The attributes of every record that a sink is given, by the record's event name. Each is of a whole week. */
export const sinkEventSchemas = { "kept.week": weekEventSchema, ...tallyEventSchemas } as const;
export type SinkEventName = keyof typeof sinkEventSchemas;

/** How long a field stays there. */
export const atSink = "As long as whoever runs the collector keeps it.";

export const sinkRecordSchema = z.strictObject({
  /** Midnight UTC of the week's last day, in nanoseconds since 1970. Never a time of day. */
  timeUnixNano: z.string().regex(/^\d{1,10}000000000$/),
  eventName: z.enum(Object.keys(sinkEventSchemas) as [SinkEventName, ...SinkEventName[]]),
  /** The event's name once more: what stores logs often keeps the body and not the name. */
  body: z.strictObject({ stringValue: z.string().max(limits.attributeChars) }),
  attributes: attributesSchema,
});
export type SinkRecord = z.infer<typeof sinkRecordSchema>;

/** A whole body for `/v1/logs` of any OTLP/HTTP collector. */
export const sinkRequestSchema = requestOf(sinkRecordSchema);
export type SinkRequest = z.infer<typeof sinkRequestSchema>;

/** `ExportLogsServiceResponse`. What it does not name may be there: a receiver of proto3 JSON passes over it. */
export const sinkAnswerSchema = z.object({
  partialSuccess: z
    .object({
      rejectedLogRecords: z.union([z.string().regex(/^\d{1,19}$/), z.int().nonnegative()]).nullish(),
      errorMessage: z.string().nullish(),
    })
    .nullish(),
});

/** `google.rpc.Status`: what an OTLP/HTTP collector says of a failure. */
export const sinkStatusSchema = z.object({ message: z.string() });

/** Header fields that whoever sends decides about. */
const ownHeaders = new Set([
  "accept",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export const headerNameSchema = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/, { error: "expected the name of a header field" })
  .refine((name) => !ownHeaders.has(name.toLowerCase()), {
    error: "this header field cannot be given: Kept sets it itself",
  });

/** Fixed header fields, as `OTEL_EXPORTER_OTLP_HEADERS` has them. */
export const fixedHeadersSchema = z
  .record(
    headerNameSchema,
    z
      .string()
      .max(4096)
      .regex(/^[\x20-\x7e]*$/, { error: "expected visible ASCII characters" }),
  )
  .refine((headers) => Object.keys(headers).length <= 10, { error: "expected at most 10 header fields" });
export type FixedHeaders = z.infer<typeof fixedHeadersSchema>;

/** Header fields with the collector they are for: another must never be given them. */
export const sinkHeadersSchema = z.strictObject({
  endpoint: z.string().max(300),
  headers: fixedHeadersSchema,
});
export type TypedHeaders = z.infer<typeof sinkHeadersSchema>;
