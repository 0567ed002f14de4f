import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { makeSampleWorkspace } from "../../scripts/start/demo.ts";
import { readOrMakeDeviceKey, hashesWith } from "../../server/deviceKey.ts";
import { fillWithDemo } from "../../server/demo/fill.ts";
import { fateFolder, recordEnding } from "../../server/fate/passMemory.ts";
import { openStore } from "../../server/store/openStore.ts";

const dayCount = 365;
/** Edits that a pace of one makes in such a year, about: those of sessions come on top. */
const editsAtPaceOne = 15_300;

export interface YearOfEdits {
  /** The folder of the store. */
  readonly home: string;
  /** The folder that the edits were made in. */
  readonly workspace: string;
}

/** A store with a made-up year of about so many edits. It is kept for the next run: it takes minutes to make. */
export async function yearOfEdits(edits: number, folderOfAll: string): Promise<YearOfEdits> {
  const day = new Date().toISOString().slice(0, 10);
  const folder = path.join(folderOfAll, `${edits}-${day}`);
  const year = { home: path.join(folder, "kept"), workspace: path.join(folder, "shop") };
  if (existsSync(folder)) return year;
  rmSync(folderOfAll, { recursive: true, force: true });
  const unfinishedFolder = `${folder}.unfinished`;
  const unfinished = path.join(unfinishedFolder, "kept");
  mkdirSync(unfinished, { recursive: true });
  const store = openStore({
    folder: unfinished,
    now: () => Date.now(),
    uuid: randomUUID,
    nativeBinding: undefined,
    log: () => {},
    environmentVersions: process.versions,
  });
  const hashes = hashesWith(readOrMakeDeviceKey(unfinished, randomUUID, (bytes) => Buffer.alloc(bytes, 7)));
  const host = {
    now: () => Date.now(),
    uuid: randomUUID,
    utcOffsetMinutes: (at: number) => -new Date(at).getTimezoneOffset(),
  };
  const workspace = pathToFileURL(year.workspace).href;
  const place = { host, workspace, hashText: (text: string) => hashes.text(text) };
  const made = fillWithDemo(store, place, { dayCount, pace: edits / editsAtPaceOne });
  store.close();
  mkdirSync(fateFolder(unfinished), { recursive: true });
  writeFileSync(
    path.join(fateFolder(unfinished), `demonstration.${recordEnding}`),
    JSON.stringify(made.fates),
  );
  await makeSampleWorkspace(path.join(unfinishedFolder, "shop"));
  renameSync(unfinishedFolder, folder);
  console.log(`  made ${made.edits.toLocaleString("en")} edits of ${dayCount} days`);
  return year;
}
