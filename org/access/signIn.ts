import type { FastifyInstance } from "fastify";
import * as z from "zod";
import type { AppParts } from "../app.ts";
import { fieldsOf, type Form } from "../console/form.ts";
import { html } from "../console/html.ts";
import type { Page } from "../console/site.ts";
import type { Gate } from "../identity/gate.ts";
import { hashOf } from "../identity/secrets.ts";
import type { ServedSite } from "../routes/site.ts";
import type { Account } from "./accounts.ts";
import { keyPrefix } from "./keys.ts";
import type { Provider } from "./provider/provider.ts";
import { createRefusals } from "./refusals.ts";
import { roles } from "./roles.ts";
import { cookieWith, cookieWithout, isForeign, sessionMs } from "./session.ts";

type Parts = Pick<AppParts, "store" | "host" | "console">;

/** Coming in with a key, and going out. */
export function addSignInRoutes(scope: FastifyInstance, site: ServedSite, parts: Parts, gate: Gate): void {
  const { store } = parts;
  const refusals = createRefusals(parts);

  scope.get("/sign-in", async (request, reply) =>
    (await site.visitOf(request)) === undefined
      ? site.send(
          reply,
          signInPage({ isEmpty: (await store.accounts()).length === 0, provider: parts.console.provider }),
        )
      : reply.redirect("/", 303),
  );

  scope.post("/sign-in", async (request, reply) => {
    const form = fieldsOf(request.body as Form);
    const key = z.string().trim().max(200).safeParse(form["key"]);
    const account =
      !key.success || isForeign(request.headers, parts.console.publicUrl)
        ? undefined
        : await store.accountByKey(hashOf(key.data));
    if (account === undefined) {
      // Only those who guess are held up: a right key opens the console however many guess beside it.
      await gate.holdUp(request, reply);
      if (reply.sent) return reply;
      await refusals.note("The key is no account's.");
      const complaint = "This key is no account's. Nothing else is told.";
      return site.send(reply, signInPage({ provider: parts.console.provider, complaint }));
    }
    void reply.header("set-cookie", cookieWith(await openSession(parts, account), site.isSecure));
    return await reply.redirect("/", 303);
  });

  site.form("/sign-out", "readOrganisation", { schema: z.object({}) }, async (visit) => {
    await store.closeSession(hashOf(visit.sessionToken), visit.entry("signedOut", ""));
    const isProviders = visit.account.subject !== null && parts.console.provider !== undefined;
    return {
      go: isProviders ? "/sign-in/ended" : "/sign-in",
      cookie: cookieWithout(site.isSecure),
    };
  });
}

/** A new one each time, so that a token somebody planted before is worth nothing. */
export async function openSession({ store, host }: Parts, account: Account): Promise<string> {
  const token = host.secret("");
  const now = host.now();
  await store.openSession(
    { tokenHash: hashOf(token), account: account.account, expiresAt: now + sessionMs },
    { entry: host.id(), at: now, who: account.name, act: "signedIn", subject: roles[account.role] },
  );
  return token;
}

interface SignIn {
  readonly provider: Provider | undefined;
  /** Nobody has an account yet. */
  readonly isEmpty?: boolean;
  readonly complaint?: string;
  readonly status?: number;
}

export function signInPage({ provider, isEmpty = false, complaint, status = 403 }: SignIn): Page {
  return {
    title: "Sign in",
    status: complaint === undefined ? 200 : status,
    body: html`<section class="narrow">
      <h2>Sign in</h2>
      ${complaint === undefined ? html`` : html`<p role="alert" class="complaint">▲ ${complaint}</p>`}
      ${
        provider === undefined
          ? html``
          : html`<p>
                <a class="button primary" href="/sign-in/provider"
                  >Sign in at ${new URL(provider.issuer).host}</a
                >
              </p>
              <p class="quiet">Or with a key:</p>`
      }
      <form method="post" action="/sign-in">
        <input hidden name="name" value="Kept" autocomplete="username" />
        <label for="key">Key</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required />
        <button class="${provider === undefined ? "primary" : ""}">Sign in</button>
      </form>
      <p class="quiet">
        ${
          isEmpty
            ? html`Nobody has a key yet. On the machine of the service,
                <code>kept-org access --name NAME --role admin</code> makes the first one.`
            : html`A key begins with ${keyPrefix}. An administrator makes it and sees it once.`
        }
      </p>
    </section>`,
  };
}
