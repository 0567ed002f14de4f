import { judgeBundle } from "../../core/organisation/bundleTrust.ts";
import {
  bundleEnvelopeSchema,
  bundleRefusals,
  type Bundle,
  type BundleEnvelope,
} from "../../protocol/bundle.ts";
import { parseJson } from "../ingest/parseJson.ts";
import type { TrustedKey } from "./bundleKeys.ts";
import { countSigners } from "./signBundle.ts";

export interface TakenBundle {
  readonly bundle: Bundle;
  readonly envelope: BundleEnvelope;
}

/** A bundle that was signed elsewhere, judged as an editor would that saw the last one. */
export function takeBundle(
  text: string,
  {
    org,
    lastSequence,
    keys,
    needed,
    now,
  }: {
    readonly org: string;
    readonly lastSequence: number;
    readonly keys: readonly TrustedKey[];
    readonly needed: number;
    readonly now: number;
  },
): ({ readonly ok: true } & TakenBundle) | { readonly ok: false; readonly reason: string } {
  const json = parseJson(Buffer.from(text));
  const envelope = bundleEnvelopeSchema.safeParse(json.ok ? json.value : undefined);
  if (!envelope.success) return { ok: false, reason: "expected what kept-org keys --sign printed" };
  const signers = countSigners(envelope.data, keys);
  if (signers < needed) {
    return { ok: false, reason: `${needed} trusted keys have to sign it, and ${signers} did` };
  }
  const payload = parseJson(Buffer.from(envelope.data.payload, "base64"));
  const trust = { org, keys: new Map<string, string>(), threshold: needed, lastSequence: lastSequence + 1 };
  const judged = judgeBundle(payload.ok ? payload.value : undefined, trust, now);
  const named = judged.state === "accepted" ? judged.bundle.keys : undefined;
  const trusted = new Set(keys.map(({ id, publicKey }) => `${id} ${publicKey}`));
  if (named?.some(({ id, publicKey }) => !trusted.has(`${id} ${publicKey}`)) === true) {
    return {
      ok: false,
      reason: "it hands on a key that is not trusted here: kept-org keys --trust adds one",
    };
  }
  return judged.state === "accepted"
    ? { ok: true, bundle: judged.bundle, envelope: envelope.data }
    : { ok: false, reason: bundleRefusals[judged.why] };
}

/** What a bundle that this service published says; undefined where it is none. */
export function readPublished(envelope: string | undefined): Bundle | undefined {
  if (envelope === undefined) return undefined;
  const read = bundleEnvelopeSchema.safeParse(JSON.parse(envelope));
  if (!read.success) return undefined;
  return JSON.parse(Buffer.from(read.data.payload, "base64").toString()) as Bundle;
}
