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
import { readTold } from "../told.ts";

/** Health, readiness and metrics: what a supervisor asks. */
export function addStateRoutes(
  app: FastifyInstance,
  {
    store,
    host,
    metrics,
    limits,
    version,
  }: Pick<AppParts, "store" | "host" | "metrics" | "limits" | "version">,
): void {
  // As many as a device can have open: nobody sees a single request of somebody else's by looking.
  const openStep = limits.openEach;
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
    const { weeks } = await readTold(store);
    const askedAt = host.now();
    await store.whyNotReady();
    const storeSeconds = (host.now() - askedAt) / 1000;
    const sumOf = (what: "batches" | "events") =>
      weeks.reduce((sum, { arrived }) => sum + (arrived?.[what] ?? 0), 0);
    return await reply.type("text/plain; version=0.0.4; charset=utf-8").send(
      metrics.print([
        { name: "kept_org_build", help: "Always 1; the version is a label.", value: 1, labels: { version } },
        {
          name: "kept_org_batches_published",
          help: "Batches that had arrived of the weeks that were published.",
          value: sumOf("batches"),
        },
        {
          name: "kept_org_events_published",
          help: "Events that had arrived of the weeks that were published.",
          value: sumOf("events"),
        },
        {
          name: "kept_org_store_answer_seconds",
          help: "How long the store took to answer whether it is ready, when this was asked for.",
          value: storeSeconds,
        },
        {
          name: "kept_org_requests_open",
          help: `Requests of devices that are being taken in or answered, in steps of ${openStep}.`,
          value: limits.open.count - (limits.open.count % openStep),
        },
      ]),
    );
  });
}
