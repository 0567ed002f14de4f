import * as z from "zod";

/**
 * What document sync sends, as far as it is used. Other fields are passed over: the protocol grows without asking us.
 */

const version = z.int();
const position = z.object({ line: z.int().nonnegative(), character: z.int().nonnegative() });

export const openedSchema = z.object({
  textDocument: z.object({ uri: z.string().min(1), languageId: z.string(), version, text: z.string() }),
});

export const changedSchema = z.object({
  textDocument: z.object({ uri: z.string().min(1), version }),
  contentChanges: z.array(
    z.union([
      z.object({ range: z.object({ start: position, end: position }), text: z.string() }),
      z.strictObject({ text: z.string() }),
    ]),
  ),
});

export const closedSchema = z.object({ textDocument: z.object({ uri: z.string().min(1) }) });
