import { becomesText, type FileChange, type HistoryOptions } from "../../core/fate/fileChange.ts";
import { LineHistory } from "../../core/fate/lineHistory.ts";
import { PatchReader } from "../../core/fate/patchReader.ts";
import type { Answered } from "../git/committedFiles.ts";
import type { Git, NoAnswer } from "../git/git.ts";
import { fileName, lengthsOfTexts } from "../notes/fileLengths.ts";
import type { Stored } from "./historyFile.ts";
import { listCommits, type CommitFacts, type ListedCommit } from "./listCommits.ts";

/** Every line that was ever seen of a repository, with what the commits say. Another pass goes on from it. */
export interface KnownHistory {
  readonly lines: LineHistory;
  /** Of each commit, in the order of their places. */
  readonly facts: readonly CommitFacts[];
  /** The commit whose files it goes on from. */
  readonly head: string;
  /** What of it a file holds. */
  readonly stored?: Stored | undefined;
}

export type HistoryRead =
  | {
      readonly ok: true;
      readonly history: KnownHistory;
      /** The place of the commit that was asked about. */
      readonly place: number;
      /** Commits that were not known before. */
      readonly added: number;
    }
  | { readonly ok: false; readonly why: NoAnswer };

export interface ReadOptions extends HistoryOptions {
  /** The last commit. */
  readonly revision: string;
  readonly ignored: ReadonlySet<string>;
  /** Commits that change more files than this are no one's rework. */
  readonly mostFiles: number;
  /** What stands for a person, who is known by an address. */
  readonly nameOf: (address: string) => string;
  readonly known?: KnownHistory | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
  /** Called with what is known by then, now and then on a long way: who is ended can go on from there. */
  readonly onBatch?: (history: KnownHistory) => void;
  readonly batch?: number;
  /** A history of which more numbers would be held is given up. */
  readonly mostNumbers?: number;
  /** Called after each commit. */
  readonly onCommit?: (place: number, lines: LineHistory) => void;
}

/** Some minutes' work. */
const usualBatch = 20_000;
/** 128 MB. A history of 5,000 commits has some 700,000. */
const usualMostNumbers = 32 * 1024 * 1024;

interface Options extends ReadOptions {
  /** How many lines files have of which git shows none, by `fileName`. */
  readonly lengths?: ReadonlyMap<string, number>;
  /** Files of which git shows no lines, by the path that they have at last: their names in the commits that made them so. */
  readonly unshown: Map<string, Set<string>>;
}

/**
 * Follows every line that a commit's history ever had: one process for the commits, one for all differences. Of what
 * is known already only the rest is asked, whatever became of branches meanwhile. Git shows nothing of how a file that was no
 * text became one: where such a file was changed later, all is gone through once more with how long it was.
 */
export async function readHistory(git: Git, folder: string, options: ReadOptions): Promise<HistoryRead> {
  const unshown: Options["unshown"] = new Map();
  const read = await readOnce(git, folder, { ...options, unshown });
  if (!read.ok || read.history.lines.unseen.size === 0) return read;
  if (options.known) return await readHistory(git, folder, { ...options, known: undefined });
  const names = [...read.history.lines.unseen].flatMap((path) => [...(unshown.get(path) ?? [])]);
  const lengths = await lengthsOfTexts(git, folder, names);
  return lengths.size === 0 ? read : await readOnce(git, folder, { ...options, unshown, lengths });
}

async function readOnce(git: Git, folder: string, options: Options): Promise<HistoryRead> {
  const asked = await commitOf(git, folder, options.revision);
  if (!asked.ok) return asked;
  const head = asked.value;
  const known = options.known?.lines.placeOf(head);
  if (options.known && known !== undefined)
    return { ok: true, history: { ...options.known, head }, place: known, added: 0 };

  return await follow(git, folder, listNew(git, folder, { ...options, head }), { ...options, head });
}

interface NewCommits {
  /** What is gone on from; undefined where all is begun anew. */
  readonly known: KnownHistory | undefined;
  readonly commits: readonly ListedCommit[];
}

async function listNew(
  git: Git,
  folder: string,
  options: Options & { readonly head: string },
): Promise<Answered<NewCommits>> {
  const { known } = options;
  const listed = await listCommits(git, folder, { ...options, known: known?.head });
  if (!listed.ok) return listed;
  const commits = listed.value.filter(({ id }) => known?.lines.placeOf(id) === undefined);
  if (!known || isWhole(commits, known.lines)) return { ok: true, value: { known, commits } };
  // A part of the past was put in another's place.
  const again = await listCommits(git, folder, { ...options, known: undefined });
  return again.ok ? { ok: true, value: { known: undefined, commits: again.value } } : again;
}

async function commitOf(git: Git, folder: string, revision: string): Promise<Answered<string>> {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) return { ok: true, value: revision };
  const args = ["--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const answer = await git.ask({ folder, command: "rev-parse", args });
  return answer.ok ? { ok: true, value: answer.output.toString("latin1").trim() } : answer;
}

