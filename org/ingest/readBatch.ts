import { createHash } from "node:crypto";
import { envelopeSchema, limits, resourceSchema, type Reason } from "../../protocol/collector.ts";
import type { Batch, StoredEvent, StoredTally } from "../store/store.ts";
import { inPlainWords, reason, reasonsOf } from "./explain.ts";
import { parseJson } from "./parseJson.ts";
import { readAttributes, readRecord } from "./readRecord.ts";
import { usualBatch } from "./usualBatch.ts";

export type BatchOutcome =
  | { readonly ok: true; readonly batch: ReadBatch }
  | { readonly ok: false; readonly detail: string; readonly reasons: Reason[] };

/** A batch before it is known who sent it. */
export type ReadBatch = Omit<Batch, "team" | "tag">;

const recordsPath = ["resourceLogs", 0, "scopeLogs", 0, "logRecords"] as const;
const resourcePath = ["resourceLogs", 0, "resource", "attributes"] as const;

/**
 * Reads the body of `POST /v1/logs`. What is wrong around the records refuses the batch; what is wrong in a record
 * refuses that record alone, as long as one good record is left.
 */
export function readBatch(bytes: Buffer, now: number): BatchOutcome {
  const batch = usualBatch(bytes, now);
  return batch === undefined ? readAnyBatch(bytes, now) : { ok: true, batch };
}

/** The same, whatever it looks like. */
export function readAnyBatch(bytes: Buffer, now: number): BatchOutcome {
  const json = parseJson(bytes);
  if (!json.ok) {
    return refused("The body is not JSON in UTF-8, or nests too deeply.", [
      reason([], `expected JSON in UTF-8, nested at most ${limits.depth} deep`),
    ]);
  }
  const envelope = envelopeSchema.safeParse(json.value, { error: inPlainWords });
  if (!envelope.success) {
    return refused("The batch does not have the agreed form.", reasonsOf(envelope.error));
  }
  const [{ resource, scopeLogs }] = envelope.data.resourceLogs as [(typeof envelope.data.resourceLogs)[0]];
  const [{ logRecords }] = scopeLogs as [(typeof scopeLogs)[0]];
  const about = readAttributes(resource.attributes, resourceSchema, resourcePath);
  if (!about.ok) {
    return refused("The batch does not have the agreed form.", about.reasons);
  }
  const read = readRecords(logRecords, now);
  if (read.first === undefined) {
    return refused("No record of the batch has the agreed form.", read.reasons);
  }
  if (read.strangers.length > 0) {
    return refused("A batch holds records of one week and one pseudonym.", read.strangers);
  }
  return {
    ok: true,
    batch: {
      id: about.value["batch.id"],
      week: read.first.week,
      pseudonym: read.first.pseudonym,
      sha256: createHash("sha256").update(bytes).digest(),
      events: read.events,
      tallies: read.tallies,
      refused: logRecords.length - read.events.length - read.tallies.length,
      reasons: read.reasons,
    },
  };
}

interface ReadRecords {
  first: { week: string; pseudonym: string } | undefined;
  readonly events: StoredEvent[];
  readonly tallies: StoredTally[];
  readonly reasons: Reason[];
  /** Where a record belongs to another week or pseudonym than the first: two in one batch would link them. */
  readonly strangers: Reason[];
}

function readRecords(records: readonly unknown[], now: number): ReadRecords {
  const read: ReadRecords = { first: undefined, events: [], tallies: [], reasons: [], strangers: [] };
  for (const [index, input] of records.entries()) {
    const outcome = readRecord(input, [...recordsPath, index], now);
    if (!outcome.ok) {
      read.reasons.push(...outcome.reasons.slice(0, limits.reasons - read.reasons.length));
      continue;
    }
    const { record } = outcome;
    read.first ??= record;
    for (const name of ["week", "pseudonym"] as const) {
      if (record[name] !== read.first[name] && read.strangers.length < limits.reasons) {
        const detail = "expected the same in every record of the batch";
        read.strangers.push(reason([...recordsPath, index, "attributes"], detail, name));
      }
    }
    if (record.content.of === "edits") read.events.push(record.content.event);
    else read.tallies.push(record.content.tally);
  }
  return read;
}

function refused(detail: string, reasons: Reason[]): BatchOutcome {
  return { ok: false, detail, reasons: reasons.slice(0, limits.reasons) };
}
