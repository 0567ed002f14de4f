import type { Reason } from "../../../protocol/collector.ts";
import { sharesOf } from "../shares.ts";
import { arrayOf } from "./arrays.ts";
import type { Batch, Contribution, IngestOutcome, StoredEvent } from "../store.ts";
import {
  asUnavailable,
  beginDurably,
  onOneConnection,
  postgresCode,
  type PostgresClient,
  type PostgresPool,
} from "./open.ts";
import { inOneWrite } from "./oneWrite.ts";
import { makePartitions } from "./partitions.ts";
import { addTallies } from "./tallies.ts";

interface BatchRow {
  sha256: Buffer;
  stored: number;
  duplicates: number;
  refused: number;
  reasons: string;
}

/** Claims never change while their week lasts, so those that were seen need not be asked for again. */
const rememberedClaims = 100_000;

const noPartition = "23514";

export function createIngest(pool: PostgresPool): (batch: Batch) => Promise<IngestOutcome> {
  const claims = new Map<string, string>();

  /** In a transaction of its own: on a cluster its row lies elsewhere than all others of the batch. */
  async function claimedPseudonym({ week, tag, pseudonym }: Batch): Promise<string> {
    const key = `${week}/${tag}`;
    const remembered = claims.get(key);
    if (remembered !== undefined) return remembered;
    const claimed = await claim(pool, week, tag, pseudonym);
    if (claims.size >= rememberedClaims) claims.clear();
    claims.set(key, claimed);
    return claimed;
  }

  return async (batch) => {
    if ((await claimedPseudonym(batch)) !== batch.pseudonym) return { kind: "otherPseudonym" };
    try {
      return await onOneConnection(pool, (client) => insert(client, batch));
    } catch (error) {
      if (postgresCode(error) !== noPartition) throw error;
      await makePartitions(pool, [batch.week]);
      return await onOneConnection(pool, (client) => insert(client, batch));
    }
  };
}

async function claim(pool: PostgresPool, week: string, tag: string, pseudonym: string): Promise<string> {
  try {
    await pool.query("INSERT INTO claim VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [week, tag, pseudonym]);
    const { rows } = await pool.query<{ pseudonym: string }>(
      "SELECT pseudonym FROM claim WHERE week = $1 AND tag = $2",
      [week, tag],
    );
    return rows[0]?.pseudonym ?? pseudonym;
  } catch (error) {
    throw asUnavailable(error);
  }
}

/**
 * One transaction in three journeys to the database, in which everything lies with the pseudonym. The first statement holds the
 * pseudonym until the end, so writers cannot deadlock, and what is asked behind it sees what the one before committed.
 * Nothing is written before it is known that the transaction began; and where a statement fails, the commit that was sent
 * behind it takes everything back.
 */
async function insert(client: PostgresClient, batch: Batch): Promise<IngestOutcome> {
  const [, held, { rows: earlier }] = await inOneWrite(client, () => [
    client.query(beginDurably),
    client.query<{ deleted: boolean }>({
      name: "hold",
      text:
        "INSERT INTO person_week AS held VALUES ($1, $2, false) " +
        "ON CONFLICT (week, pseudonym) DO UPDATE SET deleted = held.deleted RETURNING deleted",
      values: [batch.week, batch.pseudonym],
    }),
    client.query<BatchRow>({
      name: "find batch",
      text:
        "SELECT sha256, stored, duplicates, refused, reasons FROM batch " +
        "WHERE week = $1 AND pseudonym = $2 AND batch_id = $3",
      values: [batch.week, batch.pseudonym, batch.id],
    }),
  ]);
  const outcome = outcomeBefore(batch, held.rows[0]?.deleted === true, earlier[0]);
  if (outcome !== undefined) {
    await client.query("COMMIT");
    return outcome;
  }
  const added = await insertEvents(client, batch);
  const stored = added.length + (await addTallies(client, batch));
  const receipt = {
    stored,
    duplicates: batch.events.length + batch.tallies.length - stored,
    refused: batch.refused,
    reasons: batch.reasons,
  };
  await inOneWrite(client, () => [
    client.query({
      name: "insert batch",
      text: "INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      values: [
        ...[batch.week, batch.pseudonym, batch.id, batch.sha256],
        ...[receipt.stored, receipt.duplicates, receipt.refused, JSON.stringify(receipt.reasons)],
      ],
    }),
    insertShares(client, batch, sharesOf(batch, added)),
    client.query("COMMIT"),
  ]);
  return { kind: "stored", receipt };
}

async function insertEvents(client: PostgresClient, batch: Batch): Promise<StoredEvent[]> {
  const { events } = batch;
  if (events.length === 0) return [];
  const column = (name: keyof StoredEvent) => arrayOf(events.map((event) => event[name] ?? ""));
  const { rows } = await client.query<[string]>({
    name: "insert events",
    rowMode: "array",
    text:
      "INSERT INTO event SELECT $1, $2, * FROM unnest($3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], " +
      "$8::bigint[], $9::bigint[], $10::bigint[]) ON CONFLICT DO NOTHING RETURNING event_id",
    values: [
      ...[batch.week, batch.pseudonym],
      ...[column("id"), column("day"), column("originKind"), column("tool"), column("mode")],
      ...[column("edits"), column("insertedChars"), column("keptChars")],
    ],
  });
  if (rows.length === events.length) return [...events];
  const added = new Set(rows.map(([id]) => id));
  // Of an id that came twice in one batch the first was stored.
  return events.filter(({ id }) => added.delete(id));
}

async function insertShares(
  client: PostgresClient,
  { week, pseudonym }: Batch,
  shares: readonly Contribution[],
): Promise<void> {
  if (shares.length === 0) return;
  const column = (name: keyof Contribution) => arrayOf(shares.map((share) => share[name] ?? ""));
  await client.query({
    name: "add shares",
    text:
      "INSERT INTO contribution SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::integer[], " +
      "$7::bigint[], $8::bigint[], $9::bigint[]) " +
      "ON CONFLICT (week, pseudonym, origin_kind, tool) DO UPDATE SET " +
      "days = contribution.days | excluded.days, edits = contribution.edits + excluded.edits, " +
      "inserted_chars = contribution.inserted_chars + excluded.inserted_chars, " +
      "kept_chars = contribution.kept_chars + excluded.kept_chars",
    values: [
      ...[week, pseudonym],
      ...[column("originKind"), column("tool"), column("team"), column("days")],
      ...[column("edits"), column("insertedChars"), column("keptChars")],
    ],
  });
}

/** Undefined where the batch is a new one of a week that is still taken. */
function outcomeBefore(
  batch: Batch,
  isDeleted: boolean,
  earlier: BatchRow | undefined,
): IngestOutcome | undefined {
  if (isDeleted) return { kind: "deleted" };
  if (earlier === undefined) return undefined;
  if (!earlier.sha256.equals(batch.sha256)) {
    return { kind: "conflict" };
  }
  const { stored, duplicates, refused } = earlier;
  const reasons = JSON.parse(earlier.reasons) as Reason[];
  return { kind: "replayed", receipt: { stored, duplicates, refused, reasons } };
}
