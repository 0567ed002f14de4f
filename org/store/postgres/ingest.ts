import type { Reason } from "../../../protocol/collector.ts";
import { sharesOf } from "../shares.ts";
import { arrayOf } from "./arrays.ts";
import type { Batch, Contribution, IngestOutcome, Receipt, StoredEvent } from "../store.ts";
import { createLanes } from "./lanes.ts";
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
const notUnique = "23505";

/**
 * On one PostgreSQL batches are taken together, each with statements of its own. Spread over a cluster, each is a transaction of
 * its own, which lies in one place.
 */
const groups = { lanes: 4, together: 16 };
const single = { lanes: 10, together: 1 };

export function createIngest(
  pool: PostgresPool,
  { isSpread }: { readonly isSpread: boolean },
): (batch: Batch) => Promise<IngestOutcome> {
  const claims = new Map<string, string>();
  const placeOf = ({ week, pseudonym }: Batch) => `${week}/${pseudonym}`;
  const ingest = createLanes({ ...(isSpread ? single : groups), placeOf }, ingestTogether);

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

  async function ingestTogether(batches: readonly Batch[]): Promise<readonly IngestOutcome[]> {
    const insertAll = () => onOneConnection(pool, (client) => insertTogether(client, batches));
    try {
      return await insertAll();
    } catch (error) {
      if (postgresCode(error) !== noPartition) throw error;
      await makePartitions(pool, [...new Set(batches.map(({ week }) => week))].sort());
      return await insertAll();
    }
  }

  return async (batch) =>
    (await claimedPseudonym(batch)) === batch.pseudonym ? ingest(batch) : { kind: "otherPseudonym" };
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

/** In the order of their places, so that instances that take batches of the same people cannot wait for each other for ever. */
async function insertTogether(
  client: PostgresClient,
  batches: readonly Batch[],
): Promise<readonly IngestOutcome[]> {
  const ordered = [...batches].sort((a, b) => (placeBefore(a, b) ? -1 : 1));
  let outcomes;
  try {
    outcomes = await insert(client, ordered, "new");
  } catch (error) {
    if (postgresCode(error) !== notUnique) throw error;
    await client.query("ROLLBACK");
    outcomes = await insert(client, ordered, "any");
  }
  const of = new Map(ordered.map((batch, index) => [batch, outcomes[index] as IngestOutcome]));
  return batches.map((batch) => of.get(batch) as IngestOutcome);
}

function placeBefore(a: Batch, b: Batch): boolean {
  return a.week === b.week ? a.pseudonym < b.pseudonym : a.week < b.week;
}

/** Whether events can have been stored before. They hardly ever were, and to expect it of each costs a third of storing it. */
type Events = "new" | "any";

/**
 * One transaction in three journeys to the database, in which everything of a batch lies with its pseudonym. The first statement
 * of each holds the pseudonym until the end, and what is asked behind it sees what the one before committed.
 * Nothing is written before it is known that the transaction began; and where a statement fails, the commit that was sent
 * behind it takes everything back.
 */
async function insert(
  client: PostgresClient,
  batches: readonly Batch[],
  events: Events,
): Promise<IngestOutcome[]> {
  const [, ...before] = await inOneWrite(client, () => [
    client.query(beginDurably),
    ...batches.map((batch) => outcomeBefore(client, batch)),
  ]);
  const fresh = batches.filter((_, index) => before[index] === undefined);
  const added = await inOneWrite(client, () => fresh.map((batch) => addRecords(client, batch, events)));
  await inOneWrite(client, () => [
    ...added.map(({ batch, receipt, shares }) =>
      Promise.all([insertBatch(client, batch, receipt), insertShares(client, batch, shares)]),
    ),
    client.query("COMMIT"),
  ]);
  const receipts = new Map(added.map(({ batch, receipt }) => [batch, receipt]));
  return batches.map(
    (batch, index) => before[index] ?? { kind: "stored", receipt: receipts.get(batch) as Receipt },
  );
}

/** Undefined where the batch is a new one of a week that is still taken. */
async function outcomeBefore(client: PostgresClient, batch: Batch): Promise<IngestOutcome | undefined> {
  const [held, earlier] = await Promise.all([
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
  if (held.rows[0]?.deleted === true) return { kind: "deleted" };
  const found = earlier.rows[0];
  if (found === undefined) return undefined;
  if (!found.sha256.equals(batch.sha256)) return { kind: "conflict" };
  const { stored, duplicates, refused, reasons } = found;
  const receipt = { stored, duplicates, refused, reasons: JSON.parse(reasons) as Reason[] };
  return { kind: "replayed", receipt };
}

interface Added {
  readonly batch: Batch;
  readonly receipt: Receipt;
  readonly shares: readonly Contribution[];
}

async function addRecords(client: PostgresClient, batch: Batch, events: Events): Promise<Added> {
  const [added, tallies] = await Promise.all([
    insertEvents(client, batch, events),
    addTallies(client, batch),
  ]);
  const stored = added.length + tallies;
  const { refused, reasons } = batch;
  const duplicates = batch.events.length + batch.tallies.length - stored;
  return { batch, receipt: { stored, duplicates, refused, reasons }, shares: sharesOf(batch, added) };
}

async function insertEvents(
  client: PostgresClient,
  { week, pseudonym, events }: Batch,
  expected: Events,
): Promise<readonly StoredEvent[]> {
  if (events.length === 0) return [];
  const column = (name: keyof StoredEvent) => arrayOf(events.map((event) => event[name] ?? ""));
  const values = [
    ...[week, pseudonym],
    ...[column("id"), column("day"), column("originKind"), column("tool"), column("mode")],
    ...[column("edits"), column("insertedChars"), column("keptChars")],
  ];
  if (expected === "new") {
    await client.query({ name: "insert new events", text: insertingEvents, values });
    return events;
  }
  const { rows } = await client.query<[string]>({
    ...{ name: "insert events", rowMode: "array", values },
    text: `${insertingEvents} ON CONFLICT DO NOTHING RETURNING event_id`,
  });
  const added = new Set(rows.map(([id]) => id));
  // Of an id that came twice in one batch the first was stored.
  return events.filter(({ id }) => added.delete(id));
}

const insertingEvents =
  "INSERT INTO event SELECT $1, $2, * FROM unnest($3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], " +
  "$8::bigint[], $9::bigint[], $10::bigint[])";

function insertBatch(client: PostgresClient, batch: Batch, receipt: Receipt): Promise<unknown> {
  return client.query({
    name: "insert batch",
    text: "INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    values: [
      ...[batch.week, batch.pseudonym, batch.id, batch.sha256],
      ...[receipt.stored, receipt.duplicates, receipt.refused, JSON.stringify(receipt.reasons)],
    ],
  });
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
