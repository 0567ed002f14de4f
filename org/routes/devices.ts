import type { FastifyInstance, FastifyReply } from "fastify";
import type * as z from "zod";
import type { Reason } from "../../protocol/collector.ts";
import type { companionAnswerSchema, leaveAnswerSchema } from "../../protocol/enrolment.ts";
import {
  companionRequestSchema,
  credentialRequestSchema,
  enrolmentRequestSchema,
} from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";
import { membershipOf } from "../identity/organisation.ts";
import { mostDevicesEach, personKeyOf, sealed } from "../identity/personKey.ts";
import { hashOf } from "../identity/secrets.ts";
import { reason } from "../ingest/explain.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import type { JoinOutcome } from "../store/registry.ts";
import { sendProblem } from "../problems.ts";
import { readBody, smallBodyBytes } from "../requestBody.ts";

type Parts = Pick<AppParts, "store" | "host" | "metrics" | "promises">;

const credentialDays = 90;
const companionMs = 10 * 60_000;

const whyRefused = {
  invitation: "Ask whoever invited you for another invitation.",
  credential: "The credential is in use, or another device of yours did not show it while joining.",
  devices: `A person can have ${mostDevicesEach} devices in at a time. Leave on one of them first.`,
} satisfies Record<Exclude<JoinOutcome, { ok: true }>["why"], string>;

const refusedFields = {
  invitation: [reason(["token"], "is no invitation that is open")],
  credential: [reason(["credentialHash"], "is in use, or was not shown")],
  devices: [reason(["token"], `is for a person who has ${mostDevicesEach} devices in`)],
} satisfies Record<keyof typeof whyRefused, readonly Reason[]>;

/** Joining, staying and leaving. */
export function addDeviceRoutes(app: FastifyInstance, parts: Parts, gate: Gate): void {
  const { store, host, metrics } = parts;
  const expiresFrom = (today: number) => dateOf(today + credentialDays);

  app.route({
    method: endpoints.enrolment.method,
    url: endpoints.enrolment.path,
    bodyLimit: smallBodyBytes,
    handler: async (request, reply) => {
      const read = await readBody(request, reply, enrolmentRequestSchema);
      if (!read.ok) return read.answer;
      const { token, credentialHash } = read.body;
      const credential = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
      const isShown = credential !== undefined && hashOf(credential) === credentialHash;
      const now = host.now();
      const today = epochDayOf(now);
      const outcome = await store.join({
        tokenHash: hashOf(token),
        credentialHash,
        device: host.id(),
        person: host.id(),
        now,
        today: dateOf(today),
        expires: expiresFrom(today),
        reseal: isShown ? (seal) => sealed(sealed(seal, token), credential) : undefined,
      });
      if (outcome.ok) metrics.came(outcome.device.device);
      metrics.add("kept_org_enrolments_total", { result: outcome.ok ? "joined" : "refused" });
      if (outcome.ok) return membershipOf(parts, outcome.device);
      await gate.holdUp(request, reply);
      if (reply.sent) return reply;
      return sendProblem(reply, "invitation-refused", whyRefused[outcome.why], refusedFields[outcome.why]);
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
      const isReplaced = await store.replaceCredential(device.device, {
        credentialHash: hashOf(after),
        expires,
        personSeal: sealed(personKeyOf(before, device.personSeal), after),
      });
      if (!isReplaced) {
        const reason = { pointer: "#/credential", field: "credential", detail: "is in use already" };
        return sendProblem(reply, "malformed", "Make another credential at random.", [reason]);
      }
      gate.forget(before);
      return membershipOf(parts, { ...device, expires });
    },
  });

  app.route({
    method: endpoints.companion.method,
    url: endpoints.companion.path,
    bodyLimit: smallBodyBytes,
    onRequest: gate.letDevicesIn,
    handler: async (request, reply): Promise<z.infer<typeof companionAnswerSchema> | FastifyReply> => {
      // A body of nothing is none, whatever its header fields say.
      if (Buffer.isBuffer(request.body) && request.body.length > 0) {
        const read = await readBody(request, reply, companionRequestSchema);
        if (!read.ok) return read.answer;
      }
      const { device, credential } = gate.senderOf(request);
      const devices = await store.countDevicesOf(device.person, dateOf(epochDayOf(host.now())));
      if (devices >= mostDevicesEach) {
        return sendProblem(reply, "invitation-refused", whyRefused.devices);
      }
      const token = host.secret("kept_join_");
      await store.addInvitation({
        tokenHash: hashOf(token),
        team: device.team,
        person: device.person,
        personSeal: sealed(personKeyOf(credential, device.personSeal), token),
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
