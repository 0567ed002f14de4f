import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { emptyFateRecord, fateRecordOf } from "../../core/fate/fateRecord.ts";
import { heldCommits } from "../../core/fate/heldCommits.ts";
import { revertedCommits } from "../../core/fate/reverts.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import type { GitFolder } from "../git/gitFolder.ts";
import { ownAddress } from "./ownPerson.ts";
import { passOver, type Pass, type PassOptions } from "./passOver.ts";

export interface LookOptions extends PassOptions {
  /** Where what was found is left for screens and reports; undefined where it is not. */
  readonly record: string | undefined;
}

/** A pass over a repository's history, of which the result is kept. */
export async function lookAtHistory(found: GitFolder, options: LookOptions): Promise<Pass> {
  const { record, git, nameOf, signal } = options;
  const address = record === undefined ? undefined : ownAddress(git, found);
  const pass = await passOver(found, options);
  const own = await address;
  if (record !== undefined && !signal?.aborted) {
    const person = own === undefined ? undefined : nameOf(own);
    writeRecord(record, recordOf(found, pass, { at: options.now, person }), options.uuid());
  }
  return pass;
}

function recordOf(
  { root }: GitFolder,
  pass: Pass,
  { at, person }: { readonly at: number; readonly person: string | undefined },
): FateRecord {
  const repository = pathToFileURL(root).href;
  if (!pass.ok) return emptyFateRecord(repository, at, reasons[pass.why]);
  const { history, fates, grouped, isSetApart } = pass;
  const { isIncluded } = fates;
  const { lines, facts } = history;
  const { commits } = lines;
  const reverted = revertedCommits({ commits, reverts: facts.map(({ reverts }) => reverts), isIncluded });
  const { groups } = grouped;
  const held = heldCommits({ lines, facts, groups, isIncluded, reverted, isSetApart, person, now: at });
  return fateRecordOf({ repository, at, grouped, commits, reverted, held });
}

const reasons = {
  shallow: "shallow",
  partial: "partial",
  noCommit: "noCommit",
  missing: "noGit",
  untrusted: "notTrusted",
  timedOut: "failed",
  tooLong: "tooLong",
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
