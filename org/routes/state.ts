import type { FastifyInstance } from "fastify";
import type * as z from "zod";
import {
  contractVersion,
  type healthAnswerSchema,
  type readinessAnswerSchema,
} from "../../protocol/collector.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import { sendProblem } from "../problems.ts";

/** Health, readiness and metrics: what a supervisor asks. */
export function addStateRoutes(
  app: FastifyInstance,
  { store, metrics, limits, version }: Pick<AppParts, "store" | "metrics" | "limits" | "version">,
): void {
  app.get(endpoints.health.path, (): z.infer<typeof healthAnswerSchema> => ({ status: "alive" }));

  app.get(endpoints.readiness.path, async (_request, reply) => {
    const reason = await store.whyNotReady();
    if (reason !== undefined) {
      return sendProblem(reply, "unavailable", reason);
    }
    const answer: z.infer<typeof readinessAnswerSchema> = {
      status: "ready",
      version,
      contract: contractVersion,
    };
    return answer;
  });

  app.get(endpoints.metrics.path, async (_request, reply) => {
    const weeks = await store.weekTotals();
    const held = (what: "batches" | "events") => weeks.reduce((sum, week) => sum + week[what], 0);
    return await reply.type("text/plain; version=0.0.4; charset=utf-8").send(
      metrics.print([
        { name: "kept_org_build", help: "Always 1; the version is a label.", value: 1, labels: { version } },
        {
          name: "kept_org_batches_held",
          help: "Batches in the sums of all weeks held.",
          value: held("batches"),
        },
        {
          name: "kept_org_events_held",
          help: "Events in the sums of all weeks held.",
          value: held("events"),
        },
        {
          name: "kept_org_requests_open",
          help: "Requests of devices that are being taken in or answered.",
          value: limits.open.count,
        },
      ]),
    );
  });
}
