import type { FastifyInstance } from "fastify";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AuditAnswer } from "../../protocol/enrolment.ts";
import type { AppParts } from "../app.ts";
import { acts } from "../audit/acts.ts";
import { readEntryName } from "../audit/auditLog.ts";
import type { Gate } from "../identity/gate.ts";
import { reason } from "../ingest/explain.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import { sendProblem } from "../problems.ts";

/** The rest is asked for page by page: no account can push its own acts out of sight. */
const most = 200;

/** The log of what was done here, for those who are measured; nobody writes down who asked. */
export function addAuditRoute(
  app: FastifyInstance,
  { store, host }: Pick<AppParts, "store" | "host">,
  gate: Gate,
): void {
  app.route({
    method: endpoints.audit.method,
    url: endpoints.audit.path,
    onRequest: gate.letDevicesIn,
    handler: async (request, reply) => {
      const asked = new URLSearchParams(request.url.split("?")[1] ?? "").get("before");
      const after = asked === null ? undefined : readEntryName(asked);
      if (asked !== null && after === undefined) {
        const reasons = [reason([], "expected what an earlier answer calls older", "before")];
        return sendProblem(reply, "malformed", "The request could not be read.", reasons);
      }
      // Whoever cannot get in did nothing here, and must not push out what was done.
      const without = "signInRefused";
      const found = await store.auditEntries({ before: host.now() + 1, after, limit: most + 1, without });
      const entries = found.slice(0, most);
      const answer: AuditAnswer = {
        entries: entries.map(({ at, who, act, subject }) => ({
          ...{ day: dateOf(epochDayOf(at)), who, did: acts[act], subject },
        })),
        older: found.length > most ? (entries.at(-1)?.entry ?? null) : null,
      };
      return answer;
    },
  });
}
