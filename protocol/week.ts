import * as z from "zod";

/** An ISO week. */
export const weekSchema = z
  .string()
  .regex(/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/, { error: "expected an ISO week such as 2026-W07" });
