import type { FastifyInstance } from "fastify";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AuditAnswer } from "../../protocol/enrolment.ts";
import type { AppParts } from "../app.ts";
import { acts } from "../audit/acts.ts";
import type { Gate } from "../identity/gate.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";

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
    handler: async (): Promise<AuditAnswer> => {
      // Whoever cannot get in did nothing here, and must not push out what was done.
      const asked = { before: host.now() + 1, limit: most, without: "signInRefused" } as const;
      const entries = await store.auditEntries(asked);
      return {
        entries: entries.map(({ at, who, act, subject }) => ({
          ...{ day: dateOf(epochDayOf(at)), who, did: acts[act], subject },
        })),
      };
    },
  });
}
