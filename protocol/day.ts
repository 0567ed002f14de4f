import * as z from "zod";

/** A local day, which the calendar has. */
export const daySchema = z.iso.date("expected a day of the calendar, such as 2026-01-31");
