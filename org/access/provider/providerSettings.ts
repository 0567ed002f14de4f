import * as z from "zod";
import { parseRoleMapping, type MappedRole } from "./roleMapping.ts";

/** Who else vouches for those who open the console. */
export interface ProviderSettings {
  /** As the provider itself writes it in what it signs. */
  readonly issuer: string;
  readonly client: string;
  /** Holds the client's secret; without it the client is a public one. */
  readonly secretFile: string | undefined;
  /** Name of the claim that lists somebody's groups. */
  readonly claim: string;
  readonly scopes: string;
  readonly roles: readonly MappedRole[];
}

const printable = /^[\x21-\x7e]+$/;

/** Rows of the environment, as in `org/env.ts`. */
export const providerVariables = {
  KEPT_ORG_OIDC_ISSUER: {
    schema: z.url({ protocol: /^https?$/ }).refine(isSafeIssuer),
    expected: "the address of an OpenID Connect provider, with https unless it is on this machine",
  },
  KEPT_ORG_OIDC_CLIENT: {
    schema: z.string().max(255).regex(printable),
    expected: "the client id that the provider gave the console",
  },
  KEPT_ORG_OIDC_SECRET_FILE: {
    schema: z.string().min(1),
    expected: "the path of a file that holds the client's secret and nothing else",
  },
  KEPT_ORG_OIDC_CLAIM: {
    schema: z.string().max(255).regex(printable),
    expected: "the name of the claim that lists somebody's groups, such as groups",
  },
  KEPT_ORG_OIDC_SCOPES: {
    schema: z.string().regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/),
    expected: "openid and other scopes, with spaces between them, such as openid profile groups",
  },
  KEPT_ORG_OIDC_ROLES: {
    schema: z.string().transform((text, context): MappedRole[] => {
      const mapping = parseRoleMapping(text);
      if (mapping !== undefined) return mapping;
      context.issues.push({ code: "custom", message: "not of the agreed form", input: undefined });
      return z.NEVER;
    }),
    expected: "groups and roles, such as kept-admins=admin; payments-leads=teamLead:Payments",
  },
} as const;

interface Given {
  readonly issuer: string | undefined;
  readonly client: string | undefined;
  readonly secretFile: string | undefined;
  readonly claim: string | undefined;
  readonly scopes: string | undefined;
  readonly roles: readonly MappedRole[] | undefined;
}

/** The provider, or none; and what is missing for it to be of use. */
export function providerOf(
  { issuer, client, secretFile, claim, scopes, roles }: Given,
  publicUrl: string | undefined,
): { readonly provider: ProviderSettings | undefined; readonly problems: string[] } {
  const needed = { KEPT_ORG_OIDC_ISSUER: issuer, KEPT_ORG_OIDC_CLIENT: client, KEPT_ORG_OIDC_ROLES: roles };
  const isAsked = [issuer, client, secretFile, claim, scopes, roles].some((value) => value !== undefined);
  if (!isAsked) return { provider: undefined, problems: [] };
  const missing = Object.entries({ ...needed, KEPT_ORG_PUBLIC_URL: publicUrl })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `Signing in with a provider needs ${name} too.`);
  if (missing.length > 0 || issuer === undefined || client === undefined || roles === undefined) {
    return { provider: undefined, problems: missing };
  }
  const provider = {
    ...{ issuer, client, secretFile, roles },
    claim: claim ?? "groups",
    scopes: scopes ?? "openid profile",
  };
  return { provider, problems: [] };
}

/** Whoever can change what is on the way could vouch for anybody; on this machine there is no way. */
function isSafeIssuer(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname, search, hash, username } = new URL(issuer);
  const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return (protocol === "https:" || isHere) && search === "" && hash === "" && username === "";
}
