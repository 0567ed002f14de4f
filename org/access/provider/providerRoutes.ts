import type { FastifyInstance, FastifyReply } from "fastify";
import type { AppParts } from "../../app.ts";
import { html } from "../../console/html.ts";
import type { Page } from "../../console/site.ts";
import type { Gate } from "../../identity/gate.ts";
import { hashOf } from "../../identity/secrets.ts";
import { dateOf, epochDayOf } from "../../ingest/isoWeek.ts";
import type { ServedSite } from "../../routes/site.ts";
import type { NoteAbout } from "../accounts.ts";
import { roles } from "../roles.ts";
import { cookieName, cookieWith, readCookie } from "../session.ts";
import { createRefusals } from "../refusals.ts";
import { openSession, signInPage } from "../signIn.ts";
import { attemptCookie, attemptCookieName, attemptOf } from "./attempt.ts";
import type { Provider, Vouched } from "./provider.ts";

type Parts = Pick<AppParts, "store" | "host" | "console">;

/** Coming in by an identity provider. Nothing here is there without one. */
export function addProviderRoutes(scope: FastifyInstance, site: ServedSite, parts: Parts, gate: Gate): void {
  const { provider, publicUrl } = parts.console;
  if (provider === undefined || publicUrl === undefined) return;
  const { store, host } = parts;
  const { isSecure } = site;

  const complain = (reply: FastifyReply, complaint: string, status = 403) =>
    site.send(reply, signInPage({ provider, complaint, status }));

  const { note } = createRefusals(parts);

  // A link and no form: browsers do not follow a form to another site from a page that forbids it.
  scope.get("/sign-in/provider", { onRequest: gate.holdUp }, async (_request, reply) => {
    const secret = host.secret("");
    const address = await provider.startAt(attemptOf(secret));
    if (address === undefined) return complain(reply, unreachable, 503);
    void reply.header("set-cookie", attemptCookie(secret, isSecure));
    return await reply.redirect(address, 303);
  });

  scope.get("/sign-in/callback", { onRequest: gate.holdUp }, async (request, reply) => {
    const secret = readCookie(request.headers.cookie, attemptCookieName(isSecure));
    // Whatever comes of it: an attempt is made once.
    void reply.header("set-cookie", attemptCookie("", isSecure));
    if (secret === undefined) {
      await note("The way back from the provider did not begin in this browser.");
      return complain(reply, "The attempt was not begun in this browser, or took too long. Try again.");
    }
    const outcome = await provider.finish(new URL(request.url, publicUrl), attemptOf(secret));
    if (!outcome.ok) {
      if (outcome.why === "unreachable") return complain(reply, unreachable, 503);
      await note("What came back from the provider was refused.");
      return complain(
        reply,
        "The provider did not let you in, or what it sent cannot be believed. Try again.",
      );
    }
    const { vouched } = outcome;
    if (vouched.mapped === undefined) {
      await store.endVouched(vouched.subject, dateOf(epochDayOf(host.now())), about(provider));
      await note("None of their groups has a role here.");
      return complain(
        reply,
        `${vouched.name}, none of your groups has a role here. An administrator decides which do.`,
      );
    }
    const account = await letVouchedIn(vouched, vouched.mapped);
    const earlier = readCookie(request.headers.cookie, cookieName(isSecure));
    if (earlier !== undefined) await endEarlier(earlier);
    return await reply
      .header("set-cookie", cookieWith(await openSession(parts, account), isSecure))
      .redirect("/", 303);
  });

  scope.get("/sign-in/ended", { onRequest: gate.holdUp }, async (_request, reply) =>
    site.send(reply, endedPage(provider, await provider.endAt())),
  );

  function letVouchedIn({ subject, name }: Vouched, { role, team }: NonNullable<Vouched["mapped"]>) {
    const createdOn = dateOf(epochDayOf(host.now()));
    return store.accountOfVouched(
      { account: host.id(), name, role, team, subject, createdOn },
      about(provider as Provider),
    );
  }

  /** The session this browser had before is not left behind for whoever comes next. */
  async function endEarlier(token: string): Promise<void> {
    const account = await store.accountOfSession(hashOf(token), host.now());
    if (account === undefined) return;
    const entry = {
      entry: host.id(),
      at: host.now(),
      who: account.name,
      act: "signedOut",
      subject: "",
    } as const;
    await store.closeSession(hashOf(token), entry);
  }

  function about({ issuer }: Provider): NoteAbout {
    return (act, { name, role, team }) => ({
      ...{ entry: host.id(), at: host.now(), who: new URL(issuer).host, act },
      subject: `${name}, ${roles[role]}${team === null ? "" : ` of ${team}`}`,
    });
  }
}

const unreachable =
  "The provider does not answer as it should. Try again later, or sign in with a key; kept-org doctor says more.";

function endedPage({ issuer }: Provider, endAt: string | undefined): Page {
  const { host } = new URL(issuer);
  return {
    title: "Signed out",
    body: html`<section class="narrow">
      <h2>You are signed out here</h2>
      <p>
        ${
          endAt === undefined
            ? html`You may still be signed in at ${host}.`
            : html`You may still be signed in at ${host}: <a href="${endAt}">sign out there too</a>.`
        }
      </p>
      <p><a href="/sign-in">Sign in again</a></p>
    </section>`,
  };
}
