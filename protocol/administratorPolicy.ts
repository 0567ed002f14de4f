import * as z from "zod";

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
});
export type AdministratorPolicy = z.infer<typeof administratorPolicySchema>;
