import type { Git, NoAnswer } from "./git.ts";

/** A file as a commit holds it. */
export interface CommittedFile {
  /** In the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

export type Answered<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: NoAnswer };

/** Longer ones are no text that anybody wrote. */
const longestFile = 5 * 1024 * 1024;

/** The files that differ between two commits, or all that a first commit has. */
export async function changedPaths(
  git: Git,
  folder: string,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<Answered<string[]>> {
  const commits = from === null ? ["--root", to] : [from, to];
  const args = ["-r", "-z", "--name-only", "--no-commit-id", "--no-renames", "--diff-filter=AMT", ...commits];
  const answer = await git.ask({ folder, command: "diff-tree", args });
  if (!answer.ok) return answer;
  return { ok: true, value: answer.output.toString("utf8").split("\0").filter(Boolean) };
}

/** Files of a commit, by one process. What is no text, too long or not in this clone is left out. */
export async function readCommitted(
  git: Git,
  folder: string,
  commit: string,
  paths: readonly string[],
): Promise<Answered<CommittedFile[]>> {
  // The question is by lines.
  const asked = paths.filter((path) => !path.includes("\n"));
  if (asked.length === 0) return { ok: true, value: [] };
  const input = asked.map((path) => `${commit}:${path}\n`).join("");
  const answer = await git.ask({ folder, command: "cat-file", args: ["--batch"], input });
  return answer.ok ? { ok: true, value: parseBatch(answer.output, asked) } : answer;
}

function parseBatch(output: Buffer, paths: readonly string[]): CommittedFile[] {
  const files: CommittedFile[] = [];
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf("\n", at);
    if (end === -1) break;
    const [, size] = / blob (\d+)$/.exec(output.toString("utf8", at, end)) ?? [];
    const other = / (?:commit|tree|tag) (\d+)$/.exec(output.toString("utf8", at, end))?.[1];
    at = end + 1;
    const length = Number(size ?? other ?? -1);
    if (length === -1) continue;
    const content = output.subarray(at, at + length);
    at += length + 1;
    if (size !== undefined && length <= longestFile && !content.includes(0)) {
      files.push({ path, text: content.toString("utf8").replace(/^\uFEFF/, "") });
    }
  }
  return files;
}
