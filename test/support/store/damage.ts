import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectToDatabase } from "./checkDatabase.ts";
import { writeHistory } from "./history.ts";
import { batchOf, documentOf, editOf, noon } from "./rows.ts";
import { openTestStore, temporaryFolder } from "./temporaryStore.ts";

const pageSize = 4096;
const day = 86_400_000;
const tables = ["notes", "drops", "windows", "documents", "spans", "sums", "edits", "evidence"];

export interface DamageResults {
  files: number;
  /** Damage that changed no row. */
  harmless: number;
  detected: number;
  /** Damage that changed something and was not noticed. */
  silent: number;
  /** Of the rows in the files whose damage was detected, the share that was saved. */
  saved: number;
  slowestMs: number;
  /** What a store that was opened on a damaged file must never do. */
  broken: string[];
}

/** Damages one page of a database at random, again and again, and opens it a week later. */
export function damageAtRandom(
  random: () => number,
  { files, edits }: { readonly files: number; readonly edits: number },
): DamageResults {
  const original = makeDatabase(edits);
  const results: DamageResults = {
    files,
    harmless: 0,
    detected: 0,
    silent: 0,
    saved: 0,
    slowestMs: 0,
    broken: [],
  };
  for (let number = 0; number < files; number++) {
    const damaged = damageOnePage(original.content, random);
    tryFile(damaged, original, results);
  }
  results.saved /= results.detected;
  return results;
}

interface Original {
  readonly content: Buffer;
  readonly rows: string[];
}

function makeDatabase(edits: number): Original {
  const { folder, remove } = temporaryFolder();
  const store = openTestStore({ folder, now: () => noon });
  writeHistory(store, edits);
  store.close();
  const original = { content: readFileSync(join(folder, "kept.db")), rows: rowsOf(folder) };
  remove();
  return original;
}

function damageOnePage(content: Buffer, random: () => number): Buffer {
  const damaged = Buffer.from(content);
  const start = Math.floor(random() * (content.length / pageSize)) * pageSize;
  const from = Math.floor(random() * pageSize);
  const length = 1 + Math.floor(random() * (pageSize - from));
  for (let at = 0; at < length; at++) damaged[start + from + at] = Math.floor(random() * 256);
  return damaged;
}

function tryFile(damaged: Buffer, original: Original, results: DamageResults): void {
  const { folder, remove } = temporaryFolder();
  writeFileSync(join(folder, "kept.db"), damaged);
  const startedAt = performance.now();
  const store = openTestStore({ folder, now: () => noon + 8 * day });
  const written = store.write(oneMore);
  results.slowestMs = Math.max(results.slowestMs, performance.now() - startedAt);
  if (store.kind !== "disk" || written.outcome !== "written") {
    results.broken.push(JSON.stringify([store.kind, written, store.problems]));
  }
  const isDetected = store.problems.length > 0;
  store.close();
  const left = new Set(tryRowsOf(folder));
  const saved = original.rows.filter((row) => left.has(row)).length / original.rows.length;
  if (isDetected) {
    results.detected++;
    results.saved += saved;
  } else if (saved === 1) {
    results.harmless++;
  } else {
    results.silent++;
  }
  remove();
}

function tryRowsOf(folder: string): string[] {
  try {
    return rowsOf(folder);
  } catch {
    return [];
  }
}

/** Shares no row with what is there. */
const oneMore = batchOf({
  documents: [documentOf({ uri: "file:///new.ts", languageId: "new", window: "new" })],
  edits: [editOf({ id: "new", uri: "file:///new.ts", window: "new" })],
});

/** Every row of the tables that hold what was recorded. */
function rowsOf(folder: string): string[] {
  const connection = connectToDatabase(folder);
  try {
    return tables.flatMap((table) =>
      connection
        .prepare<[], unknown[]>(`SELECT * FROM ${table} ORDER BY rowid`)
        .raw()
        .all()
        .map((row) => `${table} ${JSON.stringify(row)}`),
    );
  } finally {
    connection.close();
  }
}
