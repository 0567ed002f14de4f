import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problemsOfDatabase } from "./checkDatabase.ts";
import { historyOf } from "./history.ts";
import { noon } from "./rows.ts";
import { openTestStore, temporaryFolder } from "./temporaryStore.ts";

/**
 * Damages the log of a database that was not closed, again and again, and opens it. Says what went wrong: a commit
 * before the damage is missing, one after it is there, or one is there in part.
 */
export function damageLogAtRandom(random: () => number, files: number): string[] {
  const { folder, remove } = temporaryFolder();
  const original = join(folder, "original");
  const ends = makeLog(original);
  const wrong: string[] = [];
  for (let number = 0; number < files; number++) {
    const damaged = join(folder, String(number));
    const at = Math.floor(random() * ends.at(-1)!);
    const how = (["cut", "flip", "clear"] as const)[number % 3]!;
    cpSync(original, damaged, { recursive: true });
    damageLog(join(damaged, "kept.db-wal"), at, how);
    wrong.push(...tryLog(damaged, ends.filter((end) => end <= at).length, `${how} at ${at}`));
  }
  remove();
  return wrong;
}

const edits = 1000;

/** Leaves a database with a log that was never moved, and says where each commit of it ends. */
function makeLog(folder: string): number[] {
  const live = join(folder, "live");
  mkdirSync(live, { recursive: true });
  const store = openTestStore({ folder: live, now: () => noon });
  const ends = historyOf(edits).map((batch) => {
    store.write(batch);
    return statSync(join(live, "kept.db-wal")).size;
  });
  for (const name of ["kept.db", "kept.db-wal"])
    writeFileSync(join(folder, name), readFileSync(join(live, name)));
  store.close();
  return ends;
}

function damageLog(path: string, at: number, how: "cut" | "flip" | "clear"): void {
  const log = readFileSync(path);
  if (how === "flip") log[at]! ^= 0x10;
  if (how === "clear") log.fill(0, at);
  writeFileSync(path, how === "cut" ? log.subarray(0, at) : log);
}

function tryLog(folder: string, commitsBefore: number, title: string): string[] {
  const store = openTestStore({ folder, now: () => noon });
  const wrong: string[] = [];
  const commits = store.readReceipt("window-1");
  if (commits < commitsBefore) wrong.push(`${title}: ${commits} commits, ${commitsBefore} were before it`);
  historyOf(edits).forEach(({ edits: expected }, index) => {
    const found = expected.filter(({ id }) => store.readEditById(id)).length;
    const isThere = index < commits;
    if (found !== (isThere ? expected.length : 0))
      wrong.push(`${title}: ${found} edits of commit ${index + 1}`);
  });
  wrong.push(...store.problems.map((problem) => `${title}: ${JSON.stringify(problem)}`));
  store.close();
  return [...wrong, ...problemsOfDatabase(folder).map((problem) => `${title}: ${problem}`)];
}
