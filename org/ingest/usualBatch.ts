import { createHash } from "node:crypto";
import { contractVersion, limits } from "../../protocol/collector.ts";
import type { StoredEvent, StoredTally } from "../store/store.ts";
import type { ReadBatch } from "./readBatch.ts";
import { textPattern, usualRecord, uuidPattern } from "./usualRecord.ts";

const beginning = new RegExp(
  `\\{"resourceLogs":\\[\\{"resource":\\{"attributes":\\[${textPattern("batch.id", `(${uuidPattern})`)}` +
    `(?:,${textPattern("service.name", "kept")})?\\]\\},"scopeLogs":\\[\\{"scope":` +
    `\\{"name":"kept","version":"${contractVersion}"\\},"logRecords":\\[`,
  "y",
);
const ending = "]}]}]}";

/**
 * A batch to the letter as editors write it, of good records alone. Undefined for any other, good or bad: then the contract's
 * schemas decide, which cost four times as much.
 */
export function usualBatch(bytes: Buffer, now: number): ReadBatch | undefined {
  // Nothing but ASCII fits the patterns.
  const body = bytes.toString("latin1");
  beginning.lastIndex = 0;
  const id = beginning.exec(body)?.[1];
  if (id === undefined || !body.endsWith(ending)) return undefined;
  const last = body.length - ending.length;
  const events: StoredEvent[] = [];
  const tallies: StoredTally[] = [];
  let first: { readonly week: string; readonly pseudonym: string } | undefined;
  for (let at = beginning.lastIndex; ; at++) {
    const record = usualRecord(body, at, now);
    if (record === undefined) return undefined;
    first ??= record;
    if (record.week !== first.week || record.pseudonym !== first.pseudonym) return undefined;
    if (record.content.of === "edits") events.push(record.content.event);
    else tallies.push(record.content.tally);
    at = record.end;
    if (at === last) break;
    if (body[at] !== "," || events.length + tallies.length === limits.records) return undefined;
  }
  return {
    id,
    week: first.week,
    // A part of a text keeps all of the text in memory, and this one is remembered.
    pseudonym: Buffer.from(first.pseudonym, "latin1").toString("latin1"),
    sha256: createHash("sha256").update(bytes).digest(),
    events,
    tallies,
    refused: 0,
    reasons: [],
  };
}
