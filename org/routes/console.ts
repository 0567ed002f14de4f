import type { FastifyInstance } from "fastify";
import type { AppParts } from "../app.ts";
import { addProviderRoutes } from "../access/provider/providerRoutes.ts";
import { addSignInRoutes } from "../access/signIn.ts";
import { formBytes } from "../console/form.ts";
import { createNumbers } from "../console/numbers.ts";
import { addAdoptionPage } from "../console/pages/adoption.ts";
import { addCoachingPages } from "../console/pages/coaching.ts";
import { addPromptPages } from "../console/pages/prompt.ts";
import { addCostPage } from "../console/pages/cost.ts";
import { addEffectPage } from "../console/pages/effects.ts";
import { addOutcomesPage } from "../console/pages/outcomes.ts";
import { addScorecardPage } from "../console/pages/scorecard.ts";
import { addSettingsPages } from "../console/pages/settings.ts";
import { addAccountPages } from "../console/pages/accounts.ts";
import { addAuditPage } from "../console/pages/audit.ts";
import { addServicePage } from "../console/pages/service.ts";

import type { Gate } from "../identity/gate.ts";
import { reason } from "../ingest/explain.ts";
import { sendProblem } from "../problems.ts";
import { createSite, type ServedSite } from "./site.ts";

/** Static files of the console, read once at start. */
export interface ConsoleFiles {
  readonly stylesheet: string;
  readonly icon: string;
  /** Undefined where none was built: the pages say the same without it. */
  readonly script: string | undefined;
}

/** Everything for browsers. What forms look like holds here alone: the addresses for devices take JSON. */
export async function addConsole(
  app: FastifyInstance,
  parts: AppParts,
  gate: Gate,
): Promise<Pick<ServedSite, "sendNotFound">> {
  let served: ServedSite | undefined;
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: formBytes },
      (_request, body, parsed) => parsed(null, new URLSearchParams(body.toString())),
    );
    scope.addHook("preHandler", async (request, reply) => {
      if (request.method !== "POST" || request.body instanceof URLSearchParams) return;
      const detail = "A form is needed, as application/x-www-form-urlencoded.";
      return sendProblem(reply, "malformed", detail, [reason([], detail, "content-type")]);
    });
    const site = createSite(scope, parts);
    served = site;
    addSignInRoutes(scope, site, parts, gate);
    addProviderRoutes(scope, site, parts, gate);
    const numbers = createNumbers(parts);
    addScorecardPage(site, parts, numbers);
    addAdoptionPage(site, parts, numbers);
    addOutcomesPage(site, parts, numbers);
    addCostPage(site, parts, numbers);
    addCoachingPages(site, parts);
    addEffectPage(site, parts, numbers);
    addPromptPages(site, parts);
    addSettingsPages(site, parts);
    addAccountPages(site, parts);
    addAuditPage(site, parts);
    addServicePage(site, parts);

    scope.get("/console.css", (_request, reply) =>
      reply.type("text/css; charset=utf-8").send(parts.consoleFiles.stylesheet),
    );

    const { script } = parts.consoleFiles;
    if (script !== undefined) {
      scope.get("/console.js", (_request, reply) =>
        reply
          .header("cache-control", "private, max-age=31536000, immutable")
          .type("text/javascript; charset=utf-8")
          .send(script),
      );
    }

    scope.get("/icon.svg", (_request, reply) =>
      // An icon opened by itself is a document and could run scripts.
      reply
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
        .type("image/svg+xml")
        .send(parts.consoleFiles.icon),
    );
    done();
  });
  return { sendNotFound: async (request, reply) => (await served?.sendNotFound(request, reply)) ?? false };
}
