import { execFileSync } from "node:child_process";

/** One commit of a made history: its files whole. */
interface MadeCommit {
  readonly parents: readonly number[];
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** How often a history has what is hard to follow. */
export interface MadeHistory {
  readonly merges: number;
  /** Merges with a file that has lines of its own of both parents. */
  readonly mergesOfBoth: number;
  readonly renames: number;
  readonly reverts: number;
  /** Files of which only the white space changed. */
  readonly reformats: number;
  readonly moves: number;
}

/**
 * Writes a random history of its own branch: lines changed, moved, doubled, taken back and indented anew, files made,
 * renamed and taken away, branches merged cleanly and by hand. Times are hours apart. Says how often each was made.
 */
export function writeRandomHistory(folder: string, branch: string, random: () => number): MadeHistory {
  const made = { merges: 0, mergesOfBoth: 0, renames: 0, reverts: 0, reformats: 0, moves: 0 };
  const pick = (count: number) => Math.floor(random() * count);
  const commits: MadeCommit[] = [{ parents: [], files: new Map([["a.txt", some(12)]]) }];
  const size = 6 + pick(5);
  while (commits.length < size) {
    const one = commits.length > 2 && random() < 0.3 ? commits.length - 2 - pick(2) : commits.length - 1;
    const other = commits.length - 1;
    const mayMerge = one >= 0 && one !== other && random() < 0.6;
    commits.push(
      mayMerge
        ? { parents: [other, one], files: merged(commits[other]!.files, commits[one]!.files) }
        : { parents: [Math.max(0, one)], files: changed(commits[Math.max(0, one)]!.files) },
    );
  }
  // What the last does not have as an ancestor would be no part of the history.
  const stream = commits.map(({ parents, files }, index) =>
    [
      `commit refs/heads/${branch}-${index}`,
      `mark :${index + 1}`,
      `committer Ada <ada@example.org> ${1_700_000_000 + index * 3600} +0000`,
      "data 1\nx",
      ...parents.map((parent, at) => `${at === 0 ? "from" : "merge"} :${parent + 1}`),
      "deleteall",
      ...[...files].map(([path, lines]) => {
        const text = lines.map((line) => `${line}\n`).join("");
        return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}`;
      }),
      "",
    ].join("\n"),
  );
  stream.push(`reset refs/heads/${branch}\nfrom :${commits.length}\n`);
  execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, input: stream.join("\n") });
  return made;

  function line(): string {
    return random() < 0.3 ? ["}", "", "return;"][pick(3)]! : `line ${pick(1e6)}`;
  }

  function some(most: number): string[] {
    return Array.from({ length: 1 + pick(most) }, line);
  }

  function edited(lines: readonly string[]): string[] {
    const result = [...lines];
    for (let times = 1 + pick(3); times > 0; times--) {
      const at = pick(result.length + 1);
      const kind = random();
      if (kind < 0.3) result.splice(at, 0, ...some(3));
      else if (kind < 0.5) result.splice(at, 1 + pick(3));
      else if (kind < 0.7) result.splice(at, 1 + pick(2), ...some(2));
      else if (kind < 0.8) {
        result.splice(pick(result.length + 1), 0, ...result.splice(at, 2));
        made.moves++;
      } else if (kind < 0.9) result.splice(at, 0, ...result.slice(at, at + 2));
      else {
        result.splice(0, result.length, ...result.map((text) => `  ${text}`));
        made.reformats++;
      }
    }
    return result.length > 0 ? result : some(3);
  }

  function changed(files: MadeCommit["files"]): Map<string, readonly string[]> {
    const result = new Map(files);
    const paths = [...result.keys()];
    const path = paths[pick(paths.length)]!;
    const kind = random();
    if (kind < 0.12) result.set(`${branch}-${pick(1e6)}.txt`, some(12));
    else if (kind < 0.22) {
      const lines = result.get(path)!;
      made.renames++;
      result.delete(path);
      result.set(`${path.replace(".txt", "")}r.txt`, random() < 0.5 ? lines : [...lines, ...some(1)]);
    } else if (kind < 0.27 && paths.length > 1) result.delete(path);
    else if (kind < 0.37) {
      // As a revert does.
      const [, earlier] = [...commits].reverse().map((commit) => commit.files.get(path));
      const isBack = earlier !== undefined && String(earlier) !== String(result.get(path));
      if (isBack) made.reverts++;
      result.set(path, isBack ? earlier : edited(result.get(path)!));
    } else result.set(path, edited(result.get(path)!));
    return result;
  }

  function merged(one: MadeCommit["files"], other: MadeCommit["files"]): Map<string, readonly string[]> {
    const result = new Map(one);
    made.merges++;
    let hasBoth = false;
    for (const [path, lines] of other) {
      const own = one.get(path);
      if (!own) {
        if (random() < 0.5) result.set(path, lines);
        continue;
      }
      const kind = random();
      if (kind < 0.3) result.set(path, lines);
      else if (kind < 0.8) {
        const both =
          kind < 0.5
            ? [...own.slice(0, own.length >> 1), ...lines.slice(lines.length >> 1)]
            : [...own, ...lines.filter((text) => !own.includes(text))];
        result.set(path, random() < 0.5 ? both : edited(both));
        const only = (some: readonly string[], others: readonly string[]) =>
          both.some((text) => some.includes(text) && !others.includes(text));
        hasBoth ||= only(own, lines) && only(lines, own);
      }
    }
    if (hasBoth) made.mergesOfBoth++;
    return result;
  }
}
