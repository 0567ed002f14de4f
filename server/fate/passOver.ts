import path from "node:path";
import { CommitOrigins } from "../../core/fate/commitOrigins.ts";
import type { LineFates } from "../../core/fate/lineFates.ts";
import { groupLines, type Grouped } from "../../core/fate/lineGroups.ts";
import { isSetApart } from "../../core/fate/setApart.ts";
import type { Git, NoAnswer } from "../git/git.ts";
import { readPart } from "../git/gitFiles.ts";
import type { GitFolder } from "../git/gitFolder.ts";
import { readHead } from "../git/head.ts";
import { historyOf } from "../git/history.ts";
import { mayHaveRefs } from "../git/refs.ts";
import { readNotes } from "../notes/readNotes.ts";
import { readTraces } from "../notes/readTraces.ts";
import type { Pace } from "../slices.ts";
import { readAttributes } from "./readAttributes.ts";
import { readHistoryFile, writeHistoryFile } from "./historyFile.ts";
import { readHistory, type KnownHistory } from "./readHistory.ts";

/** A commit that rewrites more is the work of a tool. */
const mostFiles = 20;
const mostListBytes = 1024 * 1024;
/** Of commits that no history has any more, so many may be kept for each that is in one. */
const mostForgotten = 1;
/** Fewer are no burden. */
const leastForgotten = 1000;

const following = { followMoves: true, ignoreSpace: true } as const;

export interface PassOptions {
  readonly git: Git;
  readonly now: number;
  /** The commit whose history it is; where none is named, it is the one that is checked out. */
  readonly revision?: string;
  readonly nameOf: (address: string) => string;
  readonly uuid: () => string;
  /** Where what was computed is kept for the next pass; undefined where it is not. */
  readonly file: string | undefined;
  /** What was seen here of the lines of commits. */
  readonly addOwn?: (origins: CommitOrigins, root: string, pace: Pace | undefined) => Promise<void>;
  readonly signal?: AbortSignal;
  /** By this clock others have their turn every few milliseconds; without one nobody waits. */
  readonly elapsedMs?: () => number;
  readonly onProgress?: (done: number, all: number) => void;
  /** After how many commits what is known by then is left. */
  readonly batch?: number;
}

export type Pass =
  | {
      readonly ok: true;
      readonly history: KnownHistory;
      /** Of the commit that was asked about. */
      readonly place: number;
      readonly origins: CommitOrigins;
      /** Whether nobody writes a file by hand. */
      readonly isSetApart: (path: string) => boolean;
      readonly fates: LineFates;
      readonly grouped: Grouped;
      readonly added: number;
    }
  | { readonly ok: false; readonly why: NoAnswer | "shallow" | "partial" | "noCommit" };

/** What became of every line of the history of a working tree's HEAD. */
export async function passOver(found: GitFolder, options: PassOptions): Promise<Pass> {
  const { git, file } = options;
  const past = historyOf(found);
  if (past !== "complete") return { ok: false, why: past };
  const ignored = readPart(path.join(found.root, ".git-blame-ignore-revs"), 0, mostListBytes) ?? "";
  const names = readPart(path.join(found.root, ".mailmap"), 0, mostListBytes) ?? "";
  const key = options.nameOf(JSON.stringify([found.root, ignored, names, mostFiles]));
  const known = file === undefined ? undefined : readHistoryFile(file, { ...following, key });
  const leave = (history: KnownHistory) => {
    if (file !== undefined && !options.signal?.aborted)
      writeHistoryFile(file, history, { key, uuid: options.uuid() });
  };
  const reading = {
    ...following,
    onBatch: leave,
    ...(options.batch === undefined ? {} : { batch: options.batch }),
    revision: options.revision ?? readHead(found)?.commit ?? "HEAD",
    ignored: new Set(ignored.split("\n").map((line) => line.replace(/#.*/, "").trim().toLowerCase())),
    mostFiles,
    nameOf: options.nameOf,
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  };
  const origins = new CommitOrigins();
  const told = readTold(git, found, origins);
  let read = await readHistory(git, found.root, { ...reading, known });
  if (read.ok && isMostlyForgotten(read.history, read.place))
    read = await readHistory(git, found.root, { ...reading, known: undefined });
  await told;
  if (!read.ok) return { ok: false, why: read.why === "failed" ? "noCommit" : read.why };
  const { history, place, added } = read;
  if (added > 0 || !known) leave(history);
  const { elapsedMs, signal } = options;
  await options.addOwn?.(origins, found.root, elapsedMs && { elapsedMs, signal });
  const { commits } = history.lines;
  for (const [index, { declared }] of history.facts.entries())
    if (declared) origins.addWhole(commits[index]!.id, declared);
  const fates = history.lines.fatesAt(place);
  const { facts } = history;
  const apart = await readAttributes(git, found.root, history.lines.paths);
  const isApart = (name: string) => apart.get(name) ?? isSetApart(name);
  const grouped = groupLines(fates, { commits, facts, origins, isSetApart: isApart, now: options.now });
  return { ok: true, history, place, origins, isSetApart: isApart, fates, grouped, added };
}

/** What others left in the repository about who wrote what. */
async function readTold(git: Git, found: GitFolder, origins: CommitOrigins): Promise<void> {
  const { root } = found;
  if (mayHaveRefs(found, ["refs/notes/", "refs/ai/authorship/"]))
    await readNotes(git, root, ({ commit, attribution }) => origins.addFiles(commit, attribution.files));
  await readTraces(root, ({ revision, files }) => {
    if (revision !== undefined) origins.addFiles(revision, files);
  });
}

/** Whether most commits that are kept are of no use to this history: rewritten, or of branches that are gone. */
function isMostlyForgotten({ lines }: KnownHistory, place: number): boolean {
  const isIncluded = lines.historyOf(place);
  const included = isIncluded.reduce((sum, one) => sum + one, 0);
  return isIncluded.length - included > Math.max(leastForgotten, mostForgotten * included);
}
