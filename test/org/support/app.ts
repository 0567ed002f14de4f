import path from "node:path";
import { gzipSync } from "node:zlib";
import { createApp, type AppParts } from "../../../org/app.ts";
import { createLimits } from "../../../org/limits/limits.ts";
import { createMetrics } from "../../../org/metrics.ts";
import { readConsoleFiles } from "../../../org/programFiles.ts";
import { migrateSqlite } from "../../../org/store/sqlite/migrate.ts";
import { openSqlite, openSqliteReadOnly } from "../../../org/store/sqlite/open.ts";
import { createSqliteStore } from "../../../org/store/sqlite/sqliteStore.ts";
import type { Store } from "../../../org/store/store.ts";
import { idOf, keyOf } from "./batches.ts";
import { joinAs, secretOf } from "./devices.ts";
import { makeFolder } from "./folder.ts";

let made = 0;

/** The real time, and chance that never comes twice. */
export const testHost: AppParts["host"] = {
  now: () => Date.now(),
  secret: (prefix) => secretOf(prefix, `made ${made++}`),
  id: () => idOf(`made ${made++}`),
  fraction: () => 0,
};

export const testPromises: AppParts["promises"] = {
  floor: 5,
  devicesEach: 1,
  remotes: ["github.com/example/*"],
  signatures: 1,
  keys: () => [],
};

type App = Awaited<ReturnType<typeof createApp>>;
export type Answer = Awaited<ReturnType<App["inject"]>>;

export interface AppForTest {
  readonly app: App;
  readonly store: Store;
  /** Its database. */
  readonly file: string;
  /** All that was logged so far. */
  readonly logged: string[];
  /** As a device that joined, unless other header fields say otherwise. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A device of somebody else's, and the header fields it sends. */
  join(name: string, team?: string): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/** The service over a database of its own, without a port. */
export async function makeApp(
  change: (store: Store) => Store = (store) => store,
  {
    console: consoleParts,
    script,
    ...parts
  }: Partial<Pick<AppParts, "host" | "limits" | "promises" | "console">> & { readonly script?: string } = {},
): Promise<AppForTest> {
  const { folder, remove } = makeFolder();
  const place = { file: path.join(folder, "org.sqlite"), nativeBinding: undefined };
  const database = openSqlite(place);
  migrateSqlite(database);
  const store = change(createSqliteStore(database, () => openSqliteReadOnly(place)));
  const credential = await joinAs(store, "anybody");
  const logged: string[] = [];
  const app = await createApp({
    store,
    host: testHost,
    promises: testPromises,
    limits: createLimits(100_000),
    ...parts,
    metrics: createMetrics({ now: () => (parts.host ?? testHost).now(), needed: 5 }),
    version: "1.2.3",
    consoleFiles: { ...readConsoleFiles(path.resolve("org")), script },
    console: { publicUrl: undefined, provider: undefined, bundleKeys: () => [], ...consoleParts },
    log: { level: "debug", write: (line) => logged.push(line) },
  });
  return {
    app,
    store,
    file: place.file,
    logged,
    post: (body, headers = {}) => {
      const payload = bytesOf(body, headers["content-encoding"]);
      return app.inject({
        method: "POST",
        url: "/v1/logs",
        headers: {
          authorization: `Bearer ${credential}`,
          "content-type": "application/json",
          "idempotency-key": keyOf(payload),
          ...headers,
        },
        payload,
      });
    },
    join: async (name, team) => ({ authorization: `Bearer ${await joinAs(store, name, team)}` }),
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
