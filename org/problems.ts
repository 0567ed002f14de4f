import type { FastifyReply } from "fastify";
import {
  limits,
  problems,
  type ProblemDocument,
  type ProblemName,
  type Reason,
} from "../protocol/collector.ts";

export const problemMediaType = "application/problem+json";

export function problemDocument(
  name: ProblemName,
  detail: string,
  reasons: readonly Reason[] = [],
): ProblemDocument {
  const { status, title } = problems[name];
  return {
    type: `urn:kept:problem:${name}`,
    title,
    status,
    detail,
    ...(reasons.length > 0 ? { errors: reasons.slice(0, limits.reasons) } : {}),
  };
}

export function sendProblem(
  reply: FastifyReply,
  name: ProblemName,
  detail: string,
  reasons?: readonly Reason[],
): FastifyReply {
  return reply
    .code(problems[name].status)
    .type(problemMediaType)
    .send(JSON.stringify(problemDocument(name, detail, reasons)));
}
