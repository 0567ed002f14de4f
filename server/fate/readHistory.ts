import { isCorrective, trailersOf } from "../../core/fate/commitMessage.ts";
import type { FileChange, HistoryOptions } from "../../core/fate/fileChange.ts";
import { LineHistory } from "../../core/fate/lineHistory.ts";
import { PatchReader } from "../../core/fate/patchReader.ts";
import type { Git, NoAnswer } from "../git/git.ts";

/** A commit of the history, with what its message says. */
export interface ReadCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The address by which one person is known, after the repository's own list of names. */
  readonly person: string;
  /** `Name <address>`, as it was written. */
  readonly author: string;
  readonly trailers: readonly string[];
  /** A fix or a revert. */
  readonly isCorrective: boolean;
}

export type HistoryRead =
  | { readonly ok: true; readonly commits: readonly ReadCommit[]; readonly lines: LineHistory }
  | { readonly ok: false; readonly why: NoAnswer };

export interface ReadOptions extends HistoryOptions {
  /** The last commit. */
  readonly revision: string;
  readonly ignored: ReadonlySet<string>;
  /** Commits that change more files than this are no one's rework. */
  readonly mostFiles: number;
  /** Called after each commit. */
  readonly onCommit?: (place: number, lines: LineHistory) => void;
}

/** Follows every line that HEAD's history ever had: one process for the commits, one for all differences. */
export async function readHistory(git: Git, folder: string, options: ReadOptions): Promise<HistoryRead> {
  const commits: ReadCommit[] = [];
  let rest = "";
  const decoder = new TextDecoder();
  const list = await git.read(
    {
      folder,
      command: "log",
      args: [
        "-z",
        "--topo-order",
        "--reverse",
        "--no-show-signature",
        "--no-notes",
        "--no-decorate",
        "--no-color",
        "--no-patch",
        "--format=%H%n%P%n%ct%n%aE%n%an <%ae>%n%B",
        options.revision,
      ],
    },
    (part) => {
      const records = (rest + decoder.decode(part, { stream: true })).split("\0");
      rest = records.pop()!;
      for (const record of records) commits.push(commitOf(record));
    },
  );
  if (!list.ok) return list;
  if (rest !== "") commits.push(commitOf(rest));
  const places = new Map(commits.map(({ id }, place) => [id, place]));
  const children = commits.map(() => 0);
  for (const { parents } of commits) for (const parent of parents) children[places.get(parent)!]!++;
  const lines = new LineHistory(children, options);

  let next = 0;
  let differences: FileChange[][] = [];
  const patches = new PatchReader((changes) => {
    const { id, at, parents } = commits[next]!;
    differences.push(changes);
    if (differences.length < Math.max(1, parents.length)) return;
    const rewritten = changes.filter(({ from, to }) => from !== undefined && to !== undefined).length;
    lines.add(
      {
        at,
        parents: parents.map((parent) => places.get(parent)!),
        isApart: parents.length === 1 && (options.ignored.has(id) || rewritten > options.mostFiles),
      },
      differences,
    );
    options.onCommit?.(next, lines);
    differences = [];
    next++;
  }, textOf);
  let half = "";
  const answer = await git.read(
    { folder, command: "diff-tree", args: asPatches, input: questions(commits) },
    (part) => {
      const all = (half + part.toString("latin1")).split("\n");
      half = all.pop()!;
      for (const line of all) patches.line(line);
    },
  );
  if (!answer.ok) return answer;
  patches.end();
  return { ok: true, commits, lines };
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

function* questions(commits: readonly ReadCommit[]): Generator<string> {
  for (const { id, parents } of commits) {
    if (parents.length === 0) yield `${id}\n`;
    for (const parent of parents) yield `${id} ${parent}\n`;
  }
}

function commitOf(record: string): ReadCommit {
  const [id = "", parents = "", at = "", person = "", author = "", ...message] = record.split("\n");
  const text = message.join("\n");
  return {
    id,
    parents: parents.split(" ").filter(Boolean),
    at: Number(at) * 1000,
    person: person.toLowerCase(),
    author,
    trailers: trailersOf(text),
    isCorrective: isCorrective(text),
  };
}
