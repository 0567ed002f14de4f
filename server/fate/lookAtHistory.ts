import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { emptyFateRecord, fateRecordOf } from "../../core/fate/fateRecord.ts";
import { revertedCommits } from "../../core/fate/reverts.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import type { GitFolder } from "../git/gitFolder.ts";
import { passOver, type Pass, type PassOptions } from "./passOver.ts";

export interface LookOptions extends PassOptions {
  /** Where what was found is left for screens and reports; undefined where it is not. */
  readonly record: string | undefined;
}

/** A pass over a repository's history, of which the result is kept. */
export async function lookAtHistory(found: GitFolder, options: LookOptions): Promise<Pass> {
  const pass = await passOver(found, options);
  if (options.record !== undefined && !options.signal?.aborted)
    writeRecord(options.record, recordOf(found, pass, options.now), options.uuid());
  return pass;
}

function recordOf({ root }: GitFolder, pass: Pass, at: number): FateRecord {
  const repository = pathToFileURL(root).href;
  if (!pass.ok) return emptyFateRecord(repository, at, reasons[pass.why]);
  const { history, isIncluded, grouped } = pass;
  const { commits } = history.lines;
  const reverts = history.facts.map((facts) => facts.reverts);
  const reverted = revertedCommits({ commits, reverts, isIncluded });
  return fateRecordOf({ repository, at, grouped, commits, reverted });
}

const reasons = {
  shallow: "shallow",
  partial: "partial",
  noCommit: "noCommit",
  missing: "noGit",
  untrusted: "notTrusted",
  timedOut: "failed",
  tooLong: "failed",
  failed: "failed",
} as const satisfies Record<Extract<Pass, { ok: false }>["why"], FateRecord["unknown"]>;

/** Whoever reads meanwhile sees the file before or the file after. */
function writeRecord(file: string, record: FateRecord, uuid: string): void {
  const unfinished = `${file}.${uuid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, JSON.stringify(record), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // A full disk, or a file that another program holds: what was found before still stands.
    rmSync(unfinished, { force: true });
  }
}
