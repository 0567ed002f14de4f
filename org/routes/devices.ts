import type { FastifyInstance } from "fastify";
import type * as z from "zod";
import type { companionAnswerSchema, leaveAnswerSchema } from "../../protocol/enrolment.ts";
import { credentialRequestSchema, enrolmentRequestSchema } from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";
import { membershipOf } from "../identity/organisation.ts";
import { hashOf, tagOf } from "../identity/secrets.ts";
import { acceptedWeeks, dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import { sendProblem } from "../problems.ts";
import { readBody, smallBodyBytes } from "../requestBody.ts";

type Parts = Pick<AppParts, "store" | "host" | "metrics" | "promises">;

const credentialDays = 90;
const companionMs = 10 * 60_000;

/** Joining, staying and leaving. */
export function addDeviceRoutes(app: FastifyInstance, parts: Parts, gate: Gate): void {
  const { store, host, metrics } = parts;
  const expiresFrom = (today: number) => dateOf(today + credentialDays);

  app.route({
    method: endpoints.enrolment.method,
    url: endpoints.enrolment.path,
    bodyLimit: smallBodyBytes,
    onRequest: gate.letStrangersIn,
    handler: async (request, reply) => {
      const read = await readBody(request, reply, enrolmentRequestSchema);
      if (!read.ok) return read.answer;
      const now = host.now();
      const today = epochDayOf(now);
      const outcome = await store.join({
        tokenHash: hashOf(read.body.token),
        credentialHash: read.body.credentialHash,
        device: host.id(),
        person: host.id(),
        now,
        today: dateOf(today),
        expires: expiresFrom(today),
      });
      metrics.add("kept_org_enrolments_total", { result: outcome.ok ? "joined" : "refused" });
      return outcome.ok
        ? membershipOf(parts, outcome.device)
        : sendProblem(reply, "invitation-refused", "Ask whoever invited you for another invitation.");
    },
  });

  app.route({
    method: endpoints.device.method,
    url: endpoints.device.path,
    onRequest: gate.letDevicesIn,
    handler: (request) => membershipOf(parts, gate.senderOf(request).device),
  });

  app.route({
    method: endpoints.credential.method,
    url: endpoints.credential.path,
    bodyLimit: smallBodyBytes,
    onRequest: gate.letDevicesIn,
    handler: async (request, reply) => {
      const read = await readBody(request, reply, credentialRequestSchema);
      if (!read.ok) return read.answer;
      const { device, credential: before } = gate.senderOf(request);
      const { credential: after } = read.body;
      const today = epochDayOf(host.now());
      const expires = expiresFrom(today);
      await store.replaceCredential(device.device, {
        credentialHash: hashOf(after),
        expires,
        tags: acceptedWeeks(today).map((week) => ({
          week,
          before: tagOf(before, week),
          after: tagOf(after, week),
        })),
      });
      gate.forget(before);
      return membershipOf(parts, { ...device, expires });
    },
  });

  app.route({
    method: endpoints.companion.method,
    url: endpoints.companion.path,
    onRequest: gate.letDevicesIn,
    handler: async (request): Promise<z.infer<typeof companionAnswerSchema>> => {
      const { device } = gate.senderOf(request);
      const token = host.secret("kept_join_");
      await store.addInvitation({
        tokenHash: hashOf(token),
        team: device.team,
        person: device.person,
        uses: 1,
        expiresAt: host.now() + companionMs,
      });
      return { token };
    },
  });

  app.route({
    method: endpoints.leave.method,
    url: endpoints.leave.path,
    onRequest: gate.letDevicesIn,
    handler: async (request): Promise<z.infer<typeof leaveAnswerSchema>> => {
      const { device, credential } = gate.senderOf(request);
      await store.leave(device.device, dateOf(epochDayOf(host.now())));
      gate.forget(credential);
      return { status: "left" };
    },
  });
}
