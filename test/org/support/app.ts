import path from "node:path";
import { gzipSync } from "node:zlib";
import { openAccessToken } from "../../../org/accessToken.ts";
import { createApp } from "../../../org/app.ts";
import { createMetrics } from "../../../org/metrics.ts";
import { readConsoleFiles } from "../../../org/programFiles.ts";
import { migrateSqlite } from "../../../org/store/sqlite/migrate.ts";
import { openSqlite } from "../../../org/store/sqlite/open.ts";
import { createSqliteStore } from "../../../org/store/sqlite/sqliteStore.ts";
import type { Store } from "../../../org/store/store.ts";
import { makeFolder } from "./folder.ts";

export const testToken = "a-token-for-tests-only";

type App = Awaited<ReturnType<typeof createApp>>;
export type Answer = Awaited<ReturnType<App["inject"]>>;

export interface AppForTest {
  readonly app: App;
  readonly store: Store;
  /** All that was logged so far. */
  readonly logged: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** The service over a database of its own, without a port. */
export async function makeApp(change: (store: Store) => Store = (store) => store): Promise<AppForTest> {
  const { folder, remove } = makeFolder();
  const database = openSqlite({ file: path.join(folder, "org.sqlite"), nativeBinding: undefined });
  migrateSqlite(database);
  const store = change(createSqliteStore(database));
  const logged: string[] = [];
  const app = await createApp({
    store,
    host: { now: () => Date.now(), secret: () => testToken },
    accessToken: openAccessToken({ dataFolder: folder, configured: testToken, secret: () => testToken }),
    metrics: createMetrics(),
    version: "1.2.3",
    consoleFiles: readConsoleFiles(path.resolve("org")),
    log: { level: "debug", write: (line) => logged.push(line) },
  });
  return {
    app,
    store,
    logged,
    post: (body, headers = {}) =>
      app.inject({
        method: "POST",
        url: "/v1/logs",
        headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json", ...headers },
        payload: bytesOf(body, headers["content-encoding"]),
      }),
    async close() {
      await app.close();
      await store.close();
      remove();
    },
  };
}

function bytesOf(body: unknown, encoding: string | undefined): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return encoding === "gzip" && !Buffer.isBuffer(body) ? gzipSync(bytes) : bytes;
}
