import { pathToFileURL } from "node:url";
import { carriedRanges, filledIn } from "../../core/spans/carriedLines.ts";
import type { CommittedRange } from "../../core/spans/committedLines.ts";
import { addedLines } from "../../core/notes/addedLines.ts";
import { patchTexts, samePaths } from "../../core/notes/samePatch.ts";
import type { Movement } from "../../core/spans/gitMovement.ts";
import type { FileChange } from "../../core/fate/fileChange.ts";
import { readCommitted } from "../git/committedFiles.ts";
import { patchBetween, patchesOf } from "../git/commitPatch.ts";
import type { Git } from "../git/git.ts";
import type { CommitRow, KnownCommit } from "../store/stages.ts";
import type { Store } from "../store/store.ts";

/** Who works on more branches at once than these has older ones left out. */
const mostLeft = 20;
const mostNames = 200;
/** A pull after a long time brings others' work. */
const mostArrived = 50;

export interface ArrivalOptions {
  readonly git: Git;
  readonly store: Pick<Store, "readCommit" | "readCommitNames">;
}

interface Arrived {
  readonly name: string;
  readonly at: number;
}

/**
 * Commits that came from elsewhere and hold, to the letter, what commits of here changed that are in no history of
 * HEAD: a server made one of them or put them on another base. Told file by file, of lines that those commits know.
 */
export async function arrivedCommits(
  { git, store }: ArrivalOptions,
  root: string,
  { from, to }: Pick<Movement, "from" | "to">,
): Promise<CommitRow[]> {
  if (from === null || to === null || from === to) return [];
  const repository = pathToFileURL(root).href;
  const names = store.readCommitNames(repository).slice(-mostNames);
  if (names.length === 0) return [];
  const arrived = await listArrived(git, root, { from, to });
  const news = arrived.filter(({ name }) => store.readCommit(repository, name) === undefined);
  if (news.length === 0) return [];
  const left = await leftBehind(git, root, { names, to });
  const known = left.flatMap((name) => store.readCommit(repository, name) ?? []);
  const paths = new Set(known.flatMap(({ files }) => files.map(({ path }) => path)));
  const rows: CommitRow[] = [];
  for (const { name, at } of news) {
    const [changes = []] = (await patchesOf(git, root, name)) ?? [];
    const touched = changes.filter(({ to: path }) => path !== undefined && paths.has(path));
    if (touched.length === 0) continue;
    const same = await findSame({ git, root, known, commit: name, touched });
    const files = await carry({ git, root, known, commit: name, touched, same });
    if (files.length > 0) rows.push({ repository, name, at, files });
  }
  return rows;
}

async function listArrived(
  git: Git,
  root: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Arrived[]> {
  const args = ["--timestamp", "--no-merges", `--max-count=${mostArrived}`, to, `^${from}`, "--"];
  const answer = await git.ask({ folder: root, command: "rev-list", args });
  if (!answer.ok) return [];
  const lines = answer.output.toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const [seconds = "", name = ""] = line.split(" ");
    return { name, at: Number(seconds) * 1000 };
  });
}

/** Of some commits those that are in no history of HEAD, the last first. */
async function leftBehind(
  git: Git,
  root: string,
  { names, to }: { readonly names: readonly string[]; readonly to: string },
): Promise<string[]> {
  const args = ["--ignore-missing", "--topo-order", `--max-count=${mostNames}`, ...names, `^${to}`, "--"];
  const answer = await git.ask({ folder: root, command: "rev-list", args });
  if (!answer.ok) return [];
  const asked = new Set(names);
  const listed = answer.output.toString("utf8").split("\n");
  return listed.filter((name) => asked.has(name)).slice(0, mostLeft);
}

interface Compared {
  readonly git: Git;
  readonly root: string;
  /** The last first. */
  readonly known: readonly KnownCommit[];
  readonly commit: string;
  readonly touched: readonly FileChange[];
}

/** By path the first of the commits known that changed it in the same way, by itself or with all before it on its branch. */
async function findSame({
  git,
  root,
  known,
  commit,
  touched,
}: Compared): Promise<ReadonlyMap<string, number>> {
  const texts = patchTexts(touched);
  const same = new Map<string, number>();
  for (const [index, { name }] of known.entries()) {
    const [own = [], ...others] = (await patchesOf(git, root, name)) ?? [];
    const base = await git.ask({ folder: root, command: "merge-base", args: [`${commit}^`, name] });
    const from = base.ok ? base.output.toString("utf8").trim() : undefined;
    const branch = from === undefined ? undefined : await patchBetween(git, root, { from, to: name });
    for (const changes of [others.length === 0 ? own : [], branch ?? []])
      for (const path of samePaths(texts, patchTexts(changes))) if (!same.has(path)) same.set(path, index);
    if (same.size === texts.size) break;
  }
  return same;
}

/** Whose the lines are that a commit brought, as the commits knew that changed the same. */
async function carry({
  git,
  root,
  known,
  commit,
  touched,
  same,
}: Compared & { readonly same: ReadonlyMap<string, number> }): Promise<CommitRow["files"]> {
  const files: CommitRow["files"][number][] = [];
  const texts = await readCommitted(git, root, commit, [...same.keys()]);
  for (const { path, text } of texts.ok ? texts.value : []) {
    const sources: CommittedRange[][] = [];
    for (const { name, files: had } of known.slice(same.get(path))) {
      const before = had.find((file) => file.path === path);
      const old = before && (await readCommitted(git, root, name, [path]));
      if (before && old?.ok && old.value[0])
        sources.push(carriedRanges(old.value[0].text, before.ranges, text));
    }
    const added = addedLines(touched.find(({ to }) => to === path)?.hunks ?? []);
    const ranges = within(filledIn(sources), added);
    if (ranges.length > 0) files.push({ path, ranges });
  }
  return files;
}

function within(
  ranges: readonly CommittedRange[],
  added: readonly { readonly start: number; readonly end: number }[],
): CommittedRange[] {
  return ranges.flatMap(({ firstLine, lastLine, editId }) =>
    added.flatMap(({ start, end }) => {
      const [first, last] = [Math.max(start, firstLine), Math.min(end, lastLine)];
      return first <= last ? [{ firstLine: first, lastLine: last, editId }] : [];
    }),
  );
}
