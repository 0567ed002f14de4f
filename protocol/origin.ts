import * as z from "zod";

/** How AI was used. */
export const modeSchema = z.enum([
  /** Ghost text at the cursor, accepted whole or in part. */
  "completion",
  /** A suggested edit away from the cursor. */
  "nextEdit",
  /** A prompt typed in the text itself. */
  "inlineChat",
  /** A conversation beside the text, applied by the user. */
  "chat",
  /** A tool that edits files by itself. */
  "agent",
]);
export type Mode = z.infer<typeof modeSchema>;

export const originKindSchema = z.enum([
  "ai",
  "human",
  /** Formatter, rename, quick fix, snippet. */
  "tooling",
  /** Changed on disk by something unknown. */
  "external",
  /** Never counted as human and never as AI. */
  "unknown",
]);
export type OriginKind = z.infer<typeof originKindSchema>;

const nameSchema = z.string().min(1).max(200);

/** Who made an edit. Tool, model and mode belong to `ai` alone, and each may be unknown. */
export const originSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("ai"),
    tool: nameSchema.optional(),
    model: nameSchema.optional(),
    mode: modeSchema.optional(),
  }),
  z.strictObject({ kind: z.literal("human") }),
  z.strictObject({ kind: z.literal("tooling") }),
  z.strictObject({ kind: z.literal("external") }),
  z.strictObject({ kind: z.literal("unknown") }),
]);
export type Origin = z.infer<typeof originSchema>;

/** How strong one reason to believe an origin is, strongest first. */
export const strengthSchema = z.enum([
  /** The user said so. */
  "labelled",
  /** The editor or the tool says so. */
  "exact",
  /** Content and time agree with a tool's own record. */
  "matched",
  /** A heuristic: enough for human typing, never for AI. */
  "inferred",
]);
export type Strength = z.infer<typeof strengthSchema>;

/** One reason to believe an origin. */
export const evidenceSchema = z.strictObject({
  /** Where it comes from, for example `detailedReason` or `keyboard`. */
  source: z.string().min(1).max(100),
  strength: strengthSchema,
  origin: originSchema,
  /** When the source says it happened, in milliseconds since 1970. */
  at: z.number().int(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
