import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Reply } from "../../../protocol/errors.ts";
import { TestClient, typed } from "./languageClient.ts";
import { connectToDatabase } from "../store/checkDatabase.ts";

const uri = "file:///work/a.ts";

export interface LockedResult {
  readonly acknowledgedMeanwhile: number;
  readonly acknowledgedAfter: number;
  /** The slowest answer to a question that needs no writing. */
  readonly slowestMs: number;
  readonly logBytes: number;
}

/** Another program holds the database while somebody types in a window. */
export async function lockWhileServing(
  home: string,
  { seconds }: { seconds: number },
): Promise<LockedResult> {
  const client = await TestClient.start({ home });
  try {
    await client.open(uri, "");
    let version = 1;
    const type = async () => {
      version++;
      await client.change(uri, version, [0, 0, 0, 0], "x");
      await client.observe(typed({ sequence: version - 1, uri, version }));
    };
    await type();
    await client.until(() => client.acknowledged === 1, "it writes");
    const holder = connectToDatabase(home);
    holder.exec("BEGIN IMMEDIATE");
    const until = performance.now() + seconds * 1000;
    let slowestMs = 0;
    while (performance.now() < until) {
      await type();
      const askedAt = performance.now();
      await client.ask<Reply<unknown>>("kept/lines", { uri });
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
      await pause(50);
    }
    const acknowledgedMeanwhile = client.acknowledged - 1;
    holder.exec("ROLLBACK");
    holder.close();
    await client.until(() => client.acknowledged === version - 1, "it goes on");
    const logBytes = readFileSync(`${home}/kept.db-wal`).length;
    return { acknowledgedMeanwhile, acknowledgedAfter: client.acknowledged, slowestMs, logBytes };
  } finally {
    await client.stop();
  }
}
