import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { problemsOfDatabase } from "./checkDatabase.ts";
import { differencesOf } from "./sequence.ts";
import { openTestStore } from "./temporaryStore.ts";

/** Kills a process at each statement that makes the tables, and opens what it left. */
export async function checkMigrationKills(folder: string, statements: number): Promise<void> {
  for (let killAt = 1; killAt <= statements; killAt++) {
    const home = join(folder, String(killAt));
    assert.equal(await killWhileMigrating(home, killAt), "SIGKILL");
    const store = openTestStore({ folder: home });
    assert.deepEqual([store.kind, store.problems], ["disk", []]);
    assert.deepEqual(differencesOf(store, new Map()), []);
    store.close();
    assert.deepEqual(problemsOfDatabase(home), []);
  }
}

function killWhileMigrating(home: string, killAt: number): Promise<string | null> {
  const script = join(import.meta.dirname, "migrateAndDie.ts");
  const child = spawn(process.execPath, [script, home, String(killAt)], { stdio: "inherit" });
  return new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
}
