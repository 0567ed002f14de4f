import { whyInvalid } from "../../protocol/errors.ts";
import { policySchema, type Policy } from "../../protocol/policy.ts";

/** Longer files are no policies. */
const longestPolicy = 64 * 1024;

export type PolicyReading =
  | { readonly state: "none" }
  | { readonly state: "read"; readonly policy: Policy }
  | { readonly state: "malformed"; readonly reason: string };

/** `text` is undefined where there is no such file. */
export function readPolicy(text: string | undefined): PolicyReading {
  if (text === undefined) return { state: "none" };
  if (text.length > longestPolicy) return { state: "malformed", reason: "it is too long" };
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    return { state: "malformed", reason: (thrown as Error).message };
  }
  const parsed = policySchema.safeParse(json);
  if (parsed.success) return { state: "read", policy: parsed.data };
  return { state: "malformed", reason: whyInvalid(parsed.error) };
}

/** Somebody wanted to restrict something: where it cannot be read what, nothing is recorded. */
export function mayRecord(reading: PolicyReading): boolean {
  return reading.state === "none" || (reading.state === "read" && reading.policy.record !== false);
}
