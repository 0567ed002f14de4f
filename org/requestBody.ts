import type { FastifyReply, FastifyRequest } from "fastify";
import type * as z from "zod";
import { decompress } from "./ingest/decompress.ts";
import { inPlainWords, reason, reasonsOf } from "./ingest/explain.ts";
import { parseJson } from "./ingest/parseJson.ts";
import { sendProblem } from "./problems.ts";

/** Of a body that is no batch. */
export const smallBodyBytes = 4096;

export type BodyReading<Body> =
  { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly answer: FastifyReply };

/** A body of the agreed form, or the answer that says which field is not. */
export async function readBody<Body>(
  request: FastifyRequest,
  reply: FastifyReply,
  schema: z.ZodType<Body>,
): Promise<BodyReading<Body>> {
  if (!Buffer.isBuffer(request.body)) {
    const reasons = [reason([], "required", "body")];
    return { ok: false, answer: sendProblem(reply, "malformed", "A body is needed.", reasons) };
  }
  const unpacked = await decompress(request.headers["content-encoding"], request.body);
  if (!unpacked.ok) {
    const { problem, detail, reasons } = unpacked;
    return { ok: false, answer: sendProblem(reply, problem, detail, reasons) };
  }
  const json = parseJson(unpacked.bytes);
  if (!json.ok) {
    const reasons = [reason([], "expected JSON in UTF-8")];
    return { ok: false, answer: sendProblem(reply, "malformed", "The body is not JSON in UTF-8.", reasons) };
  }
  const parsed = schema.safeParse(json.value, { error: inPlainWords });
  if (parsed.success) return { ok: true, body: parsed.data };
  const detail = "The body does not have the agreed form.";
  return { ok: false, answer: sendProblem(reply, "malformed", detail, reasonsOf(parsed.error)) };
}
