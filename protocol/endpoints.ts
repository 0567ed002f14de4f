import type * as z from "zod";
import { bundleEnvelopeSchema } from "./bundle.ts";
import {
  healthAnswerSchema,
  ingestAnswerSchema,
  problemDocumentSchema,
  readinessAnswerSchema,
  requestSchema,
} from "./collector.ts";
import {
  auditAnswerSchema,
  companionAnswerSchema,
  companionRequestSchema,
  credentialRequestSchema,
  deletionAnswerSchema,
  deletionRequestSchema,
  enrolmentRequestSchema,
  leaveAnswerSchema,
  membershipSchema,
  teamAnswerSchema,
} from "./enrolment.ts";

interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** What it is for, in one sentence. */
  readonly about: string;
  readonly needsToken: boolean;
  /** Header fields it has to have, and what each is. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What its address may say besides, and what each is. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.ZodType;
  /** JSON by status; a string is the media type of something else, null is no body. */
  readonly answers: Readonly<Record<number, z.ZodType | string | null>>;
}

const problem = problemDocumentSchema;

/** Whatever is asked, it can come too often or at a bad moment. */
const always = { 429: problem, 500: problem, 503: problem };
const ofCredential = { 401: problem };
const ofBody = { 400: problem, 408: problem, 413: problem, 415: problem };

/** Every address of the collector. */
export const endpoints = {
  ingest: {
    method: "POST",
    path: "/v1/logs",
    about: "Takes one batch in. A 200 means that it is on disk.",
    needsToken: true,
    headers: { "Idempotency-Key": "The batch's `batch.id`." },
    body: requestSchema,
    answers: {
      200: ingestAnswerSchema,
      ...{ ...ofBody, ...ofCredential, ...always, 403: problem, 409: problem, 410: problem },
    },
  },
  enrolment: {
    method: "POST",
    path: "/v1/enrolment",
    about:
      "Lets a device in, and says what the organisation asks and promises. A further device of a person shows its " +
      "credential with it, as with any other request.",
    needsToken: false,
    body: enrolmentRequestSchema,
    answers: { 200: membershipSchema, ...ofBody, ...always, 403: problem },
  },
  device: {
    method: "GET",
    path: "/v1/device",
    about: "What the organisation asks and promises now.",
    needsToken: true,
    answers: { 200: membershipSchema, ...ofCredential, ...always },
  },
  credential: {
    method: "PUT",
    path: "/v1/device/credential",
    about: "Puts another credential in the place of the one that is shown.",
    needsToken: true,
    body: credentialRequestSchema,
    answers: { 200: membershipSchema, ...ofBody, ...ofCredential, ...always },
  },
  companion: {
    method: "POST",
    path: "/v1/device/companion",
    about: "A token with which another device of the same person joins.",
    needsToken: true,
    body: companionRequestSchema,
    answers: { 200: companionAnswerSchema, ...ofBody, ...ofCredential, ...always, 403: problem },
  },
  leave: {
    method: "DELETE",
    path: "/v1/device",
    about: "Ends the credential. What was sent is deleted apart from it.",
    needsToken: true,
    answers: { 200: leaveAnswerSchema, ...ofCredential, ...always },
  },
  deletion: {
    method: "POST",
    path: "/v1/deletion",
    about: "Deletes what a person sent in one week, by proof that it is theirs.",
    needsToken: false,
    body: deletionRequestSchema,
    answers: { 200: deletionAnswerSchema, ...ofBody, ...always },
  },
  bundle: {
    method: "GET",
    path: "/v1/bundle",
    about:
      "The signed bundle in force; nothing where none is, or where it is the one that `If-None-Match` names.",
    needsToken: true,
    answers: { 200: bundleEnvelopeSchema, 204: null, 304: null, ...ofCredential, ...always },
  },
  team: {
    method: "GET",
    path: "/v1/team",
    about: "The published numbers of the device's team.",
    needsToken: true,
    answers: { 200: teamAnswerSchema, ...ofCredential, ...always },
  },
  audit: {
    method: "GET",
    path: "/v1/audit",
    about: "What was done at the service, newest first, for everybody it is about.",
    needsToken: true,
    query: { before: "What the last answer calls `older`, for those that come after it." },
    answers: { 200: auditAnswerSchema, 400: problem, ...ofCredential, ...always },
  },
  health: {
    method: "GET",
    path: "/healthz",
    about: "Says that the process runs.",
    needsToken: false,
    answers: { 200: healthAnswerSchema },
  },
  readiness: {
    method: "GET",
    path: "/readyz",
    about: "Says whether the store answers and has the tables this version needs.",
    needsToken: false,
    answers: { 200: readinessAnswerSchema, 503: problem },
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    about: "Counters in Prometheus text format. None is about a person.",
    needsToken: false,
    answers: { 200: "text/plain", 503: problem },
  },
  description: {
    method: "GET",
    path: "/openapi.json",
    about: "This table as an OpenAPI document.",
    needsToken: false,
    answers: { 200: "application/json" },
  },
} as const satisfies Record<string, Endpoint>;
