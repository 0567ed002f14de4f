import * as z from "zod";

/** A local day. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a day such as 2026-01-31");
