import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ProblemName } from "../../protocol/collector.ts";
import type { AppParts } from "../app.ts";
import { isAllowed, permissions, type PermissionName } from "../access/permissions.ts";
import { roles } from "../access/roles.ts";
import { cookieName, formTokenOf, isForeign, isFormToken, readCookie } from "../access/session.ts";
import { hashOf } from "../identity/secrets.ts";
import { inPlainWords, reason } from "../ingest/explain.ts";
import { epochDayOf } from "../ingest/isoWeek.ts";
import { complaintsOf, complaintWords, fieldsOf, type Complaint, type Form } from "../console/form.ts";
import { html } from "../console/html.ts";
import { sendProblem } from "../problems.ts";
import { frame, shell } from "../console/shell.ts";
import type { Page, Site, Visit } from "../console/site.ts";

/** The console over HTTP. */
export interface ServedSite extends Site {
  /** Undefined where nobody is signed in. */
  visitOf(request: FastifyRequest): Promise<Visit | undefined>;
  send(reply: FastifyReply, page: Page, visit?: Visit): FastifyReply;
  /** Says to somebody who reads pages that there is none; false to whoever did not ask for one. */
  sendNotFound(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
  /** Whether browsers reach it over TLS alone. */
  readonly isSecure: boolean;
}

const policyOf = ({ embeds, frame }: Pick<Page, "embeds" | "frame">, hasScript: boolean) =>
  [
    "default-src 'none'",
    ...(hasScript ? ["script-src 'self'"] : []),
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(embeds === true ? ["frame-src 'self'"] : []),
    `frame-ancestors ${frame === true ? "'self'" : "'none'"}`,
  ].join("; ");

export function createSite(
  scope: FastifyInstance,
  parts: Pick<AppParts, "store" | "host" | "console" | "consoleFiles">,
): ServedSite {
  const { store, host } = parts;
  const { publicUrl } = parts.console;
  const { script } = parts.consoleFiles;
  const scriptAddress = script === undefined ? undefined : `/console.js?${hashOf(script).slice(0, 12)}`;
  const isSecure = publicUrl?.startsWith("https://") ?? false;

  async function visitOf(request: FastifyRequest): Promise<Visit | undefined> {
    const sessionToken = readCookie(request.headers.cookie, cookieName(isSecure));
    if (sessionToken === undefined) return undefined;
    const now = host.now();
    const account = await store.accountOfSession(hashOf(sessionToken), now);
    if (account === undefined) return undefined;
    return {
      account,
      sessionToken,
      formField: html`<input type="hidden" name="form" value="${formTokenOf(sessionToken)}" />`,
      query: new URLSearchParams(request.url.split("?")[1] ?? ""),
      now,
      today: epochDayOf(now),
      allows: (name) => isAllowed(account.role, name),
      entry: (act, subject) => ({ entry: host.id(), at: now, who: account.name, act, subject }),
    };
  }

  function send(reply: FastifyReply, page: Page, visit?: Visit): FastifyReply {
    const { title, body, status = 200 } = page;
    if (status >= 400 && isProgram(reply.request)) return sendPageAsProblem(reply, page);
    return reply
      .code(status)
      .header("content-security-policy", policyOf(page, script !== undefined))
      .type("text/html; charset=utf-8")
      .send(
        (page.frame === true
          ? frame({ title, body, scriptAddress })
          : shell({ title, body, visit, scriptAddress })
        ).text,
      );
  }

  const refuse = (reply: FastifyReply, visit: Visit, needs: PermissionName) =>
    send(reply, refusal(visit, needs), visit);

  return {
    visitOf,
    send,
    isSecure,

    async sendNotFound(request, reply) {
      if (request.method !== "GET" || !/\btext\/html\b/i.test(request.headers.accept ?? "")) return false;
      send(reply, notFound, await visitOf(request));
      return true;
    },

    page(path, needs, show) {
      scope.get(path, async (request, reply) => {
        const visit = await visitOf(request);
        if (visit === undefined) return await reply.redirect("/sign-in", 303);
        if (!visit.allows(needs)) return refuse(reply, visit, needs);
        return send(reply, await show(visit), visit);
      });
    },

    form(path, needs, { schema, lists }, act) {
      scope.post(path, async (request, reply) => {
        const visit = await visitOf(request);
        if (visit === undefined) return send(reply, signedOut);
        const form = request.body as Form;
        if (
          isForeign(request.headers, publicUrl) ||
          !isFormToken(form.get("form") ?? "", visit.sessionToken)
        ) {
          return send(reply, foreign, visit);
        }
        if (!visit.allows(needs)) return refuse(reply, visit, needs);
        const fields = schema.safeParse(fieldsOf(form, lists), { error: inPlainWords });
        const outcome = fields.success
          ? await act(visit, fields.data)
          : { complaints: complaintsOf(fields.error) };
        if ("go" in outcome) {
          if (outcome.cookie !== undefined) void reply.header("set-cookie", outcome.cookie);
          return await reply.redirect(outcome.go, 303);
        }
        if ("file" in outcome) {
          const { name, mediaType, content } = outcome.file;
          void reply.header("content-disposition", `attachment; filename="${name}"`);
          return await reply.type(mediaType).send(content);
        }
        return send(reply, "title" in outcome ? outcome : notSaved(outcome.complaints), visit);
      });
    },
  };
}

/** What fills in the console's forms without a person who reads pages. */
function isProgram({ headers: { accept = "" } }: FastifyRequest): boolean {
  return /\bapplication\/(?:problem\+)?json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}

const problemNames: Readonly<Record<number, ProblemName>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  503: "unavailable",
};

function sendPageAsProblem(
  reply: FastifyReply,
  { title, status = 400, complaints = [] }: Page,
): FastifyReply {
  const reasons = complaints.map(({ field = "form", words }) => reason([field], words));
  return sendProblem(reply, problemNames[status] ?? "malformed", `${title}.`, reasons);
}

function refusal({ account }: Visit, needs: PermissionName): Page {
  return {
    title: "Not for this role",
    status: 403,
    body: html`<section>
      <h2>Not for this role</h2>
      <p>${permissions[needs].about}: this is not among what ${roles[account.role]} may do.</p>
      <p class="quiet">An administrator gives roles; who may do what is listed under Access.</p>
    </section>`,
  };
}

function notSaved(complaints: readonly Complaint[]): Page {
  return {
    title: "Not saved",
    status: 400,
    complaints,
    body: html`<section role="alert">
      <h2>Not saved</h2>
      <ul>
        ${complaints.map((complaint) => html`<li>${complaintWords(complaint)}</li>`)}
      </ul>
      <p class="quiet">Go back in your browser; what you typed is still there.</p>
    </section>`,
  };
}

const notFound: Page = {
  title: "Not here",
  status: 404,
  body: html`<section>
    <h2>There is nothing at this address</h2>
    <p>The <a href="/">scorecard</a> is where the console begins.</p>
  </section>`,
};

const signedOut: Page = {
  title: "Signed out",
  status: 401,
  body: html`<section>
    <h2>You are signed out</h2>
    <p>Nothing was changed. <a href="/sign-in">Sign in</a> and try again.</p>
  </section>`,
};

const foreign: Page = {
  title: "Not sent from here",
  status: 403,
  body: html`<section>
    <h2>Not sent from here</h2>
    <p>
      The form was not on a page of this session, so nothing was changed. Open the page again and repeat it.
    </p>
  </section>`,
};
