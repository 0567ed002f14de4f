import { catalogue } from "../../core/sync/catalogue.ts";
import { localDay } from "../../core/day.ts";
import { noFailures } from "../../core/sync/delivery.ts";
import { weeksSince } from "../../core/sync/weeksSent.ts";
import {
  companionPrefix,
  companionSchema,
  invitationPrefix,
  invitationSchema,
  type Invitation,
} from "../../protocol/enrolment.ts";
import { whyInvalid } from "../../protocol/errors.ts";
import { deviceWeek, type Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store, Written } from "../store/store.ts";
import type { DeletionRow } from "../store/sync.ts";
import { whyNoEndpoint } from "./endpoint.ts";
import { weekKeyOf } from "./pseudonym.ts";

export type InvitationReading =
  | { readonly ok: true; readonly invitation: Invitation; readonly secret: string | undefined }
  | { readonly ok: false; readonly reason: string };

/** What a person pasted. It says where to, and does nothing by itself. */
export function readInvitation(pasted: string): InvitationReading {
  const text = pasted.trim();
  const isCompanion = text.startsWith(companionPrefix);
  const prefix = isCompanion ? companionPrefix : invitationPrefix;
  if (!text.startsWith(prefix)) return { ok: false, reason: `it does not begin with ${prefix}` };
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text.slice(prefix.length), "base64url").toString("utf8"));
  } catch {
    return { ok: false, reason: "a part of it is missing" };
  }
  const companion = isCompanion ? companionSchema.safeParse(json) : undefined;
  const parsed = companion ?? invitationSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: whyInvalid(parsed.error) };
  const { endpoint, keys, token } = parsed.data;
  const reason = whyNoEndpoint(endpoint);
  const secret = companion?.data?.secret;
  return reason === undefined
    ? { ok: true, invitation: { endpoint, keys, token }, secret }
    : { ok: false, reason: `its address cannot be used: ${reason}` };
}

export interface Joining {
  readonly host: Host;
  readonly store: Store;
  /** Random bytes. */
  readonly bytes: (count: number) => Buffer;
  /** The names of the fields that the person was shown. */
  readonly agreed?: readonly string[];
  /** That of another machine of the same person's. */
  readonly secret?: string | undefined;
}

/** Writes down that the person agrees. Nothing is sent here. */
export function agree(
  { endpoint, keys, token }: Invitation,
  { host, store, bytes, agreed, secret }: Joining,
): Written {
  return store.sync.join({
    ...{ endpoint, keys, token },
    mode: "collector",
    credential: newCredential(bytes),
    nextCredential: null,
    secret: secret ?? bytes(32).toString("hex"),
    membership: null,
    givenAt: host.now(),
    isPaused: false,
    trouble: null,
    marks: {},
    agreed: [...(agreed ?? catalogue("collector").map(({ name }) => name))],
  });
}

/** The same with a collector that is not Kept's: nobody there lets anybody in, and nothing comes back. */
export function agreeToSink(
  { endpoint, headerNames }: { readonly endpoint: string; readonly headerNames: readonly string[] },
  { host, store, bytes, agreed }: Joining,
): Written {
  return store.sync.join({
    ...{ endpoint, mode: "sink", keys: [], token: null, headerNames: [...headerNames] },
    ...{ credential: null, nextCredential: null, membership: null },
    secret: bytes(32).toString("hex"),
    givenAt: host.now(),
    isPaused: false,
    trouble: null,
    marks: {},
    agreed: [...(agreed ?? catalogue("sink").map(({ name }) => name))],
  });
}

/** 256 random bits. The organisation learns them with the first request. */
export function newCredential(bytes: Joining["bytes"]): string {
  return `kept_device_${bytes(32).toString("base64url")}`;
}

const longestDelayMs = 60 * 60_000;

/**
 * Ends the consent. The secret goes at once, and with it whatever links two weeks: what is left are the keys of the
 * weeks that are to be deleted, each at a time of its own, so that their requests are not linked either.
 */
export function leave({
  host,
  store,
  chance,
}: Omit<Joining, "bytes" | "agreed"> & { chance: () => number }): Written {
  const consent = store.sync.readConsent();
  const now = host.now();
  return store.sync.leave(consent ? deletionsOf(consent, { host, now, chance }) : []);
}

function deletionsOf(
  { endpoint, secret, membership, credential, nextCredential, givenAt }: Consent,
  { host, now, chance }: { host: Host; now: number; chance: () => number },
): DeletionRow[] {
  if (membership === null) return [];
  const dayOf = (at: number) => localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const weeks = weeksSince(dayOf(givenAt), dayOf(now)).map((week) => ({
    week,
    weekKey: weekKeyOf(secret, membership.org, week),
    dueAt: now + Math.floor(chance() * longestDelayMs),
  }));
  // Where the answer to an exchange was lost, nobody here knows which of the two is good.
  const device = [credential, nextCredential].flatMap((each) =>
    each === null ? [] : [{ week: deviceWeek, weekKey: each, dueAt: now }],
  );
  return [...device, ...weeks].map((row) => ({ ...row, endpoint, failures: noFailures }));
}
