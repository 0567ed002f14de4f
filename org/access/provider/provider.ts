import { readFileSync } from "node:fs";
import * as openid from "openid-client";
import { lineSchema } from "../../console/form.ts";
import { hashOf } from "../../identity/secrets.ts";
import type { Attempt } from "./attempt.ts";
import type { ProviderSettings } from "./providerSettings.ts";
import { roleFor, type MappedRole } from "./roleMapping.ts";

/** How far the provider's clock may be from this one, in seconds. */
const clockSeconds = 30;
const timeoutSeconds = 10;
/** For how long what the provider says of itself is believed, in milliseconds. */
const believedMs = 3_600_000;

/** Somebody the provider vouches for. */
export interface Vouched {
  /** Stands for the provider and its own name for them; what that name is cannot be read from it. */
  readonly subject: string;
  readonly name: string;
  /** Undefined where no group of theirs gives a role. */
  readonly mapped: MappedRole | undefined;
}

export type VouchOutcome =
  | { readonly ok: true; readonly vouched: Vouched }
  /** What came back is not to be believed, or somebody said no. */
  | { readonly ok: false; readonly why: "refused" }
  | { readonly ok: false; readonly why: "unreachable" };

export interface Provider {
  readonly issuer: string;
  /** Where the browser goes to sign in; undefined where the provider does not answer. */
  startAt(attempt: Attempt): Promise<string | undefined>;
  /** Takes the address the browser came back with. */
  finish(address: URL, attempt: Attempt): Promise<VouchOutcome>;
  /** Where the browser goes to end the provider's own session, if it offers that. */
  endAt(): Promise<string | undefined>;
}

/** OpenID Connect: authorization code with PKCE, and every check of the library on what comes back. */
export function createProvider(settings: ProviderSettings, publicUrl: string, now: () => number): Provider {
  const redirect = `${publicUrl}/sign-in/callback`;
  let known: { readonly until: number; readonly configuration: Promise<openid.Configuration> } | undefined;

  async function configuration(): Promise<openid.Configuration> {
    if (known === undefined || known.until <= now()) {
      known = { until: now() + believedMs, configuration: discover(settings) };
    }
    const asked = known;
    return asked.configuration.catch((error: unknown) => {
      // Whoever tries next asks again.
      if (known === asked) known = undefined;
      throw error;
    });
  }

  return {
    issuer: settings.issuer,

    async startAt({ state, nonce, verifier }) {
      const found = await orUndefined(configuration());
      if (found === undefined) return undefined;
      return openid.buildAuthorizationUrl(found, {
        redirect_uri: redirect,
        scope: settings.scopes,
        ...{ state, nonce },
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      }).href;
    },

    async finish(address, { state, nonce, verifier }) {
      const found = await orUndefined(configuration());
      if (found === undefined) return { ok: false, why: "unreachable" };
      try {
        const tokens = await openid.authorizationCodeGrant(found, address, {
          ...{ expectedState: state, expectedNonce: nonce },
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return { ok: false, why: "refused" };
        const all =
          claims[settings.claim] === undefined && found.serverMetadata().userinfo_endpoint !== undefined
            ? { ...(await openid.fetchUserInfo(found, tokens.access_token, claims.sub)), ...claims }
            : claims;
        return { ok: true, vouched: vouchedBy(all, settings) };
      } catch (error) {
        return { ok: false, why: isUnreachable(error) ? "unreachable" : "refused" };
      }
    },

    async endAt() {
      const found = await orUndefined(configuration());
      if (found?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return openid.buildEndSessionUrl(found, { client_id: settings.client }).href;
    },
  };
}

/** What the provider says of itself; undefined where it does not answer as it should. */
export async function describeProvider(
  settings: ProviderSettings,
): Promise<{ readonly hasPkce: boolean; readonly isEnded: boolean } | undefined> {
  const found = (await orUndefined(discover(settings)))?.serverMetadata();
  return found === undefined
    ? undefined
    : {
        hasPkce: found.code_challenge_methods_supported?.includes("S256") ?? false,
        isEnded: found.end_session_endpoint !== undefined,
      };
}

async function discover({ issuer, client, secretFile }: ProviderSettings): Promise<openid.Configuration> {
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, "utf8").trim();
  const address = new URL(issuer);
  return await openid.discovery(
    address,
    client,
    { [openid.clockTolerance]: clockSeconds },
    secret === undefined ? openid.None() : openid.ClientSecretBasic(secret),
    {
      timeout: timeoutSeconds,
      // Signatures count even where TLS has shown who speaks.
      execute: [
        openid.enableNonRepudiationChecks,
        ...(address.protocol === "http:" ? [openid.allowInsecureRequests] : []),
      ],
    },
  );
}

const nameSchema = lineSchema(60);

function vouchedBy(
  claims: Readonly<Record<string, unknown>> & { readonly sub: string; readonly iss?: string },
  { issuer, claim, roles }: ProviderSettings,
): Vouched {
  const [name] = ["name", "preferred_username", "email"].flatMap((field) => {
    const read = nameSchema.safeParse(claims[field]);
    return read.success ? [read.data] : [];
  });
  return {
    // The same name at another provider is somebody else.
    subject: hashOf(JSON.stringify([issuer, claims.sub])),
    name: name ?? "Somebody",
    mapped: roleFor(claims[claim], roles),
  };
}

async function orUndefined<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  return await promise.catch(() => undefined);
}

/** Nothing came back at all, or nothing but the provider's own failure. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof openid.ResponseBodyError) return error.status >= 500;
  if (error instanceof openid.ClientError) {
    return error.code === "OAUTH_TIMEOUT" || (error.cause instanceof Response && error.cause.status >= 500);
  }
  // So fetch says that it reached nobody.
  return error instanceof TypeError && error.cause !== undefined;
}
