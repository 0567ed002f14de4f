import { bundleEnvelopeSchema } from "../../protocol/bundle.ts";
import type { TrustedKey } from "../bundles/bundleKeys.ts";
import { countSigners } from "../bundles/signBundle.ts";
import { readPublished } from "../bundles/takeBundle.ts";
import { bad, good, type Finding } from "./examinations.ts";

/** Whether the keys that signed what is in force are still known: without them nobody believes what is signed next. */
export function checkBundle(
  envelope: string | undefined,
  keys: readonly TrustedKey[],
  now: number,
): Finding[] {
  const bundle = readPublished(envelope);
  if (envelope === undefined || bundle === undefined || bundle.expiresAt <= now) return [];
  const day = new Date(bundle.expiresAt).toISOString().slice(0, 10);
  const what = `bundle ${bundle.sequence}, in force until ${day},`;
  const signers = countSigners(bundleEnvelopeSchema.parse(JSON.parse(envelope)), keys);
  if (signers > 0) return [good(`${what} is signed by ${signers} keys that are known here`)];
  return [
    bad(
      `${what} was signed by keys that are not in bundle-keys: put their files back, or invite everybody anew; ` +
        "without them editors believe nothing that is signed next",
    ),
  ];
}
