import type { FastifyInstance } from "fastify";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import { openApiDocument } from "../openapi.ts";

export function addDescriptionRoute(app: FastifyInstance, { version }: Pick<AppParts, "version">): void {
  const document = JSON.stringify(openApiDocument(version));
  app.get(endpoints.description.path, (_request, reply) => reply.type("application/json").send(document));
}
