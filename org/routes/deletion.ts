import type { FastifyInstance } from "fastify";
import type * as z from "zod";
import { deletionRequestSchema, type deletionAnswerSchema } from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";
import { pseudonymOf } from "../identity/secrets.ts";
import { readBody, smallBodyBytes } from "../requestBody.ts";

/** Deleting by proof. It asks for no credential, so that requests about several weeks are not linked by one. */
export function addDeletionRoute(
  app: FastifyInstance,
  { store, metrics }: Pick<AppParts, "store" | "metrics">,
  gate: Gate,
): void {
  app.route({
    method: endpoints.deletion.method,
    url: endpoints.deletion.path,
    bodyLimit: smallBodyBytes,
    handler: async (request, reply) => {
      const read = await readBody(request, reply, deletionRequestSchema);
      if (!read.ok) return read.answer;
      const { week, weekKey } = read.body;
      const deleted = await store.deleteWeek(week, pseudonymOf(weekKey));
      // Whose proof is of nothing that is here may be guessing.
      if (deleted === 0) await gate.holdUp(request, reply);
      if (reply.sent) return reply;
      metrics.add("kept_org_deletions_total", {});
      const answer: z.infer<typeof deletionAnswerSchema> = {
        deleted,
        published: await store.isPublished(week),
      };
      return answer;
    },
  });
}
