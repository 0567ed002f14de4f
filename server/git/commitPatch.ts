import type { FileChange } from "../../core/fate/fileChange.ts";
import { PatchReader } from "../../core/fate/patchReader.ts";
import type { Git } from "./git.ts";

const asPatch = [
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

/** How a commit differs from each of its parents; undefined where git does not say. */
export function patchesOf(git: Git, folder: string, commit: string): Promise<FileChange[][] | undefined> {
  return patches(git, folder, ["-m", "--always", ...asPatch, commit]);
}

/** How one commit differs from another. */
export async function patchBetween(
  git: Git,
  folder: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<FileChange[] | undefined> {
  // No commit is named before the one difference there is.
  const found = await patches(git, folder, [...asPatch, from, to], to);
  return found && (found[0] ?? []);
}

async function patches(
  git: Git,
  folder: string,
  args: readonly string[],
  first?: string,
): Promise<FileChange[][] | undefined> {
  const answer = await git.ask({ folder, command: "diff-tree", args });
  if (!answer.ok) return undefined;
  const found: FileChange[][] = [];
  const reader = new PatchReader(
    (changes) => found.push(changes),
    (bytes) => Buffer.from(bytes, "latin1").toString("utf8"),
  );
  if (first !== undefined) reader.line(first);
  for (const line of answer.output.toString("latin1").split("\n")) reader.line(line);
  reader.end();
  return found;
}
