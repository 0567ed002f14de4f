import * as z from "zod";

/** Code units; the editor opens no text that is longer. */
const lengthSchema = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 31);

/** The year 2200: a clock that says more is wrong. */
const latestMs = 7_258_118_400_000;

/** One replaced range of a change: offsets in UTF-16 code units of the text before it. */
const replacedRangeSchema = z.strictObject({
  offset: lengthSchema,
  deletedLength: lengthSchema,
  insertedLength: lengthSchema,
});

/** What was under way in the editor when a change came. */
export const pendingSchema = z.enum([
  /** The whole of a shown completion was accepted. */
  "acceptCompletion",
  /** The next word of a shown completion was accepted. */
  "acceptWord",
  /** The next line of a shown completion was accepted. */
  "acceptLine",
  /** A suggested next edit was accepted. */
  "acceptNextEdit",
  "paste",
  /** A save runs: formatters and save participants edit now. */
  "save",
]);

/**
 * What the editor alone knows about one change. The text itself comes by document sync; the two are joined on
 * uri, session and version, in either order.
 */
export const observationSchema = z.strictObject({
  /** Rises by one for each observation of a window. The window keeps it until the server acknowledges it. */
  sequence: z.number().int().positive(),
  uri: z.string().min(1).max(4096),
  languageId: z.string().min(1).max(100),
  /** Rises each time the window opens the document; versions start anew with it. */
  session: z.number().int().nonnegative(),
  /** The document's version after the change. */
  version: z.number().int(),
  /** Milliseconds since 1970. */
  at: z.number().int().nonnegative().max(latestMs),
  /** Minutes east of UTC where the person was at that moment. */
  utcOffsetMinutes: z.number().int().min(-900).max(900),
  /** In the order the editor gave them: each applies to the text the ones before it left. */
  changes: z.array(replacedRangeSchema).min(1),
  reason: z.enum(["undo", "redo"]).optional(),
  /** The editor's own account of the change, where the host grants it. */
  detailedReason: z
    .strictObject({
      source: z.string().max(200),
      metadata: z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()])),
    })
    .optional(),
  /** The document was read again from disk. */
  reloaded: z.boolean(),
  /** The window had the keyboard. */
  focused: z.boolean(),
  /** The document was in the active text editor. */
  active: z.boolean(),
  /** Selections in the active editor of this document; 0 when it is not active. */
  carets: z.number().int().nonnegative(),
  pending: z.array(pendingSchema),
  /** Of an accepted suggestion: the running extensions that are known to make such. */
  completers: z.array(z.string().min(1).max(200)).max(20).optional(),
});
export type Observation = z.infer<typeof observationSchema>;
