import type { FastifyInstance } from "fastify";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";

/** The bytes that were signed last. Whoever gets them verifies them; who asked is not written down. */
export function addBundleRoute(app: FastifyInstance, { store }: Pick<AppParts, "store">, gate: Gate): void {
  app.route({
    method: endpoints.bundle.method,
    url: endpoints.bundle.path,
    onRequest: gate.letDevicesIn,
    handler: async (_request, reply) => {
      const envelope = await store.currentBundle();
      return envelope === undefined
        ? await reply.code(204).send()
        : await reply.type("application/json").send(envelope);
    },
  });
}
