import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { localDay } from "../../core/day.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { Hashes } from "../deviceKey.ts";
import { fillWithDemo } from "../demo/fill.ts";
import { fateFolder, recordEnding } from "../fate/passMemory.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

const dayCount = 120;

export interface DemoOptions {
  readonly host: Host;
  /** Of the database. */
  readonly folder: string;
  readonly openStore: () => Store;
  readonly makeHashes: () => Hashes;
}

/**
 * `kept demo`: fills an empty database with a made-up history, and marks it as such for good. A database that holds
 * anything real is left alone.
 */
export function demoCommand(
  args: readonly string[],
  { host, folder, openStore, makeHashes }: DemoOptions,
): CommandResult {
  let workspace: string | undefined;
  try {
    workspace = parseArgs({ args: [...args], options: { workspace: { type: "string" } } }).values.workspace;
  } catch (thrown) {
    return badInput("kept demo", reasonOf(thrown));
  }
  const store = openStore();
  try {
    if (store.kind !== "disk") return badInput("kept demo", "there is no database that can be written");
    const at = host.now();
    const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
    const holdsSomething =
      store.readSums({ from: "0001-01-01", to: today, workspaces: undefined }).length > 0;
    if (holdsSomething) {
      return badInput("kept demo", "the database holds edits already; set KEPT_HOME to an empty folder");
    }
    const hashes = makeHashes();
    const place = { host, hashText: (text: string) => hashes.text(text), workspace: workspace ?? null };
    const { edits, fates } = fillWithDemo(store, place, { dayCount });
    if (fates) {
      mkdirSync(fateFolder(folder), { recursive: true });
      writeFileSync(path.join(fateFolder(folder), `demonstration.${recordEnding}`), JSON.stringify(fates));
    }
    return done(`Wrote a made-up history of ${edits} edits over ${dayCount} days.\n`);
  } finally {
    store.close();
  }
}
