import type { Answer } from "../../core/sync/delivery.ts";
import { ingestAnswerSchema } from "../../protocol/collector.ts";
import type { FixedHeaders } from "../../protocol/sink.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { BatchRow } from "../store/sync.ts";
import { ask } from "./ask.ts";
import { askSink } from "./sinks.ts";
import type { Transport } from "./transport.ts";

export interface Delivered {
  readonly answer: Answer;
  /** Of what was taken: how many of its records were not, in words; empty where all were. */
  readonly note: string;
}

/** Sends one frozen batch to whom the person agreed to, once. */
export async function deliver(
  transport: Transport,
  { endpoint, mode, credential }: Consent,
  batch: BatchRow,
  headers: FixedHeaders,
): Promise<Delivered> {
  const noteOf = (rejected: number, message = "") =>
    rejected === 0
      ? message
      : `${rejected} of ${batch.records} were refused${message === "" ? "" : `: ${message}`}`;
  if (mode === "sink") {
    const { answer, value } = await askSink(transport, { endpoint, headers, body: batch.bytes });
    return { answer, note: noteOf(value?.rejected ?? 0, value?.message) };
  }
  const asking = { endpoint, credential, address: "ingest", idempotencyKey: batch.id } as const;
  const { answer, value } = await ask(transport, { ...asking, body: batch.bytes }, ingestAnswerSchema);
  return { answer, note: noteOf(Number(value?.partialSuccess?.rejectedLogRecords ?? 0)) };
}
