import pg from "pg";
import { StoreOpenError, StoreUnavailableError } from "../store.ts";

export type PostgresPool = pg.Pool;
export type PostgresClient = pg.PoolClient;

/** As `server_version_num` counts: 15.0. */
const neededVersion = 150_000;

export interface OpenedPostgres {
  readonly pool: PostgresPool;
  readonly engine: string;
  /** Whether tables can be spread over a cluster. */
  readonly isSpread: boolean;
}

/** Connects, and checks that the server is one whose commits can be relied on. */
export async function openPostgres(url: string): Promise<OpenedPostgres> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "kept-org",
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 20_000,
    // What does not wait for another's answer is sent at once, and answered in order.
    pipeline: true,
  });
  // A connection can break while nobody waits for it, even within a transaction; without a listener that would end
  // the process. Whoever uses it next is told.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    const { rows } = await pool.query<{ number: string; version: string; fsync: string; spread: boolean }>(
      "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS spread, " +
        "current_setting('server_version_num') AS number, " +
        "current_setting('server_version') AS version, current_setting('fsync') AS fsync",
    );
    const server = rows[0];
    if (server === undefined || Number(server.number) < neededVersion) {
      throw new StoreOpenError(
        `PostgreSQL ${server?.version ?? "of unknown version"} is too old: 15 or later is needed.`,
      );
    }
    if (server.fsync !== "on") {
      throw new StoreOpenError(
        "PostgreSQL runs with fsync off, so what it confirms can be lost. Turn fsync on and restart PostgreSQL.",
      );
    }
    return { pool, engine: `PostgreSQL ${server.version.replace(/ .*/, "")}`, isSpread: server.spread };
  } catch (error) {
    await pool.end();
    throw error instanceof StoreOpenError
      ? error
      : new StoreOpenError(
          `PostgreSQL could not be reached (${postgresCode(error) ?? "unknown reason"}). ` +
            "Check KEPT_ORG_DATABASE_URL and that the server runs.",
          { cause: error },
        );
  }
}

/** Begins a transaction. The database's own default may be off; not set at connection, for poolers between refuse options. */
export const beginDurably = "BEGIN; SET LOCAL synchronous_commit = on";

/** Runs work in one transaction that is on disk when it resolves. */
export function inTransaction<Answer>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<Answer>,
  begin = beginDurably,
): Promise<Answer> {
  return onOneConnection(pool, async (client) => {
    await client.query(begin);
    const answer = await work(client);
    await client.query("COMMIT");
    return answer;
  });
}

/** The same for what grows with all that is stored: nobody waits for an answer, and what is given up begins anew each time. */
export function inLongTransaction<Answer>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(pool, work, `${beginDurably}; SET LOCAL statement_timeout = 0`);
}

/** Work that fails leaves nothing behind that was not committed. */
export async function onOneConnection<Answer>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<Answer>,
): Promise<Answer> {
  let client: PostgresClient | undefined;
  try {
    client = await pool.connect();
    const answer = await work(client);
    client.release();
    return answer;
  } catch (error) {
    // A connection in an unknown state is not given to the next one: closing it rolls back.
    client?.release(true);
    throw asUnavailable(error);
  }
}

/** The SQLSTATE or the system's code of an error. */
export function postgresCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/**
 * Connection lost, read-only after a failover, not let in, database gone, deadlock, resources, operator
 * intervention, disk: all of them can pass.
 */
const passing = /^(?:08|25|28|3D|40|53|55|57|58)...$|^E[A-Z]+$/;

export function asUnavailable(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) {
    return error;
  }
  const code = postgresCode(error);
  if (code !== undefined && passing.test(code)) {
    return new StoreUnavailableError(code, error);
  }
  // The driver gives its own failures to connect no code.
  return code === undefined && error instanceof Error && /\bconnection\b|\btimeout\b/i.test(error.message)
    ? new StoreUnavailableError("connection", error)
    : error;
}
