import * as z from "zod";

/** Which AI text was on screen. It stays on this machine and is part of no event. Lines are counted from 0. */

const line = z.int().nonnegative().max(10_000_000);
const rangeSchema = z.strictObject({ firstLine: line, lastLine: line });

/** What is on screen in a focused window: all of it, each time that changes. */
export const shownSchema = z.strictObject({
  documents: z
    .array(
      z.strictObject({
        uri: z.string().min(1).max(4096),
        ranges: z
          .array(rangeSchema.refine(({ firstLine, lastLine }) => lastLine - firstLine < 2000))
          .max(100),
      }),
    )
    .max(50),
});
export type Shown = z.infer<typeof shownSchema>;

/** AI text that is in no commit and was never on screen in this editor. */
export const unreadSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      uri: z.string(),
      lines: z.int().positive(),
      ranges: z.array(rangeSchema).min(1),
    }),
  ),
});
export type Unread = z.infer<typeof unreadSchema>;

/** Lines of one file. */
export const passageSchema = z.strictObject({
  uri: z.string().min(1).max(4096),
  firstLine: line,
  lastLine: line,
});
export type Passage = z.infer<typeof passageSchema>;
