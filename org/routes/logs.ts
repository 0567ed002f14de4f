import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { eventSchemas, limits, type IngestAnswer } from "../../protocol/collector.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import { drain } from "../drain.ts";
import type { Gate } from "../identity/gate.ts";
import { personKeyOf } from "../identity/personKey.ts";
import { tagOf } from "../identity/secrets.ts";
import { decompress } from "../ingest/decompress.ts";
import { reason } from "../ingest/explain.ts";
import { readBatch, type ReadBatch } from "../ingest/readBatch.ts";
import { sendProblem } from "../problems.ts";
import type { Receipt } from "../store/store.ts";

type Parts = Pick<AppParts, "store" | "host" | "metrics">;

export function addLogsRoute(app: FastifyInstance, { store, host, metrics }: Parts, gate: Gate): void {
  app.route({
    method: endpoints.ingest.method,
    url: endpoints.ingest.path,

    onRequest: [gate.letDevicesIn, refuseByHead],

    handler: async (request, reply) => {
      const startedAt = host.now();
      const { device, credential } = gate.senderOf(request);
      metrics.came(device.device);
      if (!Buffer.isBuffer(request.body)) {
        return sendProblem(reply, "malformed", "A body is needed.", [reason([], "required", "body")]);
      }
      const decompressed = await decompress(request.headers["content-encoding"], request.body);
      if (!decompressed.ok) {
        metrics.add("kept_org_batches_total", { result: "refused" });
        return sendProblem(reply, decompressed.problem, decompressed.detail, decompressed.reasons);
      }
      const read = readBatch(decompressed.bytes, startedAt);
      if (!read.ok) {
        metrics.add("kept_org_batches_total", { result: "refused" });
        countReasons(read.reasons);
        return sendProblem(reply, "malformed", read.detail, read.reasons);
      }
      const { batch } = read;
      if (request.headers["idempotency-key"] !== batch.id) {
        metrics.add("kept_org_batches_total", { result: "refused" });
        return sendProblem(reply, "malformed", aboutTheKey, [reason([], aboutTheKey, keyName)]);
      }
      const outcome = await store.ingest({
        ...batch,
        team: device.team,
        tag: tagOf(personKeyOf(credential, device.personSeal), batch.week),
      });
      metrics.add("kept_org_batches_total", { result: outcome.kind });
      metrics.observeIngest((host.now() - startedAt) / 1000);
      if (outcome.kind === "conflict") {
        const detail =
          "A batch of this id is stored with other bytes. Send these records under a new batch id.";
        return sendProblem(reply, "batch-conflict", detail, [reason([], "is of other bytes", "batch.id")]);
      }
      if (outcome.kind === "otherPseudonym") {
        const detail =
          "A person goes by one pseudonym in a week, on every device. Join with a code of the first device.";
        return sendProblem(reply, "other-pseudonym", detail, [
          reason([], "is another than before in this week", "pseudonym"),
        ]);
      }
      if (outcome.kind === "deleted") {
        const detail = "Nothing of this week is taken any more. Drop the batch.";
        return sendProblem(reply, "deleted", detail, [reason([], "was deleted", "week")]);
      }
      if (outcome.kind === "stored") {
        countEvents(batch, outcome.receipt);
      }
      return await reply.send(answerOf(outcome.receipt, outcome.kind === "replayed"));
    },
  });

  /** What can be told before a body is read. */
  async function refuseByHead(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const {
      "idempotency-key": key,
      "content-encoding": encoding,
      "content-length": length,
    } = request.headers;
    const isTooLarge = encoding?.trim().toLowerCase() === "gzip" && Number(length) > limits.compressedBytes;
    if (key && !isTooLarge) return;
    metrics.add("kept_org_batches_total", { result: "refused" });
    await drain(request.raw);
    if (isTooLarge) {
      const detail = `A gzip body may have ${limits.compressedBytes} bytes. Split the batch.`;
      sendProblem(reply, "too-large", detail, [reason([], detail, "body")]);
    } else sendProblem(reply, "malformed", aboutTheKey, [reason([], "required", keyName)]);
  }

  function countEvents(batch: ReadBatch, { stored, duplicates }: Receipt): void {
    metrics.add("kept_org_events_total", { result: "stored" }, stored);
    metrics.add("kept_org_events_total", { result: "duplicate" }, duplicates);
    metrics.add("kept_org_events_total", { result: "refused" }, batch.refused);
    countReasons(batch.reasons);
  }

  function countReasons(reasons: Receipt["reasons"]): void {
    for (const { field } of reasons) {
      // A stranger chooses names that are not in the contract: they must not become series.
      metrics.add("kept_org_refusals_total", { field: knownFields.has(field) ? field : "other" });
    }
  }
}

const keyName = "idempotency-key";
const aboutTheKey = "The header idempotency-key must repeat batch.id.";

const knownFields = new Set([
  ...Object.values(eventSchemas).flatMap(({ shape }) => Object.keys(shape)),
  "body",
  ...["resourceLogs", "resource", "scopeLogs", "scope", "name", "version", "logRecords", "attributes"],
  ...["timeUnixNano", "eventName", "batch.id", "service.name"],
]);

function answerOf({ stored, duplicates, refused, reasons }: Receipt, replayed: boolean): IngestAnswer {
  const receipt = { stored, duplicates, replayed };
  if (refused === 0) {
    return { receipt };
  }
  return {
    partialSuccess: {
      rejectedLogRecords: String(refused),
      errorMessage: `${refused} of ${stored + duplicates + refused} records do not have the agreed form.`,
    },
    receipt,
    reasons: [...reasons],
  };
}
