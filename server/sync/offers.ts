import { catalogue } from "../../core/sync/catalogue.ts";
import type { AdministratorPolicy } from "../../protocol/administratorPolicy.ts";
import { invitationPrefix, type Invitation } from "../../protocol/enrolment.ts";
import type { Reply } from "../../protocol/errors.ts";
import type { SyncPreview } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { isAllowedBy } from "./administratorPolicy.ts";
import { exampleBatch } from "./exampleBatch.ts";
import { readInvitation } from "./joining.ts";
import { readSinkAddress } from "./sinks.ts";

export interface OfferParts {
  readonly host: Host;
  readonly store: Store;
  readonly bytes: (count: number) => Buffer;
  readonly policy: AdministratorPolicy;
}

export type Offer =
  | {
      readonly mode: "collector";
      readonly endpoint: string;
      readonly invitation: Invitation;
      /** Of another machine of the same person's. */
      readonly secret: string | undefined;
    }
  | { readonly mode: "sink"; readonly endpoint: string };

/** What a person pasted: an invitation, or the address of a collector. Reading it does nothing else. */
export function readOffer(pasted: string, { policy, store }: OfferParts): Reply<Offer> {
  const refused = (reason: string): Reply<Offer> => ({
    ok: false,
    problem: { code: "sync.invitationUnusable", details: { reason } },
  });
  const offer = offerOf(pasted);
  if (typeof offer === "string") return refused(offer);
  if (!isAllowedBy(policy, offer.endpoint)) return refused("an administrator of this machine forbids it");
  if (store.kind !== "disk") return refused("Kept's database cannot be written");
  return { ok: true, value: offer };
}

function offerOf(pasted: string): Offer | string {
  const text = pasted.trim();
  if (!/^https?:\/\//i.test(text)) {
    const read = readInvitation(text);
    if (!read.ok)
      return text.startsWith(invitationPrefix) ? read.reason : `${read.reason}, and is no address`;
    const { invitation, secret } = read;
    return { mode: "collector", endpoint: invitation.endpoint, invitation, secret };
  }
  const read = readSinkAddress(text);
  return read.ok ? { mode: "sink", endpoint: read.endpoint } : `its address cannot be used: ${read.reason}`;
}

/** All that a person is shown before they agree. */
export function previewOf(pasted: string, parts: OfferParts): Reply<SyncPreview> {
  const read = readOffer(pasted, parts);
  if (!read.ok) return read;
  const { host, store, bytes, policy } = parts;
  const { mode, endpoint } = read.value;
  // A person that nobody is: the real one is made when somebody agrees.
  const person = { mode, org: host.uuid(), secret: bytes(32).toString("hex") };
  const example = exampleBatch(store, host, person);
  const laidDown = policy.collector?.endpoint === endpoint ? (policy.collector.headers ?? {}) : {};
  return {
    ok: true,
    value: {
      ...{ endpoint, mode },
      isCompanion: read.value.mode === "collector" && read.value.secret !== undefined,
      headerNames: Object.keys(laidDown),
      keys: read.value.mode === "collector" ? read.value.invitation.keys : [],
      fields: catalogue(mode),
      example: example?.text ?? null,
      exampleDay: example?.day ?? null,
    },
  };
}
