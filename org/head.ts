import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import { drain } from "./drain.ts";
import { reason } from "./ingest/explain.ts";
import { sendProblem } from "./problems.ts";

/** What Node would refuse by itself, without a word of why. */
export function addHeadCheck(app: FastifyInstance): void {
  // Without a listener Node answers 417 with nothing in it.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
  app.addHook("onRequest", async (request, reply) => {
    const wrong = wrongOf(request.raw);
    if (wrong === undefined) return;
    await drain(request.raw);
    const reasons = [reason([], wrong.detail, wrong.field)];
    void reply.header("connection", "close");
    return sendProblem(reply, "malformed", "The request could not be read.", reasons);
  });
}

function wrongOf({ headers, httpVersion }: IncomingMessage): { field: string; detail: string } | undefined {
  if (httpVersion === "1.1" && headers.host === undefined) return { field: "host", detail: "required" };
  const { expect } = headers;
  return expect === undefined || expect.toLowerCase() === "100-continue"
    ? undefined
    : { field: "expect", detail: "expected 100-continue, or nothing" };
}
