import { pathToFileURL } from "node:url";
import type { BranchAhead, ToldCommit } from "../../core/coaching/recentBranch.ts";
import { isSetApart } from "../../core/fate/setApart.ts";
import type { Git } from "../git/git.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import { readHead } from "../git/head.ts";
import { commitNamed } from "../git/revisions.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { Store } from "../store/store.ts";

/** What the checked out branch has done lately. */
export interface BranchRead {
  readonly ahead: BranchAhead | null;
  readonly told: readonly ToldCommit[];
}

export interface BranchReaderOptions {
  readonly git: Git;
  readonly store: Pick<Store, "readCommit">;
  readonly now: () => number;
}

/** Where a branch goes to, the first that there is. */
const targets = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
const mostCommits = 500;
const days = 28;
/** The branch that it goes to may have moved, though HEAD did not. */
const restMs = 60_000;
const nothing: BranchRead = { ahead: null, told: [] };
/** No message has these. */
const [recordSign, fieldSign] = ["\u001e", "\u001f"];

/** Asks git for what a branch is ahead, no oftener than it can have become another. */
export class BranchReader {
  readonly #options: BranchReaderOptions;
  #known: { readonly head: string; readonly at: number; readonly read: BranchRead } | undefined;

  constructor(options: BranchReaderOptions) {
    this.#options = options;
  }

  /** Of the first folder that is in a repository, where git may be asked. */
  async read(folders: readonly string[]): Promise<BranchRead> {
    const found = folders.flatMap((uri) => {
      const folder = fileOfAddress(uri);
      return (folder === undefined ? undefined : findGitFolder(folder)) ?? [];
    })[0];
    const commit = found && readHead(found)?.commit;
    if (!found || !commit) return nothing;
    const head = `${found.root} ${commit}`;
    const at = this.#options.now();
    if (this.#known?.head === head && at - this.#known.at < restMs) return this.#known.read;
    const read = { told: await this.#told(found.root, `HEAD`), ahead: await this.#ahead(found.root, commit) };
    this.#known = { head, at, read };
    return read;
  }

  async #ahead(folder: string, head: string): Promise<BranchAhead | null> {
    const { git } = this.#options;
    const base = await this.#base(folder, head);
    if (base === undefined) return null;
    const answer = await git.ask({
      ...{ folder, command: "diff-tree", args: ["-r", "-z", "--numstat", "--no-renames", base, head] },
    });
    if (!answer.ok) return null;
    let [lines, files] = [0, 0];
    for (const row of answer.output.toString("utf8").split("\0")) {
      const own = linesOf(row);
      if (own === undefined) continue;
      lines += own.added + own.deleted;
      files += 1;
    }
    return { lines, files, commits: await this.#told(folder, `${base}..${head}`) };
  }

  /** Undefined where nothing is ahead, or there is nothing to compare with. */
  async #base(folder: string, head: string): Promise<string | undefined> {
    const { git } = this.#options;
    for (const name of targets) {
      const target = await commitNamed(git, folder, name);
      if (target === undefined) continue;
      const answer = await git.ask({ folder, command: "merge-base", args: [target, head] });
      const base = answer.ok ? answer.output.toString("utf8").trim() : head;
      return base === head ? undefined : base;
    }
    return undefined;
  }

  async #told(folder: string, range: string): Promise<ToldCommit[]> {
    const { git, store } = this.#options;
    const repository = pathToFileURL(folder).href;
    const form = `--format=${recordSign}%H${fieldSign}%ct${fieldSign}%b${fieldSign}`;
    const limits = ["--no-merges", `--max-count=${mostCommits}`, `--since=${days}.days`];
    const answer = await git.ask({
      ...{ folder, command: "log", args: [...limits, "--numstat", "--no-renames", form, range, "--"] },
    });
    if (!answer.ok) return [];
    const records = answer.output.toString("utf8").split(recordSign).slice(1);
    return records.map((record): ToldCommit => {
      const [name = "", seconds = "", body = "", numbers = ""] = record.split(fieldSign);
      const lines = numbers.split("\n").reduce((sum, row) => sum + (linesOf(row)?.added ?? 0), 0);
      const known = store.readCommit(repository, name);
      const aiLines = (known?.files ?? [])
        .filter(({ path }) => !isSetApart(path))
        .flatMap(({ ranges }) => ranges)
        .filter(({ origin }) => origin.kind === "ai")
        .reduce((sum, { firstLine, lastLine }) => sum + lastLine - firstLine + 1, 0);
      return { at: Number(seconds) * 1000, lines, aiLines, isExplained: isExplained(body) };
    });
  }
}

/** Trailers say who, not what. */
function isExplained(body: string): boolean {
  return body.split("\n").some((line) => line.trim() !== "" && !/^[A-Za-z-]+: \S/.test(line));
}

/** Of a row of `--numstat`; undefined for what is binary, or is not written by hand. */
function linesOf(row: string): { readonly added: number; readonly deleted: number } | undefined {
  const found = /^(\d+)\t(\d+)\t(.+)$/.exec(row);
  if (!found || isSetApart(found[3]!)) return undefined;
  return { added: Number(found[1]), deleted: Number(found[2]) };
}
