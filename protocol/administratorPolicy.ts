import * as z from "zod";
import { fixedHeadersSchema } from "./sink.ts";

/**
 * What an administrator says for a whole machine, in a file that nobody else can write. It can forbid sync and bound where
 * to; it can never switch it on.
 */
export const administratorPolicySchema = z.strictObject({
  sync: z.enum(["allowed", "forbidden"]).optional(),
  /** The only addresses that may be joined. */
  endpoints: z.array(z.url()).max(20).optional(),
  /** An invitation that people are offered, and may decline. */
  invitation: z.string().max(4096).optional(),
  /** An OTLP/HTTP collector that people are offered for sums of weeks, and may decline. */
  collector: z
    .strictObject({
      endpoint: z.url(),
      /** Sent with each request to it. */
      headers: fixedHeadersSchema.optional(),
      /** Patterns of the remotes whose repositories are work. */
      remotes: z.array(z.string().min(1).max(300)).max(200).optional(),
    })
    .optional(),
});
export type AdministratorPolicy = z.infer<typeof administratorPolicySchema>;