function isWhole(commits: readonly ListedCommit[], lines: LineHistory): boolean {
  const listed = new Set(commits.map(({ id }) => id));
  return commits.every(({ parents }) =>
    parents.every((parent) => listed.has(parent) || lines.placeOf(parent) !== undefined),
  );
}

/** The process that compares is started beside the one that lists: it has begun when it is told what to compare. */
async function follow(
  git: Git,
  folder: string,
  listing: Promise<Answered<NewCommits>>,
  options: Options & { readonly head: string },
): Promise<HistoryRead> {
  let take: ((line: string) => void) | undefined = undefined;
  let half = "";
  const question = { folder, command: "diff-tree", args: asPatches, input: questions(listing) } as const;
  const { batch = usualBatch, mostNumbers = usualMostNumbers } = options;
  const tooLong = new AbortController();
  const signals = [tooLong.signal, ...(options.signal ? [options.signal] : [])];
  const reading = git.read({ ...question, signal: AbortSignal.any(signals) }, (part) => {
    const all = (half + part.toString("latin1")).split("\n");
    half = all.pop()!;
    for (const line of all) take?.(line);
  });
  const listed = await listing;
  if (!listed.ok) {
    await reading;
    return listed;
  }
  const { known, commits } = listed.value;
  const lines = known?.lines ?? new LineHistory(options);
  const facts = [...(known?.facts ?? [])];
  const first = facts.length;
  const places = new Map(commits.map(({ id }, index) => [id, first + index]));
  const placeOf = (id: string) => places.get(id) ?? lines.placeOf(id)!;
  const children = new Map<number, number>();
  for (const { parents } of commits)
    for (const parent of parents.map(placeOf)) children.set(parent, (children.get(parent) ?? 0) + 1);
  lines.announce(children);

  let differences: FileChange[][] = [];
  const patches = new PatchReader((changes) => {
    const { id, at, parents, ...told } = commits[facts.length - first]!;
    noteUnshown(changes, id, options.unshown);
    differences.push(changes.flatMap((change) => withLength(change, id, options.lengths)));
    if (differences.length < Math.max(1, parents.length)) return;
    const rewritten = changes.filter(({ from, to }) => from !== undefined && to !== undefined).length;
    const isApart = parents.length === 1 && (options.ignored.has(id) || rewritten > options.mostFiles);
    const place = lines.add({ id, at, parents: parents.map(placeOf), isApart }, differences);
    differences = [];
    facts.push(told);
    options.onCommit?.(place, lines);
    const done = facts.length - first;
    options.onProgress?.(done, commits.length);
    if (lines.size > mostNumbers) tooLong.abort();
    else if (done % batch === 0 && done < commits.length) options.onBatch?.({ lines, facts, head: id });
  }, textOf);
  take = (line) => patches.line(line);
  const answer = await reading;
  if (tooLong.signal.aborted) return { ok: false, why: "tooLong" };
  if (!answer.ok) return answer;
  patches.end();
  const history = { lines, facts, head: options.head, stored: known?.stored };
  const place = lines.placeOf(options.head);
  return place === undefined
    ? { ok: false, why: "failed" }
    : { ok: true, history, place, added: commits.length };
}

/** A new name of such a file goes on from the old one. */
function noteUnshown(changes: readonly FileChange[], commit: string, unshown: Options["unshown"]): void {
  for (const { from, to, unshown: path } of changes) {
    if (path !== undefined) {
      const names = unshown.get(path);
      if (names) names.add(fileName(commit, path));
      else unshown.set(path, new Set([fileName(commit, path)]));
    }
    const before = from === undefined || to === undefined || from === to ? undefined : unshown.get(from);
    if (before) unshown.set(to!, new Set([...before, ...(unshown.get(to!) ?? [])]));
  }
}

function withLength(change: FileChange, commit: string, lengths: Options["lengths"]): FileChange[] {
  const { unshown: path } = change;
  const lines = path === undefined ? undefined : lengths?.get(fileName(commit, path));
  return lines === undefined ? [change] : becomesText(change, path!, lines);
}

/** Exactly what `git blame` compares. */
const asPatches = [
  "--stdin",
  "--always",
  "--root",
  "-r",
  "-p",
  "-U0",
  "-M",
  "--diff-algorithm=myers",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--no-color",
  "--no-relative",
  "--ignore-submodules=all",
];

function textOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

async function* questions(listing: Promise<Answered<NewCommits>>): AsyncGenerator<string> {
  const [listed] = await Promise.allSettled([listing]);
  if (listed.status === "rejected" || !listed.value.ok) return;
  for (const { id, parents } of listed.value.value.commits) {
    if (parents.length === 0) yield `${id}\n`;
    for (const parent of parents) yield `${id} ${parent}\n`;
  }
}
