import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const clientId = "kept-console";
export const clientSecret = "a secret that only the client and the provider know";

export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
}

type Part = Record<string, unknown>;

/** Changes what stands in an ID token on its way, and how it is signed. */
export interface Tampering {
  readonly header?: Part;
  readonly claims?: (claims: Part) => Part;
  readonly signedBy?: "another key" | "the client's secret" | "nobody";
}

export interface IdentityProviderForTest {
  readonly issuer: string;
  readonly people: Record<string, Person>;
  /** Whoever signs in next, by subject; undefined refuses. */
  who: string | undefined;
  /** Of every ID token from now on. It is signed with the provider's own key unless it says otherwise. */
  tampering: Tampering | undefined;
  /** Answers nothing but failures. */
  isDown: boolean;
  close(): Promise<void>;
}

const makeKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** A real OpenID Connect provider, whose tokens can be altered on their way. */
export async function startIdentityProvider(
  publicUrl: string,
  { inUserInfo = false }: { readonly inUserInfo?: boolean } = {},
): Promise<IdentityProviderForTest> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = makeKey();
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/sign-in/callback`],
      },
    ],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), kid: "own", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["for the cookies of a test"] },
    claims: { openid: ["sub"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "groups"],
    conformIdTokenClaims: inUserInfo,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...running.people[sub] }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId ?? "", clientId });
      grant.addOIDCScope("openid profile groups");
      await grant.save();
      return grant;
    },
  });
  const running: IdentityProviderForTest = {
    issuer,
    people: {},
    who: undefined,
    tampering: undefined,
    isDown: false,
    close: () => close(server),
  };
  const answer = provider.callback();

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (running.isDown) {
      response.writeHead(503).end();
    } else if (request.url?.startsWith("/interaction/") === true) {
      void interact(request, response);
    } else {
      if (running.tampering !== undefined && request.url === "/token") alter(response, running.tampering);
      void answer(request, response);
    }
  });

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await provider.interactionFinished(
      ...([request, response] as const),
      running.who === undefined ? { error: "access_denied" } : { login: { accountId: running.who } },
      { mergeWithLastSubmission: false },
    );
  }

  function alter(response: ServerResponse, tampering: Tampering): void {
    const end = response.end.bind(response);
    response.end = ((body: string | Buffer) => {
      const answered = JSON.parse(body.toString()) as { id_token?: string };
      if (answered.id_token === undefined) return end(body);
      const changed = JSON.stringify({ ...answered, id_token: signedAnew(answered.id_token, tampering) });
      response.setHeader("content-length", Buffer.byteLength(changed));
      return end(changed);
    }) as typeof response.end;
  }

  function signedAnew(token: string, { header = {}, claims = (same) => same, signedBy }: Tampering): string {
    const [oldHeader = {}, oldClaims = {}] = token
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Part);
    const text = [{ ...oldHeader, ...header }, claims(oldClaims)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    if (signedBy === "nobody") return `${text}.`;
    if (signedBy === "the client's secret") {
      return `${text}.${createHmac("sha256", clientSecret).update(text).digest("base64url")}`;
    }
    const signing = signedBy === "another key" ? makeKey() : key;
    return `${text}.${sign("RSA-SHA256", Buffer.from(text), signing).toString("base64url")}`;
  }

  return running;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
