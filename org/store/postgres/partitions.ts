import { inLongTransaction, inTransaction, type PostgresClient, type PostgresPool } from "./open.ts";

/** Any number will do, as long as all instances of the service take the same. */
export const upkeepLock = 4391;

const weekForm = /^\d{4}-W\d{2}$/;

/** One table for each week's events. Instances that come to it together wait for each other. */
export async function makePartitions(pool: PostgresPool, weeks: readonly string[]): Promise<void> {
  await inTransaction(pool, (client) => addPartitions(client, weeks));
}

/** The same in a transaction that is under way. */
export async function addPartitions(client: PostgresClient, weeks: readonly string[]): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [upkeepLock]);
  for (const week of weeks) {
    if (!weekForm.test(week)) throw new RangeError("not a week");
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${partitionOf(week)} PARTITION OF event FOR VALUES IN ('${week}')`,
    );
  }
}

/** Dropping a table gives the space back at once, where deleting its rows would not. */
export async function dropPartitionsBefore(pool: PostgresPool, week: string): Promise<void> {
  await inLongTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [upkeepLock]);
    const { rows } = await client.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event'::regclass " +
        'ORDER BY inhrelid::regclass::text COLLATE "C"',
    );
    for (const { name } of rows) {
      if (/^event_\d{4}_w\d{2}$/.test(name) && name < partitionOf(week))
        await client.query(`DROP TABLE ${name}`);
    }
  });
}

function partitionOf(week: string): string {
  return `event_${week.toLowerCase().replace("-", "_")}`;
}
