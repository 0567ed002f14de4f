import assert from "node:assert/strict";
import { parseJson } from "../../../org/ingest/parseJson.ts";
import { readAnyBatch, readBatch } from "../../../org/ingest/readBatch.ts";
import { usualBatch } from "../../../org/ingest/usualBatch.ts";
import { isDeeperThan } from "../../../org/ingest/depth.ts";
import { limits } from "../../../protocol/collector.ts";
import { malformedPayloads } from "../../org/support/malformed.ts";
import { recordOf, requestOf, requestWith, today } from "../../org/support/batches.ts";
import { fuzz, type Fuzzed } from "./fuzz.ts";

const dayMs = 86_400_000;
const now = today * dayMs + dayMs / 2;
const longestInput = 64 * 1024;

/** Gives the reader of batches what it never saw, led by the code that it reaches. */
export function fuzzBatches(seed: number, isOver: (tried: number) => boolean): Fuzzed {
  const well = [
    requestWith("fuzz", 2),
    requestOf(
      "many wrong ones",
      Array.from({ length: 20 }, (_, index) =>
        recordOf({ name: `${index}`, day: today, edits: index && -1 }),
      ),
    ),
    requestOf(
      "kinds",
      ["ai", "human", "tooling"].map((originKind) => recordOf({ name: originKind, day: today, originKind })),
    ),
  ].map((request) => Buffer.from(JSON.stringify(request)));
  return fuzz({
    seeds: [...well, ...malformedPayloads(1).map(({ body }) => body.subarray(0, longestInput))],
    seed,
    isMeant: (url) => /\/(?:org\/ingest|protocol|node_modules\/zod)\//.test(url),
    attempt: attemptBatch,
    isOver,
    longestInput,
  });
}

/** What must hold of the answer to anything. */
export function attemptBatch(bytes: Buffer): void {
  const outcome = readBatch(bytes, now);
  const json = parseJson(bytes);
  if (!json.ok) assert.equal(outcome.ok, false, "what is no JSON is no batch");
  if (json.ok) assert.equal(isDeeperThan(limits.depth, bytes), false, "nothing that nests deeply is parsed");
  const batch = usualBatch(bytes, now);
  if (batch !== undefined)
    assert.deepEqual({ ok: true, batch }, readAnyBatch(bytes, now), "the quick reading is the other's");
  const { reasons } = outcome.ok ? outcome.batch : outcome;
  assert.ok(reasons.length <= limits.reasons, "no more reasons than are told");
  for (const { pointer, field, detail } of reasons) {
    assert.ok(pointer.startsWith("#") && pointer.length <= 256, "a pointer");
    assert.ok(field.length <= 64 && detail.length > 0 && detail.length <= 256, "a field, and why");
  }
  if (!outcome.ok) {
    assert.ok(reasons.length > 0 && outcome.detail !== "", "a refusal names a field");
    return;
  }
  const { events, tallies, refused, week, pseudonym, id } = outcome.batch;
  const records = recordsIn(json.ok ? json.value : undefined);
  assert.equal(events.length + tallies.length + refused, records.length, "each record is taken or refused");
  assert.equal(refused > 0, reasons.length > 0, "and why");
  assert.ok(records.length <= limits.records && events.length + tallies.length > 0);
  assert.match(week, /^\d{4}-W\d\d$/);
  assert.match(pseudonym, /^[0-9a-f]{32}$/);
  for (const each of [id, ...events.map((event) => event.id), ...tallies.map((tally) => tally.id)])
    assert.match(each, /^[0-9a-f-]{36}$/);
  const numbers = [
    ...events.flatMap(({ edits, insertedChars, keptChars }) => [edits, insertedChars, keptChars]),
    ...tallies.flatMap(({ sums }) => Object.values(sums)),
  ];
  assert.ok(numbers.every((number) => Number.isSafeInteger(number) && number >= 0));
}

/** As it may look, whatever it is. */
interface AnyRequest {
  readonly resourceLogs?:
    readonly { readonly scopeLogs?: readonly { readonly logRecords?: unknown }[] }[] | null;
}

/** What stands in the place of the records. */
function recordsIn(value: unknown): readonly unknown[] {
  const records = (value as AnyRequest | undefined)?.resourceLogs?.[0]?.scopeLogs?.[0]?.logRecords;
  return Array.isArray(records) ? records : [];
}
