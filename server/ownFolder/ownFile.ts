import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import {
  ownFileHead,
  ownFileLine,
  ownFileName,
  readOwnFile,
  type OwnFile,
} from "../../core/ownFolder/ownFile.ts";
import type { RequestSumRow } from "../store/requests.ts";
import type { Store, SumRow } from "../store/store.ts";

/** Names of notes: the folder, and the id under which this store writes there. */
const folderNote = "ownFolder";
const storeNote = "storeId";

/** Beyond that many lines which nobody reads any more the file is written anew. */
const mostReplacedLines = 2000;

/** Where a store writes its sums for others to add up. */
export interface OwnPlace {
  readonly folder: string;
  readonly store: string;
}

/** As the database notes it, so that the command line knows it too. */
export function ownPlaceOf(store: Store): OwnPlace | undefined {
  const folder = store.readNote(folderNote);
  const id = store.readNote(storeNote);
  return folder !== undefined && folder !== "" && id !== undefined ? { folder, store: id } : undefined;
}

/** Notes the folder, and the id once for all who share the database. An empty folder means none. */
export function noteOwnFolder(store: Store, folder: string, makeId: () => string): void {
  if ((store.readNote(folderNote) ?? "") !== folder) store.writeNote(folderNote, folder);
  if (folder !== "" && store.readNote(storeNote) === undefined) store.writeNoteOnce(storeNote, makeId());
}

/**
 * Writes the days whose sums are others than the file says. It is only appended to, so that whatever keeps the folder
 * in step between machines has little to do, and written anew when something was deleted or is damaged.
 */
export async function writeOwnFile(store: Store, place: OwnPlace, now: number): Promise<void> {
  const file = fileOf(place);
  const there = await readIfThere(file, place.store);
  const days = daysOf(store);
  const isGone = [...(there?.days.keys() ?? [])].some((day) => !days.has(day));
  if (!there || isGone || there.damagedLines > 0 || there.replacedLines > mostReplacedLines) {
    await rewriteOwnFile(store, place, now);
    return;
  }
  let text = "";
  for (const [day, sums] of days) {
    const line = there.days.get(day);
    const isSame = line && ownFileLine(day, line.revision, sums) === `${JSON.stringify(line)}\n`;
    // Several windows may write at once; of their lines the one that was read last from the database counts.
    if (!isSame) text += ownFileLine(day, Math.max(now, (line?.revision ?? 0) + 1), sums);
  }
  if (text !== "") await append(file, text);
}

/** Makes the file anew from the database. Nobody sees half of it. */
export async function rewriteOwnFile(store: Store, place: OwnPlace, now: number): Promise<void> {
  const file = fileOf(place);
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const before = await readIfThere(file, place.store);
  const revision = Math.max(now, ...[...(before?.days.values() ?? [])].map((line) => line.revision + 1));
  const lines = [...daysOf(store)].map(([day, sums]) => ownFileLine(day, revision, sums));
  const handle = await open(`${file}.new`, "w", 0o600);
  try {
    await handle.writeFile(ownFileHead(place.store) + lines.join(""));
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

export async function removeOwnFile(place: OwnPlace): Promise<void> {
  for (const end of ["", ".new"]) await rm(fileOf(place) + end, { force: true });
}

function fileOf({ folder, store }: OwnPlace): string {
  return path.join(folder, ownFileName(store));
}

interface SumsOfDay {
  readonly rows: SumRow[];
  readonly requests: RequestSumRow[];
}

function daysOf(store: Store): Map<string, SumsOfDay> {
  const days = new Map<string, SumsOfDay>();
  const at = (day: string): SumsOfDay => {
    const known = days.get(day) ?? { rows: [], requests: [] };
    days.set(day, known);
    return known;
  };
  const always = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
  for (const row of store.readSums(always)) at(row.day).rows.push(row);
  for (const row of store.requests.sums(always)) at(row.day).requests.push(row);
  return days;
}

async function readIfThere(file: string, store: string): Promise<OwnFile | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    const read = readOwnFile(await readFile(file, "utf8"), ownFileName(store));
    return typeof read === "string" ? undefined : read;
  } catch {
    return undefined;
  }
}

/** After a line that was not written to its end comes a line of its own. */
async function append(file: string, text: string): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    await handle.writeFile((size > 0 && last.toString() !== "\n" ? "\n" : "") + text);
  } finally {
    await handle.close();
  }
}
