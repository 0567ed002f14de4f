import { createHash } from "node:crypto";
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
    handler: async (request, reply) => {
      const envelope = await store.currentBundle();
      if (envelope === undefined) return await reply.code(204).send();
      const tag = `"${createHash("sha256").update(envelope).digest("hex").slice(0, 32)}"`;
      reply.header("etag", tag);
      if (request.headers["if-none-match"] === tag) return await reply.code(304).send();
      return await reply.type("application/json").send(envelope);
    },
  });
}
